"""Is it a report at all? One weight a feature, learnt by averaged passive-aggressive steps (Crammer et al., 2006)."""

import zlib
from collections.abc import Sequence
from typing import Final

from bot.understand.vectors import Vector

_ROUNDS: Final = 3
_STEP: Final = 1.0


class Gate:
    """Learns in one go, always the same from the same texts."""

    def __init__(self, vectors: Sequence[Vector], reports: Sequence[bool]) -> None:
        self._weights: dict[str, float] = {}
        self._averaged: dict[str, float] = {}
        steps = _ROUNDS * len(vectors)
        order = sorted(range(steps), key=lambda step: (step // max(1, len(vectors)), zlib.crc32(b"%d" % step)))
        for done, step in enumerate(order):
            which = step % len(vectors)
            self._learn(vectors[which], 1.0 if reports[which] else -1.0, (steps - done) / steps)

    def _learn(self, vector: Vector, wanted: float, share: float) -> None:
        """`share` of the steps that a change will live through is what the average keeps of it."""
        miss = 1.0 - wanted * _dot(self._weights, vector)
        if miss <= 0:
            return
        step = min(_STEP, miss) * wanted
        for feature, value in vector:
            self._weights[feature] = self._weights.get(feature, 0.0) + step * value
            self._averaged[feature] = self._averaged.get(feature, 0.0) + share * step * value

    def weight(self, feature: str) -> float:
        """What one feature says for (above 0) or against a report."""
        return self._averaged.get(feature, 0.0)

    def score(self, vector: Vector) -> float:
        """About 1 for a report, about -1 for anything else, 0 when nothing is known."""
        return _dot(self._averaged, vector)


def _dot(weights: dict[str, float], vector: Vector) -> float:
    return sum(weights.get(feature, 0.0) * value for feature, value in vector)
