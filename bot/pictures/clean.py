"""Write one picture anew, without metadata, in a process of its own: `python -m bot.pictures.clean MIME`.

In: the file. Out: one line of JSON (width, height, lat, lon, error), then a JPEG; nothing after the line when `error`
says what was wrong: *bomb*, *memory* or *broken*. What can be wrong with a picture stays within this process and its
limits. The classes of the three formats are called themselves, not `Image.open`: that one loads every plugin when
none fits, and opens a JPEG with a second picture as MPO, a format that we never want. Colour profiles are dropped
like all metadata.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any, BinaryIO

import orjson
from PIL import Image
from PIL.Image import Resampling, Transpose
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from bot.pictures.place import place_in

MEMORY = 768 << 20  # bytes of address space; 50 million pixels with alpha need 600 MB of it
SECONDS = 10  # of CPU
PIXELS = 50_000_000  # what today's phones take; above it nothing is decoded
SIDE = 4096  # pixels; Telegram refuses photos whose sides add up to more than 10,000
BYTES = 9_000_000  # Telegram takes photos of up to 10 MB
QUALITIES = (88, 70, 50)
FORMATS: dict[str, Callable[[BinaryIO], Image.Image]] = {
    "image/jpeg": JpegImageFile,
    "image/png": PngImageFile,
    "image/webp": WebPImageFile,
}
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


class Bomb(Exception):
    """More pixels than we decode."""


def clean(mime: str, data: bytes) -> tuple[dict[str, Any], bytes]:
    """What the head line says, and the JPEG (empty when there is an error). Never raises."""
    try:
        picture = FORMATS[mime](BytesIO(data))
        if picture.width * picture.height > PIXELS:
            raise Bomb
        exif = _exif(picture)
        picture = _turned(_flat(_small(picture)), exif.get(0x0112))
        lat, lon = place_in(exif) or (None, None)
        head = {"width": picture.width, "height": picture.height, "lat": lat, "lon": lon, "error": ""}
        return head, _jpeg(picture)
    except Bomb:
        return {"error": "bomb"}, b""
    except MemoryError:
        return {"error": "memory"}, b""
    except Exception:  # decoders raise anything at all for hostile bytes
        return {"error": "broken"}, b""


def _exif(picture: Image.Image) -> Image.Exif:
    try:
        return picture.getexif()
    except Exception:  # metadata that can't be read is no reason to lose the picture
        return Image.Exif()


def _small(picture: Image.Image) -> Image.Image:
    """The first frame in a mode that can be scaled, at most SIDE wide and high."""
    picture.load()
    if picture.mode in ("1", "P", "PA"):
        picture = picture.convert("RGBA" if "transparency" in picture.info or picture.mode == "PA" else "RGB")
    elif picture.mode.startswith("I") or picture.mode == "F":  # 16 bits a pixel: `convert` alone would only clip
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if max(picture.size) > SIDE:
        picture.thumbnail((SIDE, SIDE), Resampling.LANCZOS)
    return picture


def _flat(picture: Image.Image) -> Image.Image:
    """RGB, with white where it was transparent."""
    if "transparency" in picture.info or picture.mode in ("LA", "La", "RGBa"):
        picture = picture.convert("RGBA")
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    canvas = Image.new("RGB", picture.size, "white")
    canvas.paste(picture, mask=picture.getchannel("A"))
    return canvas


def _turned(picture: Image.Image, orientation: Any) -> Image.Image:
    turn = _TURNS.get(orientation) if isinstance(orientation, int) else None
    return picture if turn is None else picture.transpose(turn)


def _jpeg(picture: Image.Image) -> bytes:
    picture.info.clear()  # the writer would carry comments and profiles over
    written = b""
    for quality in QUALITIES:
        out = BytesIO()
        picture.save(out, "JPEG", quality=quality)
        written = out.getvalue()
        if len(written) <= BYTES:
            break
    return written


def _limit_ourselves() -> None:
    """Memory, CPU, no files, no other processes' turn: what a hostile picture could otherwise use up."""
    os.nice(10)
    limits = (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)
    for what, most in (*limits, (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, 16)):
        resource.setrlimit(what, (most, most))


def main() -> None:
    _limit_ourselves()
    head, picture = clean(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(orjson.dumps(head) + b"\n")
    sys.stdout.buffer.write(picture)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
