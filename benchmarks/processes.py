"""CPU and memory of a process with all that it started, from /proc."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

_TICK = float(os.sysconf("SC_CLK_TCK"))
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PARENT, _TIMES, _RESIDENT = 1, slice(11, 15), 21  # places in proc(5)'s stat after the name


def cpu_seconds(root: int) -> float:
    """User and system time of the tree so far, those that ended and were waited for included (10 ms steps)."""
    return sum(sum(map(int, stat[_TIMES])) for stat in _tree(root)) / _TICK


def resident_mb(root: int) -> float:
    """Resident memory of the tree in megabytes (10^6 bytes); shared pages count in each process."""
    return sum(int(stat[_RESIDENT]) * _PAGE for stat in _tree(root)) / 1e6


def _tree(root: int) -> list[list[str]]:
    """The stat of the process and of its living descendants."""
    stats = _stats()
    found = {root}
    while more := {pid for pid, stat in stats.items() if int(stat[_PARENT]) in found} - found:
        found |= more
    return [stats[pid] for pid in found if pid in stats]


def _stats() -> dict[int, list[str]]:
    stats = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            with contextlib.suppress(OSError):  # ended meanwhile
                stats[int(place.name)] = (place / "stat").read_text().rpartition(")")[2].split()
    return stats
