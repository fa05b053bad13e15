"""Pictures for tests: honest ones, odd ones and bombs."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

PLACE = (35.167583, 47.803056)


def drawn(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """Red on its left half and blue on its right, as far as the mode has colours."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    return picture.convert(mode)


def written(picture: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def with_exif(orientation: int = 1, *, placed: bool = True) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRETCAMERA"
    if placed:
        gps = {1: "N", 2: (35.0, 10.0, 3.3), 3: "E", 4: (47.0, 48.0, 11.0)}
        exif.get_ifd(0x8825).update(gps)
    return exif


def png(width: int, height: int, depth: int = 1, colour: int = 0, rows: int | None = None) -> bytes:
    """A PNG of one colour, small on disk and as large as it says when decoded. `rows`: fewer than it says."""
    bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    line = b"\0" + b"\x7f" * ((width * bits + 7) // 8)
    packer = zlib.compressobj(1)
    data = b"".join(packer.compress(line) for _ in range(height if rows is None else rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
