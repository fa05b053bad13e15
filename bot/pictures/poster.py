"""Posters and stickers with a code to scan, as PNG and PDF: `python -m bot.pictures.poster`, in a process of its own.

In: JSON of a `Print`. Out: one line of JSON (the two lengths in bytes, or an error: *shaping*), then PNG and PDF.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO

import orjson
from PIL import Image

from bot.pictures.paper import DPI, Box, Paper, Style, can_shape, px
from bot.pictures.printing import Code, Print
from bot.pictures.qr import code
from bot.pictures.scenery import town

POSTER = (210.0, 297.0)  # millimetres: A4
STICKER = (100.0, 100.0)
_DEEP, _INK, _CALM, _LINE, _PALE, _SUN = "#0E525B", "#0B2F35", "#4A6469", "#BFD6D5", "#EAF4F3", "#F6C65B"


def draw(what: Print) -> Image.Image:
    """The picture at 300 dots an inch. Raises RuntimeError where Persian can't be shaped."""
    if not can_shape():
        raise RuntimeError("this machine can't shape Persian")
    return _sticker(what) if what.form == "sticker" else _poster(what)


def _poster(what: Print) -> Image.Image:
    paper = Paper(*POSTER, rtl=what.rtl)
    paper.plate(Box(10, 10, 190, 112), _DEEP, 8, below=False)
    paper.words(what.head, Box(20, 19, 170, 36), Style(31, "white"))
    paper.words(what.call, Box(20, 55, 170, 22), Style(10.5, _SUN, lines=2))
    town(paper, Box(10, 79, 190, 43))
    if what.place:
        _codes(paper, what, Box(12, 129, 186, 107))
        _place(paper, what.place, Box(12, 241, 186, 21), 9)
    else:
        _codes(paper, what, Box(12, 131, 186, 124))
    paper.words(what.motto, Box(14, 265, 182, 12), Style(9, _DEEP))
    paper.words(what.foot, Box(14, 277, 182, 9), Style(6.5, _CALM, "Regular"))
    return paper.image


def _sticker(what: Print) -> Image.Image:
    paper = Paper(*STICKER, rtl=what.rtl)
    paper.frame(Box(1, 1, 98, 98), _DEEP, 6, 0.8)
    paper.plate(Box(3.5, 3.5, 93, 23), _DEEP, 4)
    paper.words(what.head, Box(7, 4.5, 86, 12), Style(9, "white"))
    paper.words(what.call, Box(7, 16.5, 86, 8), Style(4.6, _SUN))
    _codes(paper, what, Box(4.5, 28.5, 91, 51 if what.place else 60))
    if what.place:
        _place(paper, what.place, Box(4.5, 80.5, 91, 10), 4.6)
    paper.words(what.foot, Box(7, 91.2, 86, 5), Style(3.4, _CALM, "Regular"))
    return paper.image


def _codes(paper: Paper, what: Print, box: Box) -> None:
    """Side by side, in reading order; under each the messenger and the bot's name there."""
    count, between, under = len(what.codes), box.width * 0.04, min(box.width, box.height) * 0.19
    side = min(box.height - under, (box.width - (count - 1) * between) / count)
    x = box.x + (box.width - count * side - (count - 1) * between) / 2
    y = box.y + (box.height - side - under) / 2
    for number, each in enumerate(what.codes):
        place = count - 1 - number if what.rtl else number
        _code(paper, each, Box(x + place * (side + between), y, side, side), under)


def _code(paper: Paper, each: Code, box: Box, under: float) -> None:
    paper.frame(box, _LINE, box.width * 0.05, max(0.4, box.width * 0.008))
    drawn = code(each.address, px(box.width * 0.97))
    spare = (px(box.width) - drawn.width) // 2
    paper.image.paste(drawn, (px(box.x) + spare, px(box.y) + spare))
    below = box.y + box.height
    paper.words(each.label, Box(box.x, below + under * 0.06, box.width, under * 0.52), Style(under * 0.42, _INK))
    at = Box(box.x, below + under * 0.6, box.width, under * 0.38)
    paper.words(f"@{each.name}", at, Style(under * 0.27, _CALM, "Regular"), latin=True)


def _place(paper: Paper, place: str, box: Box, size: float) -> None:
    """Where it hangs, beside a pin."""
    paper.plate(box, _PALE, box.height * 0.28)
    unit = box.height * 0.17
    x = box.x + (box.width - unit * 3 if paper.rtl else unit * 3)
    _pin(paper, x, box.y + box.height / 2, unit)
    paper.words(place, Box(box.x + unit * 5, box.y, box.width - unit * 10, box.height), Style(size, _INK, lines=2))


def _pin(paper: Paper, x: float, y: float, unit: float) -> None:
    paper.shape([(x - unit * 0.94, y - unit * 0.15), (x + unit * 0.94, y - unit * 0.15), (x, y + unit * 1.7)], _DEEP)
    paper.disc(x, y - unit * 0.5, unit, _DEEP)
    paper.disc(x, y - unit * 0.5, unit * 0.4, _PALE)


def as_png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", dpi=(DPI, DPI), optimize=True)
    return out.getvalue()


def as_pdf(picture: Image.Image) -> bytes:
    """One page of the picture's size. No time of making stands in it: equal pictures are equal files."""
    out = BytesIO()
    picture.save(out, "PDF", resolution=DPI, quality=92, subsampling=0, creationDate=None, modDate=None)
    return out.getvalue()


def main() -> None:
    os.nice(10)
    what = Print.load(orjson.loads(sys.stdin.buffer.read()))
    if not can_shape():
        sys.stdout.buffer.write(orjson.dumps({"error": "shaping"}) + b"\n")
        return
    picture = draw(what)
    files = as_png(picture), as_pdf(picture)
    sys.stdout.buffer.write(orjson.dumps({"error": "", "lengths": [len(each) for each in files]}) + b"\n")
    for each in files:
        sys.stdout.buffer.write(each)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
