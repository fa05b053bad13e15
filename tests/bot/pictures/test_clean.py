"""Pictures written anew: through the function, and through the process with its limits."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from PIL import Image

from bot.pictures.clean import SIDE, clean
from tests.faults.pictures import PLACE, drawn, png, with_exif, written

ROOT = Path(__file__).parents[3]


def cleaned(data: bytes, mime: str = "image/jpeg") -> Image.Image:
    head, jpeg = clean(mime, data)
    assert head["error"] == ""
    picture = Image.open(BytesIO(jpeg), formats=["JPEG"])
    assert (picture.size, picture.mode) == ((head["width"], head["height"]), "RGB")
    return picture


def colour(picture: Image.Image, x: int, y: int) -> tuple[bool, bool, bool]:
    """Which of red, green and blue shine there."""
    pixel = picture.getpixel((x, y))
    assert isinstance(pixel, tuple)
    return pixel[0] > 127, pixel[1] > 127, pixel[2] > 127


RED, BLUE, WHITE = (True, False, False), (False, False, True), (True, True, True)


@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
def test_a_jpeg_keeps_its_colours_and_loses_all_else(mode: str) -> None:
    sent = written(drawn(mode=mode), exif=with_exif(), comment=b"SECRETWORD", icc_profile=b"SECRETPROFILE" * 20)
    head, jpeg = clean("image/jpeg", sent)
    picture = cleaned(sent)
    assert (colour(picture, 5, 24), colour(picture, 58, 24)) == (RED, BLUE)
    assert (head["lat"], head["lon"]) == PLACE
    assert b"SECRET" in sent
    assert b"SECRET" not in jpeg
    assert not picture.getexif()


@pytest.mark.parametrize(
    ("orientation", "size", "first", "last"),
    [
        (1, (64, 48), RED, BLUE),
        (2, (64, 48), BLUE, RED),
        (3, (64, 48), BLUE, RED),
        (4, (64, 48), RED, BLUE),
        (5, (48, 64), RED, BLUE),
        (6, (48, 64), RED, BLUE),
        (7, (48, 64), BLUE, RED),
        (8, (48, 64), BLUE, RED),
        (77, (64, 48), RED, BLUE),
    ],
)
def test_a_picture_stands_as_its_camera_was_held(
    orientation: int, size: tuple[int, int], first: object, last: object
) -> None:
    picture = cleaned(written(drawn(), exif=with_exif(orientation)))
    assert picture.size == size
    assert (colour(picture, 5, 5), colour(picture, size[0] - 5, size[1] - 5)) == (first, last)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_kind_of_png_is_read(mode: str) -> None:
    assert cleaned(written(drawn(mode=mode), "PNG"), "image/png").size == (64, 48)


def test_what_was_transparent_becomes_white() -> None:
    for kind, mime in (("PNG", "image/png"), ("WEBP", "image/webp")):
        glass = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
        glass.paste("blue", (20, 0, 40, 40))
        picture = cleaned(written(glass, kind, lossless=True), mime)
        assert (colour(picture, 3, 20), colour(picture, 36, 20)) == (WHITE, BLUE)
    marked = Image.new("P", (40, 40), 0)
    assert colour(cleaned(written(marked, "PNG", transparency=0), "image/png"), 20, 20) == WHITE


def test_sixteen_bits_a_pixel_are_scaled_not_cut() -> None:
    gray = Image.new("I;16", (20, 20), 0x4000)
    pixel = cleaned(written(gray, "PNG"), "image/png").getpixel((9, 9))
    assert isinstance(pixel, tuple)
    assert 0x3C <= pixel[0] <= 0x44


def test_only_the_first_frame_is_taken() -> None:
    frames = [Image.new("RGB", (30, 30), name) for name in ("red", "blue")]
    for kind, mime in (("PNG", "image/png"), ("WEBP", "image/webp"), ("MPO", "image/jpeg")):
        sent = written(frames[0], kind, save_all=True, append_images=frames[1:])
        assert colour(cleaned(sent, mime), 15, 15) == RED


def test_a_large_picture_is_made_smaller() -> None:
    assert cleaned(png(6000, 3000), "image/png").size == (SIDE, SIDE // 2)


def test_what_stands_behind_or_beside_a_picture_is_gone() -> None:
    script = b"<script>alert(1)</script>PK\3\4"
    assert script not in clean("image/jpeg", written(drawn(), comment=script) + script)[1]


def test_bombs_are_known_by_their_heads() -> None:
    assert clean("image/png", png(20_000, 20_000, rows=1)) == ({"error": "bomb"}, b"")
    assert clean("image/png", png(2**31 - 1, 2**31 - 1, rows=0))[0]["error"] in ("bomb", "broken")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff",
        written(drawn())[:300],
        written(drawn((400, 400)))[:-400],
        b"GIF89a" + bytes(50),
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"RIFF\x10\0\0\0WEBPVP8 " + bytes(40),
    ],
)
def test_what_is_broken_is_said_to_be(data: bytes) -> None:
    for mime in ("image/jpeg", "image/png", "image/webp"):
        assert clean(mime, data) == ({"error": "broken"}, b"")


@pytest.mark.parametrize(
    "gps",
    [
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (95.0, 0.0, 0.0), 3: "E", 4: (47.0, 0.0, 0.0)},
        {1: "N", 2: (35.0, 0.0), 3: "E", 4: (47.0, 0.0, 0.0)},
        {1: "N", 2: (35.0,)},
        {},
    ],
)
def test_a_place_that_can_not_be_meant_is_none(gps: dict[int, Any]) -> None:
    exif = with_exif(placed=False)
    exif.get_ifd(0x8825).update(gps)
    head, _ = clean("image/jpeg", written(drawn(), exif=exif))
    assert (head["error"], head["lat"], head["lon"]) == ("", None, None)


def test_south_and_west_are_negative() -> None:
    exif = with_exif(placed=False)
    exif.get_ifd(0x8825).update({1: "S", 2: (35.0, 30.0, 0.0), 3: "W", 4: (47.0, 0.0, 0.0)})
    head, _ = clean("image/jpeg", written(drawn(), exif=exif))
    assert (head["lat"], head["lon"]) == (-35.5, -47.0)


def test_the_process_answers_a_line_and_the_picture() -> None:
    out = process("image/jpeg", written(drawn()))
    line, _, jpeg = out.partition(b"\n")
    assert orjson.loads(line) == {"width": 64, "height": 48, "lat": None, "lon": None, "error": ""}
    assert jpeg[:3] == b"\xff\xd8\xff"


def test_the_largest_picture_that_is_taken_fits_the_limit_of_memory() -> None:
    line, _, _ = process("image/png", png(7000, 7000, depth=8, colour=6)).partition(b"\n")
    assert orjson.loads(line)["error"] == ""


def process(mime: str, data: bytes) -> bytes:
    command = [sys.executable, "-m", "bot.pictures.clean", mime]
    return subprocess.run(command, input=data, capture_output=True, cwd=ROOT, env={}, check=True).stdout
