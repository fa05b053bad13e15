"""What of city.toml may be told to citizens: what is confirmed, or has a source; nothing that is empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import PackError

_NO_FACTS = {"version", "slug", "confirmed", "source", "posters"}


@dataclass(frozen=True, slots=True)
class Facts:
    """city.toml by dotted keys. An unknown key raises KeyError: a sentence must not vanish by a slip of the pen."""

    values: Mapping[str, Any]
    confirmed: frozenset[str]
    source: Mapping[str, str]

    @classmethod
    def of(cls, file: str, values: Mapping[str, Any]) -> Facts:
        """Raises PackError when `confirmed` or `[source]` name a key that is not there."""
        facts = cls(values, frozenset(values["confirmed"]), values["source"])
        for table, keys in (("confirmed", values["confirmed"]), ("source", facts.source)):
            for key in keys:
                if not facts.has(key):
                    raise PackError(file, table, f"{key!r} is not a key of this file.")
        return facts

    def has(self, key: str) -> bool:
        try:
            self._value(key)
        except KeyError:
            return False
        return True

    def may_tell(self, key: str) -> bool:
        """Whether citizens may be told `phones.fire`: not empty, and it or a table above it confirmed or sourced."""
        return not _empty(self._value(key)) and (_covered(key, self.confirmed) or _covered(key, self.source))

    def get(self, key: str) -> Any | None:
        """The value as the file has it, or None when citizens may not be told."""
        return self._value(key) if self.may_tell(key) else None

    def unconfirmed(self) -> list[str]:
        """Keys that are neither empty nor confirmed nor sourced; a table of which nothing is told stands for all."""
        found: list[str] = []
        for table in self.values.keys() - _NO_FACTS:
            keys = [key for key in _leaves(table, self.values[table]) if not _empty(self._value(key))]
            open_ = [key for key in keys if not self.may_tell(key)]
            found += [table] if len(open_) == len(keys) > 1 else open_
        return sorted(found)

    def sourced_only(self) -> list[str]:
        """Keys with a source that the municipality has not confirmed."""
        return sorted(key for key in self.source if not _covered(key, self.confirmed))

    def _value(self, key: str) -> Any:
        value: Any = self.values
        for step in key.split("."):
            if not isinstance(value, Mapping):
                raise KeyError(key)
            value = value[step]
        return value


def _covered(key: str, keys: frozenset[str] | Mapping[str, str]) -> bool:
    steps = key.split(".")
    return any(".".join(steps[:end]) in keys for end in range(1, len(steps) + 1))


def _empty(value: Any) -> bool:
    return value in ("", 0, [], {}) and value is not False


def _leaves(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for step, below in value.items():
            yield from _leaves(f"{key}.{step}", below)
    else:
        yield key
