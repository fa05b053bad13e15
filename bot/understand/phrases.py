"""Phrases of the pack found in a text: whole words, in order, a little apart.

The places of a word in a text are the bits of one integer, so that a step from word to word is a shift and an "and" for
all places at once: linear, and short even for a text made to be slow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from bot.understand.normalise import tokens

GAP: Final = 2  # other words that may stand between two neighbours of a phrase


class Words:
    """A text as the places of its words."""

    def __init__(self, text: str) -> None:
        self.all = tokens(text)
        self.places: dict[str, int] = {}
        for place, word in enumerate(self.all):
            self.places[word] = self.places.get(word, 0) | 1 << place


@dataclass(frozen=True, slots=True)
class Phrase:
    """`text` as the pack writes it; `steps` are its words, each with how many words it may skip before it."""

    text: str
    steps: tuple[tuple[str, int], ...]

    @classmethod
    def read(cls, text: str, gap: int = GAP) -> Phrase:
        """«one two+three»: "+" binds two neighbours, between the others up to `gap` words may stand."""
        steps = []
        for part in text.split("+"):
            words = tokens(part)
            steps += [(word, 0 if index == 0 else gap) for index, word in enumerate(words)]
        return cls(text, tuple(steps))

    def stands_in(self, words: Words) -> bool:
        """Whether every word is there, in order and near enough. A phrase without words stands nowhere."""
        reached = -1  # all places: the first word may stand anywhere
        for index, (word, skip) in enumerate(self.steps):
            after = _after(reached, skip) if index else reached
            reached = after & words.places.get(word, 0)
            if not reached:
                return False
        return bool(self.steps)


def _after(places: int, skip: int) -> int:
    """The places that may follow: the next one, and up to `skip` further ones."""
    following = places << 1
    for _ in range(skip):
        following |= following << 1
    return following


T = TypeVar("T")


class Index(Generic[T]):
    """Phrases by their first word, each with what it stands for."""

    def __init__(self, phrases: Iterable[tuple[Phrase, T]]) -> None:
        self._by_first: dict[str, list[tuple[Phrase, T]]] = {}
        for phrase, meaning in phrases:
            if phrase.steps:
                self._by_first.setdefault(phrase.steps[0][0], []).append((phrase, meaning))

    def find(self, words: Words) -> list[tuple[Phrase, T]]:
        """All phrases that stand in the text, by the first words as they come in it."""
        begun = (self._by_first.get(word, ()) for word in words.places)
        return [found for group in begun for found in group if found[0].stands_in(words)]
