"""What the people of the demo's story photograph: their street at night, before and after the work on its lamp."""

from __future__ import annotations

import io
from functools import cache
from math import sin

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
WIDE, HIGH = 1280, 960
_GROUND = 700  # where the houses end and the road begins
_LAMP = (792, 200)
_WARM: Colour = (255, 205, 120)
_HOUSES = ((0, 380, 250), (250, 300, 210), (930, 340, 190), (1120, 270, 190))  # left, top, width


@cache
def dark_street() -> bytes:
    """The lamp is out."""
    return _jpeg(_street(lit=False))


@cache
def lit_street() -> bytes:
    """The lamp burns, and all is tidy."""
    return _jpeg(_street(lit=True))


@cache
def street_with_loose_wire() -> bytes:
    """The lamp burns, but its wire hangs down."""
    street = _street(lit=True)
    pen = ImageDraw.Draw(street)
    wire = [(640 - 86 * sin(part / 40 * 2.2), 250 + part * 10.4) for part in range(41)]
    pen.line(wire, fill=(10, 10, 16), width=9, joint="curve")
    x, y = wire[-1]
    pen.line([(x, y), (x - 6, y + 22)], fill=(214, 104, 58), width=9)
    return _jpeg(street)


def _street(lit: bool) -> Image.Image:
    street = _shaded((16, 24, 52) if lit else (8, 12, 30), (58, 58, 92) if lit else (26, 28, 52))
    pen = ImageDraw.Draw(street)
    for n in range(70):
        x, y = n * 397 % WIDE, n * 211 % 400
        pen.ellipse((x, y, x + 3, y + 3), fill=(150, 155, 185))
    for number, house in enumerate(_HOUSES):
        _house(pen, number, house)
    pen.polygon([(0, _GROUND), (WIDE, _GROUND), (WIDE, HIGH), (0, HIGH)], fill=(30, 31, 44) if lit else (14, 15, 25))
    pen.polygon([(0, 770), (WIDE, 745), (WIDE, 760), (0, 790)], fill=(66, 68, 88) if lit else (36, 38, 54))
    for left in range(40, WIDE, 260):
        pen.polygon([(left, 880), (left + 130, 876), (left + 134, 888), (left, 892)], fill=(84, 84, 96))
    if lit:
        street = _shine(street)
    _post(ImageDraw.Draw(street), lit)
    return street


def _house(pen: ImageDraw.ImageDraw, number: int, house: tuple[int, int, int]) -> None:
    left, top, wide = house
    pen.rectangle((left, top, left + wide, _GROUND), fill=(17 + number * 2, 20 + number * 2, 42 + number * 3))
    for window in range(8):
        x, y = left + 38 + window % 2 * (wide - 120), top + 46 + window // 2 * 78
        light = (214, 168, 84) if (window + number) % 5 == 0 else (34, 38, 66)
        pen.rectangle((x, y, x + 42, y + 46), fill=light)


def _post(pen: ImageDraw.ImageDraw, lit: bool) -> None:
    metal: Colour = (96, 101, 122) if lit else (62, 66, 86)
    pen.line([(640, 800), (640, 250)], fill=metal, width=20)
    pen.arc((640 - 10, 170, 840, 350), 180, 270, fill=metal, width=20)
    pen.line([(734, 180), (790, 180)], fill=metal, width=20)
    pen.polygon([(760, 164), (866, 182), (866, 204), (760, 200)], fill=(120, 125, 148) if lit else (78, 82, 104))
    pen.ellipse((768, 190, 856, 216), fill=(255, 244, 214) if lit else (26, 28, 46))


def _shine(street: Image.Image) -> Image.Image:
    """A cone of light, its pool on the road, and a halo around the lamp."""
    light = Image.new("RGB", street.size)
    pen = ImageDraw.Draw(light)
    x, y = _LAMP
    pen.polygon([(x - 20, y), (x + 60, y), (1190, 860), (430, 860)], fill=_dimmed(0.30))
    pen.ellipse((400, 760, 1220, 930), fill=_dimmed(0.42))
    light = light.filter(ImageFilter.GaussianBlur(42))
    halo = Image.new("RGB", street.size)
    ImageDraw.Draw(halo).ellipse((x - 90, y - 100, x + 130, y + 110), fill=_dimmed(0.75))
    halo = halo.filter(ImageFilter.GaussianBlur(48))
    return ImageChops.screen(ImageChops.screen(street, light), halo)


def _dimmed(share: float) -> Colour:
    red, green, blue = _WARM
    return int(red * share), int(green * share), int(blue * share)


def _shaded(top: Colour, bottom: Colour) -> Image.Image:
    """A sky that changes from one colour to the other."""
    mask = Image.linear_gradient("L").resize((WIDE, HIGH))
    return Image.composite(Image.new("RGB", mask.size, bottom), Image.new("RGB", mask.size, top), mask)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=86)
    return out.getvalue()
