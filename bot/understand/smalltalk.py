"""Short messages that are no report: a greeting, thanks, a call for help with the bot, a wish to stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.understand.normalise import tokens

LONGEST: Final = 8  # words; a longer message says something


class Smalltalk:
    """Phrases by kind, as in the pack's smalltalk.toml; where a message has several kinds, the earlier kind wins."""

    def __init__(self, kinds: Mapping[str, Sequence[str]]) -> None:
        self._kinds = tuple(kinds)
        self._phrases: dict[tuple[str, ...], int] = {}
        for rank, phrases in enumerate(kinds.values()):
            for phrase in phrases:
                self._phrases.setdefault(tokens(phrase), rank)

    def find(self, text: str) -> str | None:
        """The kind, when the whole message is made of such phrases («سلام، خسته نباشید») and of nothing else."""
        words = tokens(text)
        if not 0 < len(words) <= LONGEST:
            return None
        rank = self._best(words)
        return None if rank is None else self._kinds[rank]

    def _best(self, words: tuple[str, ...]) -> int | None:
        """The lowest rank over all ways to cut the words into known phrases; None when there is no way."""
        best: list[int | None] = [len(self._kinds)]
        for end in range(1, len(words) + 1):
            ways = [
                min(before, rank)
                for start in range(end)
                if (before := best[start]) is not None and (rank := self._phrases.get(words[start:end])) is not None
            ]
            best.append(min(ways, default=None))
        return best[-1]
