"""What the doctor found: one line what, one line what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    FINE = "fine"
    NOTE = "note"  # the service runs all the same
    STOP = "stop"  # the service does not start, or serves nobody


@dataclass(frozen=True, slots=True)
class Finding:
    """`str()` is what the operator reads: never a token, never what people wrote."""

    level: Level
    subject: str
    what: str
    cure: str = ""

    @property
    def stops(self) -> bool:
        return self.level is Level.STOP

    def __str__(self) -> str:
        line = f"[{self.level}] {self.subject}: {self.what}"
        return f"{line}\n       do: {self.cure}" if self.cure else line


def fine(subject: str, what: str) -> Finding:
    return Finding(Level.FINE, subject, what)


def note(subject: str, what: str, cure: str = "") -> Finding:
    return Finding(Level.NOTE, subject, what, cure)


def stop(subject: str, what: str, cure: str) -> Finding:
    return Finding(Level.STOP, subject, what, cure)
