"""One announcement to many: its kinds and states, and for whom it is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What it is decides who may be disturbed and when: `[broadcast]` of city.toml."""

    SAFETY = "safety"
    OUTAGE = "outage"
    NEWS = "news"
    CULTURE = "culture"


class Cast(StrEnum):
    """Where a broadcast is."""

    APPROVAL = "approval"  # waits for a second person
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"
    EXPIRED = "expired"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


OVER = frozenset({Cast.DONE, Cast.STOPPED, Cast.EXPIRED})
"""It went out, or as much of it as there will be."""


class Mode(StrEnum):
    """What is done to the people's messages: said anew, changed in place, or taken back."""

    SAY = ""
    EDIT = "edit"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Audience:
    """Conditions that all hold; what is empty asks nothing.

    `topic`: who wants it at once: a kind of broadcast (its default decides for whoever chose nothing), or something to
    follow (`project-12`). `areas`: people who said that they live there. `case_id`: who shares this case, its reporter
    too. `reached_by`: who got that broadcast; then nothing else is asked.
    """

    topic: str = ""
    languages: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    case_id: int = 0
    reached_by: int = 0

    def dump(self) -> dict[str, Any]:
        """For a row; what is empty is left out."""
        return {name: value for name, value in asdict(self).items() if value}


def load_audience(row: dict[str, Any]) -> Audience:
    """The way back from `dump`."""
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Audience(**values)
