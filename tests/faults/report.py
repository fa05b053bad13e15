"""How a figure is measured, judged and printed."""

from __future__ import annotations

import platform
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bot.store.driver import VERSION


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the sheet. `row`: of docs/reliability.md. `timed`: a duration or share, judged in the whole form
    alone, since a busy machine bends it.
    """

    row: int
    promise: str
    target: str
    measured: str
    ok: bool
    timed: bool = False

    def __str__(self) -> str:
        return f"{self.row:>3}  {'ok ' if self.ok else 'NOT'}  {self.promise}: {self.measured}  [{self.target}]"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the faults: where it may write, and how thorough it is. `logs`: what services logged, for row 42."""

    folder: Path
    short: bool = False
    logs: list[Path] = field(default_factory=list)

    def pick(self, short: int, whole: int) -> int:
        return short if self.short else whole

    def room(self, name: str) -> Path:
        """A folder of its own."""
        room = self.folder / name
        room.mkdir(parents=True, exist_ok=True)
        return room


Row = Callable[[Run], Awaitable[list[Figure]]]


def percentile(values: list[float], share: float) -> float:
    """The value under which this share lies; 0 of nothing."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)] if values else 0.0


def head() -> str:
    """Date, versions, machine."""
    cores = len([line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("processor")])
    parts = [
        datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        f"shahr137 {_version('shahr137')}",
        f"Python {platform.python_version()}",
        f"SQLite {VERSION}",
        f"python-telegram-bot {_version('python-telegram-bot')}",
        f"{sys.platform} {platform.machine()}, {cores} cores",
    ]
    return " · ".join(parts)


def _version(name: str) -> str:
    try:
        return version(name)
    except ModuleNotFoundError:
        return "from its folder"
