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

    COUNTING = "counting"  # its audience
    DRAFT = "draft"  # its author looks at it
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


REVISED = frozenset({"corrected", "extended", "edited"})
"""Relations to a broadcast whose text changed: they are for those who got an earlier one."""


class Mode(StrEnum):
    """What is done to the people's messages: said anew, changed in place, or taken back."""

    SAY = ""
    EDIT = "edit"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Audience:
    """Conditions that all hold; what is empty asks nothing.

    `topic`: who wants it at once: a kind of broadcast (its default decides for whoever chose nothing), or something to
    follow (`project-12`). `about`: the neighbourhood that it concerns, for those who want only what is near them.
    `areas`: people who said that they live there. `case_id`: who shares this case, its reporter too. `daily`: who wants
    exactly these kinds as a summary, and whether only what is `near` (yes, no). `reached_by`: who got that broadcast;
    then nothing else is asked.
    """

    topic: str = ""
    about: str = ""
    languages: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    case_id: int = 0
    daily: tuple[str, ...] = ()
    near: str = ""
    reached_by: int = 0

    def dump(self) -> dict[str, Any]:
        """For a row; what is empty is left out."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the deliveries. `uncertain` may have arrived twice, once or never; `deferred` of those that are
    `left` wait for tomorrow, because their people got enough today.
    """

    sent: int = 0
    uncertain: int = 0
    unreachable: int = 0
    failed: int = 0
    stopped: int = 0
    expired: int = 0
    left: int = 0
    deferred: int = 0

    @property
    def made(self) -> int:
        """How many deliveries there are."""
        return self.sent + self.uncertain + self.unreachable + self.failed + self.stopped + self.expired + self.left


_PLACES = {"dead": "failed", "waiting": "left", "sending": "left", "paused": "left", "held": "left"}


def tally(states: dict[str, int], deferred: int = 0) -> Tally:
    """From the states of the rows; what an erased person got is in none."""
    counts: dict[str, int] = {}
    for state, number in states.items():
        place = _PLACES.get(state, state)
        counts[place] = counts.get(place, 0) + number
    counts.pop("collapsed", None)
    return Tally(**counts, deferred=deferred)


def load_audience(row: dict[str, Any]) -> Audience:
    """The way back from `dump`."""
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Audience(**values)
