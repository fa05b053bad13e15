"""Pictures of the demo's news: a path with trees, an evening in the park, a trench with a new pipe."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
WIDE, HIGH = 1280, 800
_LEAVES: tuple[Colour, ...] = ((76, 138, 84), (94, 156, 92), (62, 120, 78))


@cache
def tree_lined_path() -> bytes:
    """A new path between trees, by day."""
    picture, pen = _day()
    pen.polygon([(560, 470), (720, 470), (1080, HIGH), (200, HIGH)], fill=(214, 200, 178))
    for row in range(6):
        y = 480 + row * row * 9
        pen.line([(640 - 90 - row * 62, y), (640 + 90 + row * 62, y)], fill=(190, 174, 150), width=2 + row)
    for step in range(4):
        size, y = 70 + step * 34, 470 + step * 66
        for side in (-1, 1):
            _tree(pen, 640 + side * (190 + step * 105), y, size, step)
    _bench(pen, 300, 690)
    return _jpeg(picture)


@cache
def evening_in_the_park() -> bytes:
    """Lanterns between tents, after sunset."""
    picture = _shaded((28, 34, 74), (236, 146, 106))
    pen = ImageDraw.Draw(picture)
    pen.polygon(
        [(0, 470), (320, 380), (700, 450), (1000, 360), (WIDE, 460), (WIDE, HIGH), (0, HIGH)], fill=(34, 46, 62)
    )
    pen.rectangle((0, 600, WIDE, HIGH), fill=(44, 62, 56))
    for left, colour in ((120, (196, 84, 76)), (480, (232, 184, 96)), (860, (86, 142, 168))):
        pen.polygon([(left, 610), (left + 150, 470), (left + 300, 610)], fill=colour)
        pen.rectangle((left + 20, 610, left + 280, 730), fill=tuple(part - 40 for part in colour))
        pen.rectangle((left + 110, 640, left + 190, 730), fill=(255, 224, 160))
    glow = Image.new("RGB", picture.size)
    light = ImageDraw.Draw(glow)
    for number in range(17):
        x, y = number * 80, 300 + (number % 4) * (4 - number % 4) * 14
        light.ellipse((x - 22, y - 22, x + 22, y + 22), fill=(255, 206, 120))
        pen.line([(x, y - 30), (x, y)], fill=(20, 24, 40), width=3)
        pen.ellipse((x - 11, y - 11, x + 11, y + 11), fill=(255, 236, 190))
    return _jpeg(Image.blend(picture, _lighter(picture, glow.filter(ImageFilter.GaussianBlur(18))), 0.8))


@cache
def trench_with_a_pipe() -> bytes:
    """Work on a water main."""
    picture, pen = _day()
    pen.rectangle((0, 520, WIDE, HIGH), fill=(112, 114, 122))
    pen.polygon([(180, 590), (1120, 560), (1220, 720), (120, 760)], fill=(96, 70, 50))
    pen.polygon([(220, 620), (1090, 592), (1160, 690), (180, 726)], fill=(70, 50, 38))
    pen.polygon([(200, 650), (1120, 622), (1130, 664), (204, 694)], fill=(70, 124, 176))
    pen.polygon([(200, 650), (1120, 622), (1122, 634), (202, 662)], fill=(120, 170, 214))
    for left in range(90, WIDE, 230):
        pen.polygon([(left, 560), (left + 26, 470), (left + 52, 560)], fill=(238, 122, 52))
        pen.polygon([(left + 10, 526), (left + 18, 500), (left + 34, 500), (left + 42, 526)], fill=(250, 246, 238))
    return _jpeg(picture)


def _day() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = _shaded((134, 188, 224), (232, 238, 232))
    pen = ImageDraw.Draw(picture)
    pen.polygon(
        [(0, 430), (260, 300), (520, 410), (820, 280), (1080, 400), (WIDE, 330), (WIDE, 520), (0, 520)], (150, 168, 150)
    )
    pen.rectangle((0, 470, WIDE, HIGH), fill=(148, 176, 120))
    return picture, pen


def _tree(pen: ImageDraw.ImageDraw, x: int, y: int, size: int, shade: int) -> None:
    pen.rectangle((x - size // 12, y - size, x + size // 12, y), fill=(104, 80, 58))
    for number, (right, up) in enumerate(((-0.4, 1.3), (0.4, 1.3), (0, 1.75))):
        cx, cy, radius = x + right * size, y - up * size, size * 0.62
        pen.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), fill=_LEAVES[(number + shade) % 3])


def _bench(pen: ImageDraw.ImageDraw, x: int, y: int) -> None:
    for lift in (0, 26, 52):
        pen.rectangle((x - 90, y - lift, x + 90, y - lift + 14), fill=(150, 104, 66))
    for leg in (-70, 60):
        pen.rectangle((x + leg, y, x + leg + 12, y + 56), fill=(70, 72, 80))


def _lighter(picture: Image.Image, glow: Image.Image) -> Image.Image:
    return ImageChops.screen(picture, glow)


def _shaded(top: Colour, bottom: Colour) -> Image.Image:
    mask = Image.linear_gradient("L").resize((WIDE, HIGH))
    return Image.composite(Image.new("RGB", mask.size, bottom), Image.new("RGB", mask.size, top), mask)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=86)
    return out.getvalue()
