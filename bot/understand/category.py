"""Which category a citizen's words belong to: up to three, best first, or silence.

How it was chosen and what it misses: docs/decisions/0003-category-suggestion.md.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.understand.features import features
from bot.understand.gate import Gate
from bot.understand.vectors import Vector, Weighing

SHOWN: Final = 3
NO_CATEGORY: Final = ""  # the class of examples that are no report or fit no category
# Gate and nearness together; measured so that about one text in seven of the pack's class "" is answered with a
# suggestion, and half of those do name a problem.
SURE: Final = 0.6
# For words that are a report: a wrong guess costs one tap, a right one saves one.
LIKELY: Final = 0.2
NEAR: Final = 0.1
KEPT: Final = 8  # categories a feature; forty would guess the same and take three times as long
TAIL: Final = 0.3  # of the best score: what is further off is left out; the right one is hardly ever among it


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`score`: nearness, 0 to 1. `Categories.reason` says why."""

    key: str
    score: float


class Categories:
    """Nearest mean of the examples of each category. Made by `learn`; holds no text of a citizen."""

    def __init__(self, weighing: Weighing, gate: Gate, means: Mapping[str, Mapping[str, float]]) -> None:
        self._weighing = weighing
        self._gate = gate
        self._keys = sorted({key for weights in means.values() for key in weights})
        places = {key: place for place, key in enumerate(self._keys)}
        # The strongest few say what a feature is about; the rest is noise, and the time of a guess lies here.
        self._means = {
            feature: tuple((places[key], weight) for weight, key in _strongest(weights))
            for feature, weights in means.items()
        }

    @classmethod
    def learn(cls, examples: Iterable[tuple[str, str]], keywords: Mapping[str, Sequence[str]]) -> Categories:
        """Learn from (text, category key or "") and, for each key, its short phrases: keywords, names, labels.

        Takes about 0.3 s for 1,200 examples. The same input gives the same suggester. Leave out categories that must
        never be suggested ("other").
        """
        named = [(phrase, key) for key, phrases in keywords.items() for phrase in phrases]
        pairs = [*examples, *named]
        texts = [features(text) for text, _ in pairs]
        weighing = Weighing(texts)
        vectors = [weighing.vector(text) for text in texts]
        keys = [key for _, key in pairs]
        return cls(weighing, Gate(vectors, [key != NO_CATEGORY for key in keys]), _means(vectors, keys))

    def suggest(self, text: str, *, certain: bool = False) -> tuple[Suggestion, ...]:
        """Up to three, best first; nothing when the text is no report or nothing in it is known.

        `certain`: it is known to be a report (somebody is in the middle of one), so a weaker guess is worth a button.
        """
        vector = self._weighing.read(text)
        near = self._near(vector)
        if not near or not self._worth(near[0][0], self._gate.score(vector), certain):
            return ()
        shown = [(score, key) for score, key in near if score >= TAIL * near[0][0]]
        return tuple(Suggestion(key, round(score, 3)) for score, key in shown)

    def _worth(self, nearness: float, gate: float, certain: bool) -> bool:
        if certain:
            return nearness >= NEAR and nearness + gate >= LIKELY
        return nearness + gate >= SURE

    def nearest(self, text: str) -> list[tuple[float, str]]:
        """(nearness, key) of up to three categories that share anything with the text, sure or not."""
        return self._near(self._weighing.read(text))

    def _near(self, vector: Vector) -> list[tuple[float, str]]:
        scores = [0.0] * len(self._keys)
        for feature, value in vector:
            for place, weight in self._means.get(feature, ()):
                scores[place] += weight * value
        best = heapq.nlargest(SHOWN, range(len(scores)), key=scores.__getitem__)
        return [(scores[place], self._keys[place]) for place in best if scores[place] > 0]

    def reason(self, text: str, key: str) -> str:
        """The strongest features that a text shares with the examples of a category, fit for a log."""
        vector = self._weighing.read(text)
        place = self._keys.index(key)
        shares = ((dict(self._means.get(feature, ())).get(place, 0.0) * value, feature) for feature, value in vector)
        return ", ".join(feature for share, feature in heapq.nlargest(3, shares) if share > 0)


def _strongest(weights: Mapping[str, float]) -> list[tuple[float, str]]:
    return heapq.nlargest(KEPT, ((weight, key) for key, weight in weights.items()))


def _means(vectors: Sequence[Vector], keys: Sequence[str]) -> dict[str, dict[str, float]]:
    """feature -> category -> weight, each category's mean scaled to length 1."""
    sums: dict[str, dict[str, float]] = {}
    for vector, key in zip(vectors, keys, strict=True):
        if key != NO_CATEGORY:
            total = sums.setdefault(key, {})
            for feature, value in vector:
                total[feature] = total.get(feature, 0.0) + value
    means: dict[str, dict[str, float]] = {}
    for key, total in sums.items():
        length = math.sqrt(sum(value * value for value in total.values())) or 1.0
        for feature, value in total.items():
            means.setdefault(feature, {})[key] = value / length
    return means
