"""A code to scan: black on white, each module a whole number of pixels, with the quiet zone that scanners need."""

from __future__ import annotations

import segno
from PIL import Image

ERRORS = "M"  # 15 % of the code may be scratched or dirty; out of doors it will be
QUIET = 4  # modules of white around it, as the standard wants


def code(address: str, pixels: int) -> Image.Image:
    """The code of this address, at most so many pixels wide and high, its quiet zone included.

    Raises ValueError for an address that does not fit into so many pixels.
    """
    matrix = segno.make_qr(address, error=ERRORS, boost_error=True).matrix
    side = len(matrix) + 2 * QUIET
    module = pixels // side
    if not module:
        raise ValueError(f"{side} modules do not fit into {pixels} pixels")
    small = Image.new("L", (side, side), 255)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                small.putpixel((x + QUIET, y + QUIET), 0)
    return small.resize((side * module, side * module), Image.Resampling.NEAREST)
