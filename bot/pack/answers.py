"""answers.toml: sentences that officials send with one tap, and the phrases that say nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.pack.catalogue import LABEL_CHARS
from bot.pack.part import Key, Many, Part, Words, said

SHOWN = 6  # on one keyboard, beside the way to write one's own and the way back

Kind = Literal["done", "refuse", "no_photo", "extend", "ask"]
Reason = Literal["", "budget", "weather", "parts", "private", "law", "not_found"]
Phrases = Annotated[Many[str], Field(min_length=1)]
_GAP = re.compile(r"[{}\[\]_…]|\.\.")


class Answer(Part):
    """A ready sentence. It goes out as the official's own, so it has no gap that somebody could forget to fill."""

    key: Key
    kind: Kind
    reason: Reason = ""
    categories: Many[str]  # none: it fits all
    labels: Annotated[Words, Field(alias="label")]
    sentences: Annotated[Words, Field(alias="words")]

    def label(self, lang: str) -> str:
        """For a button, at most 20 characters."""
        return said(self.labels, lang)

    def words(self, lang: str) -> str:
        return said(self.sentences, lang)

    def fits(self, category: str) -> bool:
        return not self.categories or category in self.categories

    @model_validator(mode="after")
    def _sound(self) -> Answer:
        if (self.kind == "refuse") != bool(self.reason):
            raise ValueError("a refusal has one of the reasons, and nothing else has")
        for lang, label in self.labels.items():
            if not 0 < len(label) <= LABEL_CHARS:
                raise ValueError(f"label in {lang} has {len(label)} characters; {LABEL_CHARS} fit a button")
        for lang, words in self.sentences.items():
            if gap := _GAP.search(words):
                raise ValueError(f"words in {lang} leave a gap at {gap[0]!r}; they are sent as they are")
        return self


class Stock(Part):
    """`stock`: what offices write when they say nothing. `around`: greetings, thanks. `words`: empty by themselves."""

    stock: Phrases
    around: Phrases
    words: Phrases

    @property
    def every_phrase(self) -> tuple[str, ...]:
        return (*self.stock, *self.around, *self.words)


class AnswersFile(Part):
    """answers.toml"""

    version: str
    hollow: Stock
    answer: Many[Answer]


@dataclass(frozen=True, slots=True)
class Answers:
    """`listed` by key, as buttons name them. `hollow`: a text made of these phrases alone says nothing."""

    listed: Mapping[str, Answer]
    hollow: tuple[str, ...]

    def for_move(self, kind: Kind, category: str, reason: str = "") -> tuple[Answer, ...]:
        """What to offer, at most six, those of the category first; of a refusal those with this reason, or all."""
        fit = [each for each in self.listed.values() if each.kind == kind and each.fits(category)]
        of_reason = [each for each in fit if not reason or each.reason == reason]
        return tuple(sorted(of_reason, key=lambda each: not each.categories)[:SHOWN])
