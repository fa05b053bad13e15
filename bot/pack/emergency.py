"""emergency.toml: phrases that bring up a number before anything else. Matching itself is understanding, not pack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from bot.pack.part import Key, Many, Part

Phrases = Annotated[Many[str], Field(min_length=1)]


class Rule(Part):
    """A kind of emergency. `phrases` by language and `finglish`, as written: both sides are normalised on matching."""

    key: Key
    numbers: Annotated[Many[str], Field(min_length=1)]
    advice: str
    tone: Literal["urgent", "calm"]
    unless: Many[str] = ()
    phrases: Mapping[str, Phrases]

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: Any) -> Any:
        """Every list that is not a field of ours is a language's list of phrases."""
        if not isinstance(data, dict):
            return data
        lists = {key: value for key, value in data.items() if key not in cls.model_fields and isinstance(value, list)}
        return {**{key: value for key, value in data.items() if key not in lists}, "phrases": lists}


class Emergencies(Part):
    version: str
    rule: Many[Rule]
