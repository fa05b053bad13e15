"""Times of looks, as a handler has them: within an open unit of work, from the question to its rows."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.cases.looks import Look, Picked
from benchmarks.cases.town import FIRST, NOW, STEP
from bot.clock import SystemClock
from bot.store.driver import connect
from bot.store.store import Store
from bot.store.work import Work

RUNS, TIMES = 500, 3


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds."""

    p50: float
    p99: float


async def measure(path: Path, size: int, looks: Sequence[Look], runs: int = RUNS) -> dict[str, Figures]:
    """Each look about so many cases: once to warm up, then three times, of which the middle one counts. So what is left
    of the noise of the machine is little, and the p99 is that of the questions.
    """
    picked = _pick(path, size, runs)
    store = await Store.open(path, SystemClock(), tool=True)
    try:
        async with store.unit() as unit:
            work = await unit.work()
            gc.collect()
            gc.disable()
            return {look.name: await _measure(work, look, picked) for look in looks}
    finally:
        gc.enable()
        await store.close(clean=False)


async def _measure(work: Work, look: Look, picked: Sequence[Picked]) -> Figures:
    await _times(work, look, picked)
    rounds = [await _times(work, look, picked) for _ in range(TIMES)]
    times = sorted(median(each) for each in zip(*rounds, strict=True))
    return Figures(times[len(times) // 2], times[len(times) * 99 // 100])


async def _times(work: Work, look: Look, picked: Sequence[Picked]) -> list[float]:
    times = []
    for one in picked:
        began = time.perf_counter()
        await look.ask(work, one)
        times.append((time.perf_counter() - began) * 1e3)
    return times


def _pick(path: Path, size: int, runs: int) -> list[Picked]:
    """Cases at random, the same in each run; nobody asks for the confidential ones."""
    random = Random(size)
    numbers = [random.randrange(size) for _ in range(runs * 2)]
    with closing(connect(path, read_only=True)) as connection:
        rows = [connection.execute(_CASE, [FIRST + STEP * number]).fetchone() for number in numbers]
    asked = [row for row in rows if row][:runs]
    return [Picked._make((*row, random.choice(asked)[3], NOW)) for row in asked]


_CASE = (
    "SELECT id, code, person_id, category, area, state, desk, lat, lon, created_at, case_texts.words "
    "FROM cases JOIN case_texts ON case_id = id WHERE id = ? AND NOT private"
)
