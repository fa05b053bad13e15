"""examples.jsonl: what citizens write, with its category; what the understanding learns from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.errors import PackError


@dataclass(frozen=True, slots=True)
class Example:
    """`category` is "" for what is no report. `emergency`: a rule's key; "" is none; None may or may not be one.

    `lang` may be "finglish": Persian in Latin letters.
    """

    lang: str
    text: str
    category: str
    emergency: str | None = ""


def load_examples(file: str, text: str) -> tuple[Example, ...]:
    """Raises PackError with the line."""
    return tuple(_example(file, number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _example(file: str, number: int, line: str) -> Example:
    try:
        row: dict[str, Any] = json.loads(line)
        return Example(**row)
    except (json.JSONDecodeError, TypeError):
        what = 'not an object with "lang", "text", "category" and perhaps "emergency".'
        raise PackError(file, f"line {number}", what) from None
