"""A sheet to draw on, in millimetres: words of any of our languages in a box, codes to scan, plates.

Persian is shaped by raqm and fribidi, which Pillow finds on the machine; without them its letters would stand apart and
in the wrong order, so nothing is drawn at all (`can_shape`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image, ImageDraw, ImageFont, features
from PIL.ImageFont import FreeTypeFont, Layout

DPI = 300
FONTS = Path(__file__).parent / "fonts"  # Vazirmatn, SIL Open Font License 1.1: OFL.txt beside it
Weight = Literal["Regular", "Bold"]
Colour = str
_LEAST = 4  # pixels; below it nothing can be read anyway
_LEADING = 1.3  # of the letters' height, from one line to the next; their marks above and below must not touch
_JOINERS = "\u200c\u200d"  # nothing is drawn for them, but they shape their neighbours


class Box(NamedTuple):
    """Millimetres from the upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Style:
    """How words look: at most `size` millimetres high, smaller where they would not fit, on at most `lines` lines."""

    size: float
    colour: Colour
    weight: Weight = "Bold"
    lines: int = 1


def can_shape() -> bool:
    """Whether Persian can be drawn on this machine."""
    return bool(features.check("raqm") and features.check("fribidi"))


def px(millimetres: float) -> int:
    """Pixels at our resolution."""
    return round(millimetres * DPI / 25.4)


@cache
def font(weight: Weight, pixels: int) -> FreeTypeFont:
    """One weight in one size, shaped where this machine can."""
    return ImageFont.truetype(FONTS / f"Vazirmatn-{weight}.ttf", pixels, layout_engine=Layout.RAQM)


@cache
def _has(letter: str) -> bool:
    """Whether the fonts have this letter: in place of what they lack would be a hole or an empty frame."""
    plain = ImageFont.truetype(FONTS / "Vazirmatn-Bold.ttf", 40, layout_engine=Layout.BASIC)
    return bytes(plain.getmask(letter)) != bytes(plain.getmask("\uffff"))


def drawable(text: str) -> str:
    """The text without emoji, direction marks and whatever else our fonts do not have, in single spaces."""
    known = "".join(letter for letter in text if letter.isspace() or letter in _JOINERS or _has(letter))
    return " ".join(word for each in known.split() if (word := each.strip(_JOINERS)))


class Paper:
    """`rtl`: words run from right to left, unless they are said to be Latin."""

    def __init__(self, width: float, height: float, *, rtl: bool) -> None:
        self.image = Image.new("RGB", (px(width), px(height)), "white")
        self.pen = ImageDraw.Draw(self.image)
        self.rtl = rtl

    def words(self, text: str, box: Box, style: Style, *, latin: bool = False) -> None:
        """The text in the middle of the box, as large as the style and the box allow. Nothing for no text."""
        text = drawable(text)
        if not text:
            return
        way = "rtl" if self.rtl and not latin else "ltr"
        face, lines = fitted(text, box, style, way)
        leading = face.size * _LEADING
        middle = px(box.y) + px(box.height) / 2
        for number, line in enumerate(lines):
            at = (px(box.x) + px(box.width) / 2, middle + (number - (len(lines) - 1) / 2) * leading)
            self.pen.text(at, line, style.colour, face, anchor="mm", direction=way)

    def plate(self, box: Box, fill: Colour, radius: float = 0.0, *, below: bool = True) -> None:
        """A box with round corners; `below`: the lower two as well."""
        self.pen.rounded_rectangle(_edges(box), px(radius), fill, corners=(True, True, below, below))

    def frame(self, box: Box, colour: Colour, radius: float, thick: float) -> None:
        """A line around a white box with round corners."""
        self.pen.rounded_rectangle(_edges(box), px(radius), "white", colour, px(thick))

    def shape(self, points: list[tuple[float, float]], fill: Colour) -> None:
        """A polygon."""
        self.pen.polygon([(px(x), px(y)) for x, y in points], fill)

    def disc(self, x: float, y: float, radius: float, fill: Colour) -> None:
        self.pen.ellipse((px(x - radius), px(y - radius), px(x + radius), px(y + radius)), fill)


def _edges(box: Box) -> tuple[int, int, int, int]:
    return px(box.x), px(box.y), px(box.x + box.width) - 1, px(box.y + box.height) - 1


def fitted(text: str, box: Box, style: Style, way: str) -> tuple[FreeTypeFont, list[str]]:
    """The largest letters with which the text fits the box, and its lines, of about the same length."""
    pixels = px(style.size)
    while True:
        face = font(style.weight, pixels)
        lines = balanced(text, face, px(box.width), way)
        high = pixels if len(lines) == 1 else len(lines) * _LEADING * pixels
        wide = max(face.getlength(line, direction=way) for line in lines)
        if pixels <= _LEAST or (len(lines) <= style.lines and high <= px(box.height) and wide <= px(box.width)):
            return face, lines
        pixels = max(_LEAST, int(pixels * 0.96))


def balanced(text: str, face: FreeTypeFont, width: float, way: str) -> list[str]:
    """As few lines as the width needs; then as narrow as they can be, so that no word is left alone below."""
    lines = _wrapped(text, face, width, way)
    narrow, wide = width / 3, width
    while wide - narrow > 4:
        middle = (narrow + wide) / 2
        tried = _wrapped(text, face, middle, way)
        fits = len(tried) <= len(lines) and max(face.getlength(line, direction=way) for line in tried) <= middle
        narrow, wide = (narrow, middle) if fits else (middle, wide)
    return _wrapped(text, face, wide, way)


def _wrapped(text: str, face: FreeTypeFont, width: float, way: str) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer, direction=way) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
