"""Texts as unit vectors of weighted features, in plain dictionaries."""

import math
from collections import Counter
from collections.abc import Sequence

from bot.understand.features import features

Vector = list[tuple[str, float]]


class Weighing:
    """Rare features weigh more (inverse document frequency over the texts that were learnt)."""

    def __init__(self, texts: Sequence[tuple[str, ...]]) -> None:
        seen = Counter(feature for text in texts for feature in text)
        self.weights = {feature: math.log(1 + len(texts) / count) for feature, count in seen.items()}
        self.rarest = math.log(1 + len(texts))

    def vector(self, found: Sequence[str]) -> Vector:
        """What is known; of length 1 when all is. The unknown counts as the rarest would, so it makes less sure."""
        squares = sum(self.weights.get(feature, self.rarest) ** 2 for feature in found)
        length = math.sqrt(squares) or 1.0
        return [(feature, self.weights[feature] / length) for feature in found if feature in self.weights]

    def read(self, text: str) -> Vector:
        return self.vector(features(text))
