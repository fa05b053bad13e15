"""A town at the foot of its hills: the quiet picture on a poster's upper half. Nothing in it is any real house."""

from __future__ import annotations

from itertools import pairwise

from bot.pictures.paper import Box, Colour, Paper

_FAR, _NEAR, _TOWN, _LIGHT, _TRUNK = "#1B6A72", "#17616A", "#0A444C", "#F6C65B", "#083A41"
_HOUSES = (
    (0, 17, 15),
    (16, 12, 22),
    (30, 18, 11),
    (62, 15, 20),
    (77, 20, 13),
    (128, 13, 16),
    (141, 18, 24),
    (159, 15, 12),
)
"""From the left, the width and the height of each house, in millimetres."""


def town(paper: Paper, box: Box) -> None:
    """Hills, houses, a lamp that shines and trees, standing on the lower edge of the box."""
    base, x = box.y + box.height, box.x
    _hills(
        paper, box, ((0.0, 0.45), (0.16, 0.95), (0.3, 0.6), (0.52, 1.0), (0.74, 0.55), (0.88, 0.8), (1.0, 0.5)), _FAR
    )
    _hills(paper, box, ((0.0, 0.62), (0.2, 0.4), (0.42, 0.66), (0.64, 0.38), (0.84, 0.58), (1.0, 0.42)), _NEAR)
    scale = box.width / 190
    for left, width, height in _HOUSES:
        _house(paper, x + (9 + left) * scale, base, width * scale, height * scale)
    for left, height in ((52, 13), (114, 16), (120, 11)):
        _tree(paper, x + (9 + left) * scale, base, height * scale)
    _lamp(paper, x + 110 * scale, base, 27 * scale)


def _hills(paper: Paper, box: Box, tops: tuple[tuple[float, float], ...], colour: Colour) -> None:
    line = [(box.x + at * box.width, box.y + box.height * (1 - high)) for at, high in tops]
    paper.shape([(box.x, box.y + box.height), *_curved(line), (box.x + box.width, box.y + box.height)], colour)


def _curved(line: list[tuple[float, float]], steps: int = 24) -> list[tuple[float, float]]:
    """Soft from point to point: level at each of them."""
    points: list[tuple[float, float]] = []
    for (left, from_), (right, to) in pairwise(line):
        for step in range(steps):
            t = step / steps
            points.append((left + (right - left) * t, from_ + (to - from_) * t * t * (3 - 2 * t)))
    return [*points, line[-1]]


def _house(paper: Paper, x: float, base: float, width: float, height: float) -> None:
    paper.plate(Box(x, base - height, width, height), _TOWN)
    pane = width / 7
    for row in range(round((height - pane) / (pane * 2.4))):
        for column in (1, 3, 5):
            lit = (row * 5 + column + int(width)) % 4 == 1
            top = base - height + pane * (1 + row * 2.4)
            paper.plate(Box(x + column * pane, top, pane, pane * 1.2), _LIGHT if lit else _FAR)


def _tree(paper: Paper, x: float, base: float, height: float) -> None:
    paper.plate(Box(x - 0.5, base - height * 0.5, 1, height * 0.5), _TRUNK)
    paper.disc(x, base - height * 0.66, height * 0.34, _TRUNK)


def _lamp(paper: Paper, x: float, base: float, height: float) -> None:
    paper.plate(Box(x - 0.6, base - height, 1.2, height), _TRUNK, 0.6)
    paper.plate(Box(x - 0.6, base - height, 8, 1.2), _TRUNK, 0.6)
    top = base - height + 1.2
    paper.disc(x + 6.6, top + 0.8, 1.8, _LIGHT)
