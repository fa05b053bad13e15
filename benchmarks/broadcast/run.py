"""One bot tells everybody once, while citizens ask for help."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.broadcast import town
from benchmarks.broadcast.hall import Hall
from benchmarks.contestants import AIOGRAM, OURS, Contestant, Place, database, peer
from benchmarks.processes import cpu_seconds, resident_mb
from benchmarks.runs import Running, part, running

ASKING = 500  # people who ask in turn: the pack's limit on one person's messages is never met
_LOOK = 0.02  # seconds between two looks at how far it is
_PATIENCE = 2.0  # times as long as it should take


@dataclass(frozen=True, slots=True)
class Task:
    """So many people, as fast as `rate` a second allows; `asks` questions a second meanwhile."""

    people: int
    rate: float
    asks: float

    @property
    def ideal(self) -> float:
        """Seconds that the platform's limit leaves: a second's worth may come at once."""
        return (self.people - self.rate) / self.rate


@dataclass(frozen=True, slots=True)
class Result:
    """`cpu`: milliseconds a message in the steady part; `share` of the allowed rate; waits in milliseconds."""

    cpu: float
    share: float
    p50: float
    p95: float
    missed: int
    doubled: int
    refused: int
    unanswered: int
    memory: float


def bot(key: str, task: Task) -> Contestant:
    """The contestant, made for this task."""
    if key == OURS.key:
        return replace(OURS, environment=_with(OURS, TELEGRAM_RATE=str(task.rate)))
    told = {"BENCH_TEXT": town.HTML, "BENCH_FIRST": str(town.FIRST), "BENCH_PEOPLE": str(task.people)}
    made = replace(AIOGRAM, name="aiogram 3, a loop over the chats", command=peer("aiogram_cast"))
    return replace(made, environment=_with(AIOGRAM, **told, BENCH_RATE=str(task.rate)))


def _with(contestant: Contestant, **more: str) -> Callable[[Place], dict[str, str]]:
    return lambda place: {**contestant.environment(place), **more}


async def run(contestant: Contestant, task: Task) -> Result:
    """Tell everybody. Raises RuntimeError when the bot does not start."""
    with tempfile.TemporaryDirectory() as name:
        folder, hall = Path(name), Hall(task.rate)
        path = database(Place("", folder, folder))
        ours = contestant.key == OURS.key
        if ours:
            await town.populate(path, task.people)
        async with running(contestant, folder, folder, hall) as going:
            if ours:
                await town.announce(path)
            return await _measured(going, hall, task)


async def _measured(going: Running, hall: Hall, task: Task) -> Result:
    asking = asyncio.create_task(_ask(hall, task))
    try:
        await reached(hall, task, 0.2)
        cpu, taken = cpu_seconds(going.process.pid), hall.taken
        await reached(hall, task, 0.9)
        cpu, taken = cpu_seconds(going.process.pid) - cpu, hall.taken - taken
        memory = resident_mb(going.process.pid)
        await reached(hall, task, 1.0)
    finally:
        asking.cancel()
    share = (hall.taken - task.rate) / (task.rate * max(hall.ended - hall.began, 1e-9))
    await asyncio.sleep(0.5)
    waits = sorted(hall.waits) or [0.0]
    return Result(
        cpu / max(taken, 1) * 1e3,
        share,
        part(waits, 0.5),
        part(waits, 0.95),
        task.people - len(hall.got),
        sum(times > 1 for times in hall.got.values()),
        hall.refused,
        hall.unanswered,
        memory,
    )


async def _ask(hall: Hall, task: Task) -> None:
    """Questions at an even pace, from when the announcement is under way."""
    await reached(hall, task, 0.05)
    for number in itertools.count():
        hall.ask(town.FIRST + number % min(ASKING, task.people))
        await asyncio.sleep(1 / task.asks)


async def reached(hall: Hall, task: Task, share: float) -> None:
    """Until so many have it, or it takes far too long."""
    end = time.monotonic() + _PATIENCE * task.ideal + 10
    while len(hall.got) < share * task.people and time.monotonic() < end:  # noqa: ASYNC110 - a glance now and then
        await asyncio.sleep(_LOOK)
