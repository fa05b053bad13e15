"""What an announcement says, before it is put into words: a template that was filled in, or texts by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Content:
    """`template`: a key of the pack ("water"), "" for a free text. Words stay as they were typed, in every language.

    `from_at` and `until_at` are milliseconds, 0 where nothing is said. `file`: an attachment and its kind.
    """

    template: str = ""
    place: str = ""
    reason: str = ""
    detour: str = ""
    from_at: int = 0
    until_at: int = 0
    texts: Mapping[str, str] = field(default_factory=dict)
    file: tuple[int, str] | None = None
    pin: tuple[float, float] | None = None

    def dump(self) -> dict[str, Any]:
        """For a row or a draft; what is empty is left out."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


def load_content(row: Mapping[str, Any]) -> Content:
    """The way back from `dump`, whatever else stands there."""
    known: dict[str, Any] = {name: row[name] for name in Content.__slots__ if name in row}
    for name in ("file", "pin"):
        if known.get(name):
            known[name] = tuple(known[name])
    return Content(**known)
