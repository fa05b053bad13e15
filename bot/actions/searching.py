"""A search at the desk: what is asked for, narrowed to what the official may see with the roles that they have now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from bot.actions.sight import Sight
from bot.store.cases import NEWEST
from bot.store.search import Sought


@dataclass(frozen=True, slots=True)
class Asked:
    """`here`: only the official's own desks, though they may see everything. Times in milliseconds, 0 for none."""

    words: str = ""
    category: str = ""
    area: str = ""
    states: tuple[str, ...] = ()
    since: int = 0
    until: int = 0
    here: bool = False

    def dump(self) -> dict[str, Any]:
        """For a row as JSON."""
        return asdict(self)

    @classmethod
    def load(cls, row: Mapping[str, Any]) -> Asked:
        """The way back from `dump`."""
        known = {field.name: row[field.name] for field in fields(cls) if field.name in row}
        return cls(**{**known, "states": tuple(known.get("states", ()))})


def narrowed(asked: Asked, sight: Sight) -> Sought:
    """The search as the store takes it. Confidential cases are found on one's own desks alone, by who may see them."""
    own = asked.here or not sight.everything
    return Sought(
        asked.words,
        asked.category,
        asked.area,
        asked.states,
        sight.desks if own else (),
        asked.since,
        asked.until or NEWEST,
        0,
        int(own and sight.private),
    )
