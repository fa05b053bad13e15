"""Known shapes of danger in words. A net, not an understanding: danger told by signs and not by name falls through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.understand.phrases import Index, Phrase, Words

Tone = Literal["urgent", "calm"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of emergency.toml. `phrases` and `unless` hold all languages, each tried on every text."""

    key: str
    numbers: tuple[str, ...]
    advice: str
    tone: Tone
    phrases: Sequence[str]
    unless: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of emergency that was found. `reason`, for logs, is the pack's phrase, never what the citizen wrote."""

    key: str
    numbers: tuple[str, ...]
    advice: str
    tone: Tone
    reason: str


class Danger:
    """All rules of a pack, ready to be tried."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        listed = [(Phrase.read(text), place) for place, rule in enumerate(self._rules) for text in rule.phrases]
        self._index = Index(listed)
        self._unless = [tuple(map(Phrase.read, rule.unless)) for rule in self._rules]

    def find(self, text: str) -> tuple[Kind, ...]:
        """Every kind that the text names, in the order of the rules, each once; empty when none."""
        words = Words(text)
        reasons: dict[int, str] = {}
        for phrase, place in self._index.find(words):
            reasons.setdefault(place, phrase.text)
        return tuple(
            self._kind(place, reasons[place]) for place in sorted(reasons) if not self._taken_back(place, words)
        )

    def _taken_back(self, place: int, words: Words) -> bool:
        return any(phrase.stands_in(words) for phrase in self._unless[place])

    def _kind(self, place: int, reason: str) -> Kind:
        rule = self._rules[place]
        return Kind(rule.key, rule.numbers, rule.advice, rule.tone, reason)
