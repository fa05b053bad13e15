"""Where our time goes, by part: microseconds of CPU an update, at saturation and at a steady pace."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.contestants import CLOCKED
from benchmarks.dialogue import Turn
from benchmarks.people import People, Tally
from benchmarks.runs import Plan, Running, pace, record, running
from benchmarks.steps import load_steps


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU seconds and updates of one stretch."""

    whole: float
    parts: dict[str, float]
    updates: int

    def micros(self, part: str) -> float:
        """Microseconds an update."""
        return self.parts.get(part, 0.0) / max(self.updates, 1) * 1e6


async def profile(steps: Path) -> int:
    """Record, run with clocks, print."""
    plan, turns = Plan(), [Turn(step) for step in load_steps(steps)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        await record(turns, path / "dialogue.json")
        async with running(CLOCKED, path / "dialogue.json", path) as bot:
            full, steady = await _clocked(bot, turns, plan)
    sys.stdout.write(_table(full, steady, plan))
    return 0


async def _clocked(bot: Running, turns: list[Turn], plan: Plan) -> tuple[Spent, Spent]:
    crowd = People(bot.platform, turns)
    crowd.restless(plan.people)
    await asyncio.sleep(plan.warm)
    full = await _stretch(bot, crowd, plan.full)
    crowd.calm()
    await asyncio.sleep(0.5)
    crowd = People(bot.platform, turns)
    pacing = asyncio.create_task(pace(crowd, plan.pace, plan.steady + 1))
    await asyncio.sleep(0.5)
    steady = await _stretch(bot, crowd, plan.steady)
    await pacing
    return full, steady


async def _stretch(bot: Running, crowd: People, seconds: float) -> Spent:
    crowd.tally, before = Tally(), await ask(bot)
    await asyncio.sleep(seconds)
    after = await ask(bot)
    parts = {part: spent - before["parts"].get(part, 0.0) for part, spent in after["parts"].items()}
    return Spent(after["all"] - before["all"], parts, crowd.tally.steps)


async def ask(bot: Running) -> dict[str, Any]:
    """CPU seconds so far, of all and of each part."""
    process = bot.process
    assert process.stdin
    assert process.stdout
    process.stdin.write(b"\n")
    answer: dict[str, Any] = json.loads(await process.stdout.readline())
    return answer


def _table(full: Spent, steady: Spent, plan: Plan) -> str:
    lines = ["", f"| part (µs of CPU an update, clocks included) | saturation | {plan.pace:.0f}/s |", "|---|---|---|"]
    for part in sorted(full.parts, key=full.micros, reverse=True):
        lines.append(f"| {part} | {full.micros(part):.0f} | {steady.micros(part):.0f} |")
    rest = [(each.whole - sum(each.parts.values())) / max(each.updates, 1) * 1e6 for each in (full, steady)]
    whole = [each.whole / max(each.updates, 1) * 1e6 for each in (full, steady)]
    lines.append(f"| rest: the loop, sockets, aiohttp's answers, thread wake-ups | {rest[0]:.0f} | {rest[1]:.0f} |")
    lines.append(f"| whole | {whole[0]:.0f} | {whole[1]:.0f} |")
    return "\n".join([*lines, ""])
