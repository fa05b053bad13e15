"""Commands beside a writing service, and migrations killed: docs/reliability.md, rows 18 and 28.

`python -m tests.faults.beside` prints the counts.
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

from bot.inviting import Wish, invite
from bot.settings import ROOT, Settings
from bot.store import schema
from bot.store.condition import look
from bot.store.driver import connect
from bot.store.soundness import check_before_start
from bot.store.store import Store
from bot.upkeep import list_failed, release, retry
from tests.faults.archives import CLOCK, hear, settings_in

_MIGRATE = "import sys, pathlib; from bot.store.schema import prepare; prepare(pathlib.Path(sys.argv[1]))"


@dataclass
class Beside:
    """`updates`: taken meanwhile; `lost`: of these, not in the database afterwards."""

    commands: int = 0
    failed: int = 0
    updates: int = 0
    lost: int = 0
    sound: bool = False


@dataclass
class Migrations:
    """`between`: killed and left neither as it was nor migrated, or not to be migrated afterwards."""

    killed: int = 0
    ended: int = 0
    between: int = 0


async def commands_under_load(folder: Path, times: int) -> Beside:
    """So many commands while updates are taken as fast as they can be."""
    told, settings = Beside(), settings_in(folder)
    store = await Store.open(settings.database_url, CLOCK)
    done = asyncio.Event()

    async def write() -> None:
        while not done.is_set():
            await hear(store, told.updates)
            told.updates += 1

    writing = asyncio.create_task(write())
    try:
        for number in range(times):
            told.commands += 1
            told.failed += not await asyncio.to_thread(_command, settings, number)
    finally:
        done.set()
        await writing
        ((kept,),) = await store.look("SELECT count(*) FROM inbox")
        await store.close()
    told.lost = told.updates - kept
    check_before_start(settings.database_url)
    told.sound = True
    return told


def _command(settings: Settings, number: int) -> bool:
    """Whether one of the commands that work beside a service did what it should."""
    match number % 5:
        case 0:
            return bool(asyncio.run(invite(settings, CLOCK, Wish("dispatcher"))))
        case 1:
            return bool(list_failed(settings))
        case 2:
            return bool(retry(settings))
        case 3:
            return bool(release(settings, ""))
        case _:
            return not look(settings.database_url).trouble


async def migrations_killed(folder: Path, times: int, seed: int = 137) -> Migrations:
    """Kill the making of a database at a random moment, so often."""
    told, chance = Migrations(), random.Random(seed)
    longest = await asyncio.to_thread(_migrate, folder / "first.db", 60.0)
    for number in range(times):
        path = folder / f"{number}.db"
        took = await asyncio.to_thread(_migrate, path, chance.uniform(0.5, 1.05) * longest)
        told.killed += took < 0
        told.ended += took >= 0
        told.between += _between(path)
    return told


def _migrate(path: Path, within: float) -> float:
    began = time.monotonic()
    path.parent.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen([sys.executable, "-c", _MIGRATE, str(path)], cwd=ROOT)
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return -1.0
    return time.monotonic() - began


def _between(path: Path) -> bool:
    with closing(connect(path)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        version = schema.version_of(connection)
    if (version == schema.HEAD) != ("cases" in tables):
        return True
    schema.prepare(path)
    return bool(look(path).trouble)


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        print(await commands_under_load(Path(folder, "a"), 500))
        print(await migrations_killed(Path(folder, "b"), 50))


if __name__ == "__main__":
    asyncio.run(main())
