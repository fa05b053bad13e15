"""One bot's run: start it, let it warm up, measure it at saturation and at a steady pace, stop it."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contestants import OURS, ROOT, Contestant, Kept, Place, environment, kept
from benchmarks.dialogue import Turn
from benchmarks.people import People, Tally
from benchmarks.platform import Platform, Stage
from benchmarks.processes import cpu_seconds, resident_mb


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to measure: seconds of warming up, at saturation, and at `pace` updates a second."""

    warm: float = 1.5
    full: float = 4.0
    steady: float = 5.0
    people: int = 64
    pace: float = 150.0


@dataclass(frozen=True, slots=True)
class Figures:
    """One stretch: milliseconds of CPU and updates a second; waits in milliseconds from an act to its first answer."""

    cpu: float
    rate: float
    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Run:
    """What one bot did in one round. `start`: seconds to its first poll; `stalled`: people who were not answered."""

    full: Figures
    steady: Figures
    memory: float
    start: float
    stalled: int
    kept: Kept | None


@dataclass(slots=True)
class Running:
    """A bot that has polled."""

    platform: Stage
    process: asyncio.subprocess.Process
    start: float
    place: Place


@contextlib.asynccontextmanager
async def running(
    contestant: Contestant, dialogue: Path, folder: Path, platform: Stage | None = None
) -> AsyncIterator[Running]:
    """Start a bot on this platform, else on a thin one of its own, and stop it as an operator does.

    Raises RuntimeError when it does not begin to poll.
    """
    platform = platform or Platform()
    await platform.open()
    place = Place(platform.url, folder, dialogue)
    began = time.perf_counter()
    pipe = asyncio.subprocess.PIPE if contestant.asked else None
    log = (folder / "log").open("wb")
    process = await asyncio.create_subprocess_exec(
        *contestant.command(place),
        cwd=ROOT,
        env=environment(contestant, place),
        stdin=pipe,
        stdout=pipe or log,
        stderr=log,
    )
    try:
        await _polled(platform, process)
        yield Running(platform, process, time.perf_counter() - began, place)
    finally:
        await _stop(process)
        log.close()
        await platform.close()
        _show_trouble(contestant, (folder / "log").read_text("utf-8", "replace"))


def _show_trouble(contestant: Contestant, log: str) -> None:
    """The first line of a log that should be empty."""
    lines = [line for line in log.splitlines() if line.strip() and "SIGTERM" not in line]
    if lines:
        sys.stderr.write(f"  {contestant.key} complained in {len(lines)} lines: {lines[0][-400:]}\n")


async def _polled(platform: Stage, process: asyncio.subprocess.Process) -> None:
    polls, ends = asyncio.create_task(platform.polled.wait()), asyncio.create_task(process.wait())
    done, _ = await asyncio.wait([polls, ends], timeout=20, return_when=asyncio.FIRST_COMPLETED)
    for task in (polls, ends):
        task.cancel()
    if polls not in done:
        raise RuntimeError("the bot did not begin to poll")


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), 10)
    except TimeoutError:
        process.kill()
        await process.wait()


async def record(turns: list[Turn], dialogue: Path) -> None:
    """Hold the dialogue once with our bot; fills the turns' answers."""
    with tempfile.TemporaryDirectory() as folder:
        async with running(OURS, dialogue, Path(folder)) as bot:
            await People(bot.platform, turns, recording=True).record()


async def run(
    contestant: Contestant, turns: list[Turn], dialogue: Path, plan: Plan, platform: Stage | None = None
) -> Run:
    """One bot, once. Raises RuntimeError when it does not start."""
    with tempfile.TemporaryDirectory() as folder:
        async with running(contestant, dialogue, Path(folder), platform) as bot:
            full, steady, memory, stalled = await _measured(bot, turns, plan)
        rows = kept(bot.place) if contestant is OURS else None
    return Run(full, steady, memory, bot.start, stalled, rows)


async def _measured(bot: Running, turns: list[Turn], plan: Plan) -> tuple[Figures, Figures, float, int]:
    crowd = People(bot.platform, turns)
    crowd.restless(plan.people)
    await asyncio.sleep(plan.warm)
    full = await _stretch(bot, crowd, asyncio.sleep(plan.full))
    memory = resident_mb(bot.process.pid)
    crowd.calm()
    stalled = await _calmed(crowd)
    steady_crowd = People(bot.platform, turns)
    await pace(steady_crowd, plan.pace, 0.5)
    steady = await _stretch(bot, steady_crowd, pace(steady_crowd, plan.pace, plan.steady))
    return full, steady, memory, stalled + await _calmed(steady_crowd)


async def _stretch(bot: Running, crowd: People, doing: Awaitable[None]) -> Figures:
    crowd.tally, cpu, began = Tally(), cpu_seconds(bot.process.pid), time.perf_counter()
    await doing
    tally, cpu, seconds = crowd.tally, cpu_seconds(bot.process.pid) - cpu, time.perf_counter() - began
    waits = sorted(tally.waits) or [0.0]
    steps = max(tally.steps, 1)
    return Figures(cpu / steps * 1e3, tally.steps / seconds, part(waits, 0.5), part(waits, 0.99))


def part(waits: list[float], share: float) -> float:
    """Milliseconds that this share of the waits (in seconds, the shortest first) stays under."""
    return waits[min(int(len(waits) * share), len(waits) - 1)] * 1e3


async def _calmed(crowd: People) -> int:
    """Wait until nobody waits; how many were never answered in full."""
    for _ in range(60):
        if not crowd.waiting:
            break
        await asyncio.sleep(0.05)
    return crowd.waiting


async def pace(crowd: People, rate: float, seconds: float) -> None:
    """So many acts a second, by whoever is ready, else by somebody new."""
    began = time.perf_counter()
    for number in range(int(rate * seconds)):
        due = began + number / rate
        if (pause := due - time.perf_counter()) > 0:
            await asyncio.sleep(pause)
        crowd.act(crowd.ready.popleft() if crowd.ready else crowd.somebody())
