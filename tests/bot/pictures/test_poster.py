"""What stands on paper: whole Persian, codes that can be scanned, equal files for equal prints."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import orjson
import pytest
import segno
from PIL import Image, ImageChops, ImageFont
from PIL.ImageFont import Layout

from bot.pictures.paper import FONTS, Box, Paper, Style, balanced, can_shape, drawable, fitted, font, px
from bot.pictures.poster import as_pdf, as_png, draw
from bot.pictures.printing import Code, Print
from bot.pictures.qr import QUIET
from bot.settings import ROOT

TELEGRAM = Code("تلگرام", "shahr137_bot", "https://t.me/shahr137_bot?start=q-Ab3dEf9hIjKl")
BALE = Code("بله", "shahr137_bot", "https://ble.ir/shahr137_bot?start=q-Ab3dEf9hIjKl")
POSTER = Print(
    "poster",
    True,
    "مشکلی می‌بینید؟",
    "اسکن کنید، عکس بفرستید، نتیجه را بگیرید.",
    "همه شهردار هستیم",
    "شهرداری قروه • ۱۳۷",
    "تیر چراغ ۱۲، بلوار شهید بهشتی",
    (TELEGRAM, BALE),
)
STICKER = replace(POSTER, form="sticker")
EVERY = [POSTER, STICKER, replace(POSTER, place=""), replace(STICKER, codes=(BALE,)), replace(POSTER, rtl=False)]


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """The box of all that is not white."""
    box = ImageChops.invert(picture.convert("L")).getbbox()
    assert box is not None
    return box


def modules(picture: Image.Image) -> list[list[int]]:
    """The code in a picture, read back from its pixels: nothing but a code is quite black."""
    black = picture.convert("L").point(lambda value: 255 if value == 0 else 0)
    left, top, right, bottom = black.getbbox() or (0, 0, 0, 0)
    line = [black.getpixel((left + at, top)) for at in range(right - left)]
    module = line.index(0) / 7  # the upper edge of a finder is seven modules wide
    count = round((right - left) / module)
    assert count == round((bottom - top) / module)
    quiet = picture.convert("L").crop((left - int(QUIET * module), top - int(QUIET * module), right, top - 1))
    assert quiet.getextrema() == (255, 255)
    middle = [int((at + 0.5) * module) for at in range(count)]
    return [[int(black.getpixel((left + x, top + y)) == 255) for x in middle] for y in middle]


# Persian


def test_shaping_is_on_and_joins_letters() -> None:
    assert can_shape()
    shaped, size = font("Bold", 100), 100
    apart = sum(shaped.getlength(letter, direction="rtl") for letter in "سلام")
    assert shaped.getlength("سلام", direction="rtl") < apart * 0.9
    plain = ImageFont.truetype(FONTS / "Vazirmatn-Bold.ttf", size, layout_engine=Layout.BASIC)
    assert bytes(shaped.getmask("سلام", direction="rtl")) != bytes(plain.getmask("سلام"))


def test_the_first_letter_stands_on_the_right_and_numbers_keep_their_order() -> None:
    paper = Paper(60, 30, rtl=True)
    paper.words("اب", Box(0, 0, 60, 30), Style(20, "black"))
    left, _, right, bottom = ink(paper.image)
    dot = ink(paper.image.crop((0, bottom - 8, paper.image.width, bottom)))  # of the second letter
    assert (dot[0] + dot[2]) / 2 < (left + right) / 2
    face = font("Bold", 80)
    mixed = face.getmask("۱۲", direction="rtl")
    assert bytes(mixed) == bytes(face.getmask("۱۲", direction="ltr"))


def test_the_half_space_parts_letters_that_would_join() -> None:
    face = font("Regular", 100)
    assert face.getlength("می\u200cبینید", direction="rtl") != face.getlength("میبینید", direction="rtl")


@pytest.mark.parametrize("letters", ["پچژگکی", "ێۆڕڵەڤ", "ؤئةۇۆ", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "«»،؛؟•…", "Qorveh@_137"])
def test_the_fonts_have_the_letters_of_all_languages(letters: str) -> None:
    assert drawable(letters) == letters


def test_what_the_fonts_lack_is_left_out() -> None:
    assert drawable("♻️ مخزن\u2068 زباله\u2069 👩‍🚒🏽 🇮🇷→ ۱۲\n") == "مخزن زباله ۱۲"


# Boxes


@pytest.mark.parametrize(
    "text", ["مخزن", "تیر چراغ ۱۲، بلوار شهید بهشتی، روبه‌روی بانک ملی شعبهٔ مرکزی", "ب" * 80, "w" * 80]
)
@pytest.mark.parametrize("box", [Box(5, 5, 90, 10), Box(5, 5, 30, 12), Box(10, 3, 60, 20)])
def test_words_stay_in_their_box(text: str, box: Box) -> None:
    paper = Paper(100, 40, rtl=True)
    paper.words(text, box, Style(9, "black", lines=2))
    left, top, right, bottom = ink(paper.image)
    assert left >= px(box.x) - 2
    assert right <= px(box.x + box.width) + 2
    assert top >= px(box.y)
    assert bottom <= px(box.y + box.height)


def test_two_lines_are_of_about_one_length() -> None:
    box = Box(0, 0, 60, 20)
    face, lines = fitted("تیر چراغ ۱۲، بلوار شهید بهشتی، روبه‌روی بانک", box, Style(7, "black", lines=2), "rtl")
    wide = [face.getlength(line, direction="rtl") for line in lines]
    assert len(lines) == 2
    assert min(wide) > 0.6 * max(wide)
    assert balanced("یک", face, 10, "rtl") == ["یک"]


def test_no_words_draw_nothing() -> None:
    paper = Paper(20, 20, rtl=True)
    paper.words("🅿", Box(0, 0, 20, 20), Style(5, "black"))
    assert paper.image.getextrema() == ((255, 255),) * 3


# The whole


@pytest.mark.parametrize("what", EVERY)
def test_the_codes_can_be_read_back_and_bear_dirt(what: Print) -> None:
    picture = draw(what)
    width, height = picture.size
    halves = (
        [(0, 0, width // 2, height), (width // 2, 0, width, height)] if len(what.codes) > 1 else [(0, 0, width, height)]
    )
    codes = what.codes[::-1] if what.rtl else what.codes  # the first one stands where reading begins
    for each, part in zip(codes, halves, strict=True):
        read = modules(picture.crop(part))
        assert read == [[int(dark) for dark in row] for row in segno.make_qr(each.address, error="M").matrix]
        level = (read[8][0] ^ 1, read[8][1])
        assert level != (0, 1)  # the least of the four levels


def test_sizes_are_those_of_paper() -> None:
    for what, size, points in ((POSTER, (2480, 3508), (595, 842)), (STICKER, (1181, 1181), (283, 283))):
        picture = draw(what)
        assert picture.size == size
        assert Image.open(BytesIO(as_png(picture))).info["dpi"] == pytest.approx((300, 300), abs=0.1)
        box = re.search(rb"/MediaBox \[ ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) \]", as_pdf(picture))
        assert box
        assert [round(float(edge)) for edge in box.groups()] == [0, 0, *points]


def test_equal_prints_are_equal_files() -> None:
    assert as_png(draw(STICKER)) == as_png(draw(replace(STICKER)))
    assert as_pdf(draw(STICKER)) == as_pdf(draw(replace(STICKER)))
    assert Print.load(orjson.loads(POSTER.dump())) == POSTER


def test_the_process_answers_two_files() -> None:
    line, _, rest = process("-m", "bot.pictures.poster").partition(b"\n")
    head = orjson.loads(line)
    png, pdf = rest[: head["lengths"][0]], rest[head["lengths"][0] :]
    assert (head["error"], len(pdf)) == ("", head["lengths"][1])
    assert Image.open(BytesIO(png)).size == (1181, 1181)
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")


def test_without_shaping_the_process_draws_nothing_and_says_so() -> None:
    without = (
        "from PIL import features; features.check = lambda name: False; from bot.pictures.poster import main; main()"
    )
    assert orjson.loads(process("-c", without)) == {"error": "shaping"}


def process(*arguments: str) -> bytes:
    command = [sys.executable, *arguments]
    return subprocess.run(command, input=STICKER.dump(), capture_output=True, cwd=ROOT, env={}, check=True).stdout
