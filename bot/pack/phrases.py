"""Phrases that mean something at once: emergency.toml and smalltalk.toml. Matching them is understanding, not pack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from bot.pack.part import Key, Many, Part

FINGLISH = "finglish"  # Persian in Latin letters
Phrases = Annotated[Many[str], Field(min_length=1)]


class _Spoken(Part):
    """`phrases` by language and `finglish`, as written: both sides are normalised on matching."""

    key: Key
    phrases: Mapping[str, Phrases]

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: Any) -> Any:
        """Every list that is not a field of ours is a language's list of phrases."""
        if not isinstance(data, dict):
            return data
        lists = {key: value for key, value in data.items() if key not in cls.model_fields and isinstance(value, list)}
        return {**{key: value for key, value in data.items() if key not in lists}, "phrases": lists}

    @model_validator(mode="after")
    def _spoken_here(self, info: ValidationInfo) -> Self:
        languages = (info.context or {}).get("languages", ())
        if strange := set(self.phrases) - {*languages, FINGLISH}:
            raise ValueError(f"{min(strange)} is not one of the languages that city.toml offers, nor {FINGLISH}")
        return self

    @property
    def every_phrase(self) -> tuple[str, ...]:
        """Of all languages: all are tried on every message."""
        return tuple(phrase for phrases in self.phrases.values() for phrase in phrases)


class Rule(_Spoken):
    """A kind of emergency, with the short numbers to call."""

    numbers: Annotated[Many[str], Field(min_length=1)]
    advice: str
    tone: Literal["urgent", "calm"]
    unless: Many[str] = ()


class Kind(_Spoken):
    """A kind of small talk: a greeting, thanks, a call for help, a wish to stop."""


class Emergencies(Part):
    """emergency.toml"""

    version: str
    rule: Many[Rule]


class Smalltalk(Part):
    """smalltalk.toml; where a message has several kinds, the one that stands first wins."""

    version: str
    kind: Many[Kind]
