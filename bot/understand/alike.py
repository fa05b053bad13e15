"""How alike two descriptions are: the share of their words that both have."""

from __future__ import annotations

from typing import Final

from bot.understand.normalise import tokens

ALIKE: Final = 0.6  # from here on two people are likely to mean the same thing
_LEAST: Final = 3  # words in each; two words are soon the same by chance


def alike(one: str, other: str) -> float:
    """0 for nothing in common, or for too few words to tell; 1 for the same words in whatever order."""
    mine, theirs = set(tokens(one)), set(tokens(other))
    if min(len(mine), len(theirs)) < _LEAST:
        return 0.0
    return len(mine & theirs) / len(mine | theirs)
