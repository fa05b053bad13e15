"""What the benchmark's figures rest on."""

import asyncio
import os
import sys

from benchmarks.contestants import ALL
from benchmarks.processes import cpu_seconds, resident_mb
from benchmarks.runs import Figures, Run
from benchmarks.steps import load_steps
from benchmarks.table import full, ratio, show

BURN = "import time\nend = time.process_time() + 0.2\nwhile time.process_time() < end: pass\n"


def one(cpu: float) -> Run:
    figures = Figures(cpu, 100.0, 1.0, 2.0)
    return Run(figures, figures, 50.0, 0.5, 0, None)


async def test_the_cpu_of_a_child_that_ended_counts() -> None:
    before = cpu_seconds(os.getpid())
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", BURN)
    await child.wait()
    assert cpu_seconds(os.getpid()) - before > 0.15


def test_memory_is_that_of_this_process_at_least() -> None:
    assert 5 < resident_mb(os.getpid()) < 5_000


def test_ratios_are_taken_within_a_round() -> None:
    rounds = [
        {"ours": one(1), "aiogram": one(4)},
        {"ours": one(10), "aiogram": one(20)},
        {"ours": one(1), "aiogram": one(2)},
    ]
    assert ratio("ours", "aiogram", rounds, full).startswith("0.50 (0.25-0.50)")
    assert "| 1.000 |" in show("", [ALL[0]], rounds, full)


def test_the_dialogue_begins_with_a_newcomer_and_ends_with_a_press() -> None:
    steps = load_steps()
    assert (steps[0].what, steps[-1].does) == ("/start", "presses")
    assert {step.does for step in steps} <= {"says", "pins", "presses"}
