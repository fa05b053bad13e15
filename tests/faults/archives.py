"""Backups beside a writing service, each restored and compared; restores killed: docs/reliability.md, rows 26 and 27.

`python -m tests.faults.archives` prints the counts.
"""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.backup import make_backup
from bot.clock import SystemClock
from bot.restore import restore
from bot.settings import ROOT, Settings, read_settings
from bot.store.driver import connect
from bot.store.store import Store
from bot.store.work import Arrival
from bot.talk.rich import Plain
from bot.talk.screen import Screen

CLOCK = SystemClock()


@dataclass
class Backups:
    """`whole`: backups that passed integrity_check and held all that was acknowledged before they began."""

    tried: int = 0
    whole: int = 0
    acknowledged: int = 0


@dataclass
class Restores:
    """`killed`: restores that were cut off. `old`, `new`: what was there then. `half`: neither."""

    killed: int = 0
    ended: int = 0
    old: int = 0
    new: int = 0
    half: int = 0


def settings_in(folder: Path) -> Settings:
    folder.mkdir(parents=True, exist_ok=True)
    return read_settings({"DATABASE_URL": f"sqlite:///{folder}/shahr137.db", "DATA_DIR": str(folder)})


async def hear(store: Store, number: int) -> None:
    """One update, committed when this returns."""
    arrival = Arrival(number, f"body {number}", number + 1, 7)
    async with store.unit("telegram", "telegram:1", [arrival]) as unit:
        work = await unit.work(arrival)
        work.say(Screen((Plain("hello"),)))
        unit.merge(work)
        await store.commit(unit)


async def backups_under_load(folder: Path, times: int) -> Backups:
    """So many backups while updates are taken as fast as they can be."""
    told, settings = Backups(), settings_in(folder / "service")
    store = await Store.open(settings.database_url, CLOCK)
    done = asyncio.Event()

    async def write() -> None:
        while not done.is_set():
            await hear(store, told.acknowledged)
            told.acknowledged += 1

    writing = asyncio.create_task(write())
    try:
        for number in range(times):
            before = told.acknowledged
            room = settings_in(folder / str(number))
            archive = room.data_dir / "b.tar.gz"
            await asyncio.to_thread(make_backup, settings, CLOCK, archive)
            await asyncio.to_thread(restore, room, archive)
            told.tried += 1
            told.whole += _holds(room.database_url, before)
    finally:
        done.set()
        await writing
        await store.close()
    return told


def _holds(database: Path, acknowledged: int) -> bool:
    with closing(connect(database)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        ((found,),) = connection.execute("SELECT count(*) FROM inbox WHERE update_id < ?", (acknowledged,)).fetchall()
        unheld = connection.execute("SELECT 1 FROM outbox WHERE state <> 'held'").fetchone()
    return sound and found == acknowledged and unheld is None


async def restores_killed(folder: Path, times: int, seed: int = 137) -> Restores:
    """Kill a restore at a random moment, so often. The backup holds one update, the database beside it two."""
    told, settings, chance = Restores(), settings_in(folder), random.Random(seed)
    archive = folder / "b.tar.gz"
    for number in range(2):
        store = await Store.open(settings.database_url, CLOCK)
        await hear(store, number)
        await store.close()
        if not number:
            make_backup(settings, CLOCK, archive)
    newer = folder / "newer.tar.gz"
    make_backup(settings, CLOCK, newer)
    longest = await asyncio.to_thread(_restore, settings, archive, 60.0)
    for _ in range(times):
        restore(settings, newer)
        took = await asyncio.to_thread(_restore, settings, archive, chance.uniform(0.6, 1.05) * longest)
        told.killed += took < 0
        told.ended += took >= 0
        _judge(settings.database_url, told)
    return told


def _restore(settings: Settings, archive: Path, within: float) -> float:
    """The seconds that a restore in a process of its own took; -1 when it was killed first."""
    env = {"DATABASE_URL": f"sqlite:///{settings.database_url}", "DATA_DIR": str(settings.data_dir), "PATH": ""}
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "bot.py", "restore", str(archive)], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
    )
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return -1.0
    return time.monotonic() - began


def _judge(database: Path, told: Restores) -> None:
    with closing(connect(database)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        ((found,),) = connection.execute("SELECT count(*) FROM inbox").fetchall()
    told.old += sound and found == 2
    told.new += sound and found == 1
    told.half += not sound or found not in (1, 2)


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        print(await backups_under_load(Path(folder, "a"), 100))
        print(await restores_killed(Path(folder, "b"), 50))


if __name__ == "__main__":
    asyncio.run(main())
