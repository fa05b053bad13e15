"""The table: a line a look, at each size."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence

from benchmarks.cases.building import database
from benchmarks.cases.looks import ALL, Look
from benchmarks.cases.measuring import Figures, measure
from bot.pack.load import load_pack
from bot.settings import ROOT

SIZES = (10_000, 1_000_000)


def compare(looks: Sequence[Look] = ALL, sizes: Sequence[int] = SIZES) -> str:
    """The table of these looks at these sizes."""
    pack = load_pack(ROOT / "data" / "qorveh", ROOT / "data" / "demo")
    figures = []
    for size in sizes:
        began = time.perf_counter()
        path = database(pack, size)
        sys.stdout.write(f"  {size:,} cases: {path.name}, ready after {time.perf_counter() - began:.0f} s\n")
        sys.stdout.flush()
        figures.append(asyncio.run(measure(path, size, looks)))
    return show(looks, sizes, figures)


def show(looks: Sequence[Look], sizes: Sequence[int], figures: Sequence[dict[str, Figures]]) -> str:
    """A line a look: p50 / p99 in milliseconds at each size, and how many times the first p99 the last one is."""
    lines = ["| p50 / p99 ms | " + " | ".join(f"{size:,}" for size in sizes) + " | p99, times |"]
    lines.append("|---|" + "---|" * (len(sizes) + 1))
    for look in looks:
        mine = [each[look.name] for each in figures]
        cells = " | ".join(f"{each.p50:.3f} / {each.p99:.3f}" for each in mine)
        lines.append(f"| {look.name} | {cells} | {mine[-1].p99 / max(mine[0].p99, 1e-9):.1f} |")
    return "\n".join(lines)
