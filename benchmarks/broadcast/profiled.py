"""Where the time of a broadcast goes, by part: microseconds of CPU a message in the steady part."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.broadcast import town
from benchmarks.broadcast.hall import Hall
from benchmarks.broadcast.run import Task, bot, reached
from benchmarks.contestants import CLOCKED, OURS, Place, database
from benchmarks.profiled import Spent, ask
from benchmarks.runs import running

TASK = Task(6_000, 300, asks=5)


async def profile() -> int:
    """Run with clocks, print."""
    with tempfile.TemporaryDirectory() as name:
        folder, hall = Path(name), Hall(TASK.rate)
        path = database(Place("", folder, folder))
        await town.populate(path, TASK.people)
        clocked = replace(CLOCKED, environment=bot(OURS.key, TASK).environment)
        async with running(clocked, folder, folder, hall) as going:
            await town.announce(path)
            await reached(hall, TASK, 0.2)
            before, taken = await ask(going), hall.taken
            await reached(hall, TASK, 0.9)
            after, taken = await ask(going), hall.taken - taken
    parts = {part: spent - before["parts"].get(part, 0.0) for part, spent in after["parts"].items()}
    sys.stdout.write(_table(Spent(after["all"] - before["all"], parts, taken)))
    return 0


def _table(spent: Spent) -> str:
    lines = [f"| part (µs of CPU a message, clocks included; {spent.updates:,} messages) | |", "|---|---|"]
    for part in sorted(spent.parts, key=spent.micros, reverse=True):
        if spent.micros(part) >= 0.5:
            lines.append(f"| {part} | {spent.micros(part):.0f} |")
    rest = (spent.whole - sum(spent.parts.values())) / max(spent.updates, 1) * 1e6
    lines.append(f"| rest: the loop, sockets, aiohttp's answers, thread wake-ups | {rest:.0f} |")
    lines.append(f"| whole | {spent.whole / max(spent.updates, 1) * 1e6:.0f} |")
    return "\n".join([*lines, ""])
