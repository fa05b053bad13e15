"""The table: a line a run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.broadcast.run import Result, Task, bot, run
from benchmarks.contestants import PEERS

_HEAD = (
    "| | CPU ms/message | of aiogram | of the allowed rate | answers p50 / p95 ms | missed | twice | refused | MB |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True, slots=True)
class Heat:
    """A task, and who does it."""

    title: str
    task: Task
    keys: tuple[str, ...]


BOTH = ("ours", "aiogram")
WHOLE = (
    Heat("At tenfold the rate, beside aiogram", Task(12_000, 300, asks=5), BOTH),
    Heat("In real time", Task(2_000, 30, asks=2), BOTH),
    Heat("A hundred thousand, at tenfold the rate", Task(100_000, 300, asks=5), ("ours",)),
)
QUICK = (Heat("At tenfold the rate, beside aiogram", Task(3_000, 300, asks=5), BOTH),)


async def compare(heats: Sequence[Heat], only: str = "") -> int:
    """Run all, print each table when it is whole; answers 1 when somebody was missed, told twice or not answered."""
    bad = False
    for heat in heats:
        results = {key: await run(bot(key, heat.task), heat.task) for key in heat.keys if _runs(key, only)}
        _say(f"\n{heat.title}: {heat.task.people:,} people, {heat.task.rate:.0f} a second allowed\n{_HEAD}")
        for key, result in results.items():
            _say(_line(bot(key, heat.task).name, result, results.get("aiogram")))
        ours = results.get("ours")
        bad = bad or (ours is not None and bool(ours.missed + ours.doubled + ours.unanswered))
    return int(bad)


def _runs(key: str, only: str) -> bool:
    return only in ("", key) and (key == "ours" or PEERS.exists())


def _line(name: str, one: Result, other: Result | None) -> str:
    ratio = f"{one.cpu / other.cpu:.2f}" if other and other.cpu else "-"
    return (
        f"| {name} | {one.cpu:.3f} | {ratio} | {one.share:.1%} | {one.p50:.1f} / {one.p95:.1f} "
        f"| {one.missed} | {one.doubled} | {one.refused} | {one.memory:.0f} |"
    )


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
