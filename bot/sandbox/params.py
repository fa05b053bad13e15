"""The parameters of one call, whether they came urlencoded, as JSON or as multipart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from bot.sandbox.refusal import bad


class Upload(NamedTuple):
    """A file part of a multipart body."""

    name: str | None
    mime: str | None
    content: bytes


@dataclass(slots=True)
class Params:
    """Values by name as sent; `files` by the name of their part."""

    values: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        return value if value is None or isinstance(value, str) else str(value)

    def integer(self, name: str) -> int | None:
        """A whole number, or None when absent. Raises 400 when it is none."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError, OverflowError):
            raise bad(f"invalid {name} specified") from None

    def number(self, name: str) -> float | None:
        value = self.values.get(name)
        try:
            return None if value is None else float(value)
        except (TypeError, ValueError, OverflowError):
            raise bad(f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in ("true", "1", "yes")

    def objects(self, name: str) -> list[dict[str, Any]] | None:
        """A list of objects, None when absent. Raises 400 when it is anything else."""
        value = self.json(name)
        if value is not None and not (isinstance(value, list) and all(isinstance(each, dict) for each in value)):
            raise bad(f"can't parse {name.replace('_', ' ')}: Array of Objects expected")
        return value

    def json(self, name: str) -> Any:
        """Nested JSON, decoded when it came as text; None when absent. Raises 400 when it can't be read."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None
