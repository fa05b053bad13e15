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


@dataclass(frozen=True, slots=True)
class _Known:
    """All that one feature says: its weight, its share in being a report at all, and (place of category, weight)."""

    weight: float
    gate: float
    near: tuple[tuple[int, float], ...]


class Categories:
    """Nearest mean of the examples of each category. Made by `learn`; holds no text of a citizen.

    One look-up a feature gives everything: the time of a guess lies there.
    """

    def __init__(self, weighing: Weighing, gate: Gate, means: Mapping[str, Mapping[str, float]]) -> None:
        self._rarest = weighing.rarest
        self._keys = sorted({key for weights in means.values() for key in weights})
        places = {key: place for place, key in enumerate(self._keys)}
        self._known = {
            feature: _Known(
                weight,
                gate.weight(feature),
                tuple((places[key], share) for share, key in _strongest(means.get(feature, {}))),
            )
            for feature, weight in weighing.weights.items()
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
        near, gate = self._look(text)
        if not near or not _is_worth(near[0][0], gate, certain):
            return ()
        shown = [(score, key) for score, key in near if score >= TAIL * near[0][0]]
        return tuple(Suggestion(key, round(score, 3)) for score, key in shown)

    def nearest(self, text: str) -> list[tuple[float, str]]:
        """(nearness, key) of up to three categories that share anything with the text, sure or not."""
        return self._look(text)[0]

    def _look(self, text: str) -> tuple[list[tuple[float, str]], float]:
        """The nearest categories, and about 1 for a report, about -1 for anything else."""
        scores = [0.0] * len(self._keys)
        squares = gate = 0.0
        for feature in features(text):
            known = self._known.get(feature)
            if known is None:
                squares += self._rarest * self._rarest
                continue
            weight = known.weight
            squares += weight * weight
            gate += weight * known.gate
            for place, share in known.near:
                scores[place] += weight * share
        length = math.sqrt(squares) or 1.0
        best = heapq.nlargest(SHOWN, range(len(scores)), key=scores.__getitem__)
        return [(scores[place] / length, self._keys[place]) for place in best if scores[place] > 0], gate / length

    def reason(self, text: str, key: str) -> str:
        """The strongest features that a text shares with the examples of a category, fit for a log."""
        place = self._keys.index(key)
        found = ((self._known[feature], feature) for feature in features(text) if feature in self._known)
        shares = ((dict(known.near).get(place, 0.0) * known.weight, feature) for known, feature in found)
        return ", ".join(feature for share, feature in heapq.nlargest(3, shares) if share > 0)


def _is_worth(nearness: float, gate: float, certain: bool) -> bool:
    if certain:
        return nearness >= NEAR and nearness + gate >= LIKELY
    return nearness + gate >= SURE


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
