"""A database file damaged in many ways, and a start on each: docs/reliability.md, row 21.

`python -m tests.faults.damages` prints what was refused.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.clock import SystemClock
from bot.errors import CityError, DatabaseError
from bot.store.driver import connect
from bot.store.store import Store
from bot.store.work import Arrival
from bot.talk.rich import Plain
from bot.talk.screen import Screen


@dataclass
class Damaged:
    """What became of so many starts. `wrong`: started although quick_check sees damage. `unclear`: refused without
    naming the restore command. `written`: refused, and the file was changed.
    """

    tried: int = 0
    refused: int = 0
    sound: int = 0
    wrong: int = 0
    unclear: int = 0
    written: int = 0


def flip(path: Path, chance: random.Random) -> None:
    """Some bytes anywhere."""
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 10, 1_000])):
        content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
    path.write_bytes(content)


def blank(path: Path, chance: random.Random) -> None:
    """A run of pages, as a bad block leaves it."""
    content = bytearray(path.read_bytes())
    start = chance.randrange(len(content) // 4096) * 4096
    end = min(len(content), start + 4096 * chance.randrange(1, 8))
    content[start:end] = chance.choice([b"\0", b"\xff"]) * (end - start)
    path.write_bytes(content)


def cut(path: Path, chance: random.Random) -> None:
    """Truncated anywhere, also to nothing."""
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[: chance.choice([0, chance.randrange(size), size // 2 // 4096 * 4096])])


def gone(path: Path, _chance: random.Random) -> None:
    path.unlink()


def cut_log(path: Path, chance: random.Random) -> None:
    """The log beside it ends early, as after a power cut: SQLite recovers what is whole, and that is no damage."""
    log = path.with_name(path.name + "-wal")
    content = log.read_bytes()
    log.write_bytes(content[: chance.randrange(len(content))])


WAYS: tuple[Callable[[Path, random.Random], None], ...] = (flip, flip, blank, blank, cut, gone, cut_log)


async def prepare(folder: Path) -> Path:
    """A database with a few hundred people, and a log that a killed service left."""
    path = folder / "whole" / "shahr137.db"
    store = await Store.open(path, SystemClock())
    for batch in range(4):
        arrivals = [Arrival(batch * 100 + n, f"body {n}", batch * 100 + n + 1, 7) for n in range(100)]
        async with store.unit("telegram", "telegram:1", arrivals) as unit:
            for arrival in arrivals:
                work = await unit.work(arrival)
                work.say(Screen((Plain("hello " * 20),)))
                unit.merge(work)
            await store.commit(unit)
    copy = folder / "killed"
    shutil.copytree(path.parent, copy)  # before the close: with its log
    await store.close()
    return copy / path.name


async def start_on_damages(folder: Path, times: int, seed: int = 137) -> Damaged:
    """Damage copies of a database, start on each, and look what came of it."""
    whole, chance, told = await prepare(folder), random.Random(seed), Damaged()
    for number in range(times):
        room = folder / str(number)
        shutil.copytree(whole.parent, room)
        path = room / whole.name
        WAYS[number % len(WAYS)](path, chance)
        await _start(path, told)
        shutil.rmtree(room)
    return told


async def _start(path: Path, told: Damaged) -> None:
    told.tried += 1
    before = _content(path)
    try:
        store = await Store.open(path, SystemClock())
    except CityError as error:
        told.refused += 1
        told.unclear += not (isinstance(error, DatabaseError) and "restore FILE" in str(error))
        told.written += _content(path) != before
        return
    await store.close()
    with closing(connect(path, read_only=True)) as connection:
        sound = connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    told.sound += sound
    told.wrong += not sound


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        print(asyncio.run(start_on_damages(Path(folder), 200)))


if __name__ == "__main__":
    main()
