"""Hostile files, all through the real media loop: docs/reliability.md, rows 38 and 39.

`run(folder, hostile())` sends each file as a photo and as a document, with a bad name and a size that lies, and counts
what came of it: writes outside the store, pictures that would be shown as they came, files that never came to an end,
how much our own process grew and for how long its loop was held up.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from tests.faults.file_platform import Bench, Row, bench
from tests.faults.pictures import drawn, png, with_exif, written

MARK = b"<script>MARK</script>"  # stands in every polyglot: must not be in anything that is shown inline
NAMES = (
    "../../x.jpg",
    "..\\..\\x.jpg",
    "/etc/cron.d/x",
    "a\0b.jpg",
    "n" * 300 + ".jpg",
    "photo\u202egpj.exe",
    "con.jpg",
    ". .",
    "\u2066\u2066\u2066.jpg",
    "$(touch x).jpg; rm -rf .",
    "<img src=x onerror=alert(1)>.jpg",
    "",
)
PLAIN = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
KINDS = ("photo", "document")


class Hostile(NamedTuple):
    what: str
    content: bytes


@dataclass
class Counts:
    files: int = 0
    stored: int = 0
    failed: int = 0
    unsettled: int = 0
    written_outside: int = 0
    shown_as_they_came: int = 0
    bad_names: int = 0
    grown_mb: float = 0.0
    slowest_ms: float = 0.0
    errors: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        lines = [f"{name.replace('_', ' ')}: {value}" for name, value in vars(self).items()]
        return "\n".join(lines)


def hostile() -> list[Hostile]:
    """Some hundred different files: odd, broken, lying, polyglot, and bombs."""
    return [*_odd(), *_wrong(), *_broken(), *_polyglot(), *small_bombs(), *large_bombs()]


def _odd() -> list[Hostile]:
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("red", "blue", "green")]
    many = {"save_all": True, "append_images": frames[1:]}
    modes = [Hostile(f"png {mode}", written(drawn(mode=mode), "PNG")) for mode in ("1", "L", "LA", "P", "RGBA")]
    turned = [Hostile(f"turned {n}", written(drawn(), exif=with_exif(n))) for n in (0, 2, 3, 4, 5, 6, 7, 8, 9, 65_535)]
    return [
        *modes,
        *turned,
        Hostile("cmyk", written(drawn(mode="CMYK"))),
        Hostile("16 bits", written(Image.new("I;16", (64, 48), 0x4000), "PNG")),
        Hostile("animated png", written(frames[0], "PNG", **many)),
        Hostile("animated webp", written(frames[0], "WEBP", **many)),
        Hostile("several pictures in a jpeg", written(frames[0], "MPO", **many)),
        Hostile("gif", written(frames[0], "GIF", **many)),
        Hostile("one pixel", written(drawn((1, 1)))),
        Hostile("a thread", png(30_000, 1)),
        Hostile("a huge comment", written(drawn(), comment=b"x" * 60_000)),
        Hostile("no place", written(drawn(), exif=with_exif(placed=False))),
    ]


def _wrong() -> list[Hostile]:
    """No pictures at all."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>MARK</script></svg>'
    starts = (
        b"MZ",
        b"\x7fELF",
        b"PK\3\4",
        b"%!PS",
        b"#!/bin/sh\n",
        b"SIMPLE  =",
        b"8BPS",
        b"II*\0",
        b"BM",
        b"\0\0\1\0",
    )
    return [
        Hostile("nothing", b""),
        Hostile("svg", svg),
        Hostile("html", b"<!doctype html>" + MARK),
        Hostile("pdf", b"%PDF-1.7" + MARK),
        *(Hostile(f"starts with {start!r}", start + bytes(500)) for start in starts),
        *(Hostile(f"brand {brand!r}", b"\0\0\0\x18ftyp" + brand + bytes(99)) for brand in (b"heic", b"avif", b"qt  ")),
    ]


def _broken() -> list[Hostile]:
    dice = random.Random(137)
    found = []
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = written(drawn((300, 200)), kind)
        for share in (0.02, 0.1, 0.5, 0.9, 0.99):
            found.append(Hostile(f"{kind} cut at {share}", whole[: int(len(whole) * share)]))
        for n in range(8):
            changed = bytearray(whole)
            for _ in range(20):
                changed[dice.randrange(12, len(changed))] = dice.randrange(256)
            found.append(Hostile(f"{kind} changed {n}", bytes(changed)))
    return found


def _polyglot() -> list[Hostile]:
    archive = b"PK\3\4" + MARK + b"PK\5\6" + bytes(18)
    found = []
    for kind in ("JPEG", "PNG", "WEBP"):
        picture = written(drawn(), kind)
        found += [Hostile(f"{kind} with {n} behind", picture + what * n) for what in (archive, MARK) for n in (1, 9)]
    found.append(Hostile("jpeg with a script as comment", written(drawn(), comment=MARK)))
    found.append(Hostile("jpeg with a script as profile", written(drawn(), icc_profile=MARK * 20)))
    return found


def small_bombs() -> list[Hostile]:
    """Heads that say too much; nothing stands behind them."""
    sizes = ((20_000, 20_000), (65_535, 65_535), (2**31 - 1, 1), (1, 2**31 - 1), (2**31 - 1, 2**31 - 1), (0, 0))
    return [Hostile(f"png that says {w} by {h}", png(w, h, rows=0)) for w, h in sizes]


def large_bombs() -> list[Hostile]:
    """Small files that really are as large as they say."""
    return [
        Hostile("20000 by 20000 of one colour", png(20_000, 20_000)),
        Hostile("7000 by 7000 with alpha", png(7_000, 7_000, 8, 6)),
        Hostile("webp of 16000 by 16000", _large_webp()),
        Hostile("a text chunk that grows", _text_bomb()),
        Hostile("21 MB", bytes(21 << 20)),
    ]


def _large_webp() -> bytes:
    """A lossless head of 16,000 by 16,000 over a small body."""
    small = bytearray(written(Image.new("RGB", (16, 16), "red"), "WEBP", lossless=True))
    at = small.index(b"VP8L") + 9
    small[at : at + 4] = (15_999 | 15_999 << 14).to_bytes(4, "little")
    return bytes(small)


def _text_bomb() -> bytes:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("comment", "x" * (60 << 20), zip=True)
    return written(drawn(), "PNG", pnginfo=info)


async def run(folder: Path, files: Sequence[Hostile]) -> Counts:
    """Send them all, and look at what is left."""
    counts = Counts(files=len(files) * len(KINDS))
    (home := folder / "home").mkdir()
    async with bench(home) as city:
        ids = [await _sent(city, file, kind) for kind in KINDS for file in files]
        before = peak(anew=True)
        late = asyncio.create_task(_lateness(counts))
        async with city.running(city.media()):
            for id_ in ids:
                _count(counts, city, await city.settled(id_))
        late.cancel()
        counts.grown_mb = round((peak() - before) / 1024, 1)
    counts.written_outside = len(_outside(folder, home))
    return counts


async def _sent(city: Bench, file: Hostile, kind: str) -> int:
    city.platform.sizes[f"f{len(city.platform.files)}"] = 10
    return await city.sent(file.content, kind, NAMES[len(city.platform.files) % len(NAMES)])


async def _lateness(counts: Counts) -> None:
    """How long our loop was held up at most."""
    loop = asyncio.get_running_loop()
    while True:
        at = loop.time()
        await asyncio.sleep(0.005)
        counts.slowest_ms = max(counts.slowest_ms, round((loop.time() - at - 0.005) * 1000, 1))


def _count(counts: Counts, city: Bench, row: Row) -> None:
    counts.stored += row.state == "stored"
    counts.failed += row.state == "failed"
    counts.unsettled += row.state not in ("stored", "failed")
    if row.error:
        counts.errors[row.error] = counts.errors.get(row.error, 0) + 1
    counts.shown_as_they_came += row.inline and not _is_ours(city.files / row.sha256[:2] / row.sha256)
    counts.bad_names += row.state == "stored" and _is_bad(row.name)


def _is_ours(path: Path) -> bool:
    """Whether it is a plain JPEG with nothing in it but a picture."""
    data = path.read_bytes()
    picture = Image.open(BytesIO(data), formats=["JPEG"])
    bare = picture.mode == "RGB" and not picture.getexif() and picture.info.keys() <= PLAIN
    return bare and MARK not in data and data.endswith(b"\xff\xd9")


def _is_bad(name: str) -> bool:
    return len(name) > 110 or not name.isprintable() or bool(set(name) & set("/\\<>\0"))


def _outside(folder: Path, home: Path) -> list[Path]:
    """Files that lie neither in the store, under a hash, nor in the database."""
    lying = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    allowed = home.relative_to(folder)
    return [
        path
        for path in lying
        if not (path.parent == allowed and path.name.startswith("city.db"))
        and not (path.parts[1] == "files" and len(path.name) == 64 and path.parent.name == path.name[:2])
    ]


def peak(*, anew: bool = False) -> int:
    """The most memory that this process had, in KB; `anew`: from now on."""
    me = Path("/proc/self")
    if anew:
        (me / "clear_refs").write_text("5")
    line = next(line for line in (me / "status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])


def short() -> list[Hostile]:
    """A few of each family, without what takes long to make."""
    return [*(_odd() + _wrong() + _broken() + _polyglot())[::6], *small_bombs()[::2]]


async def main() -> Counts:
    """The whole corpus."""
    with tempfile.TemporaryDirectory() as folder:
        return await run(Path(folder), hostile())


if __name__ == "__main__":
    print(asyncio.run(main()))
