"""Consonant skeletons: what a word keeps when it is written in another script or in a sister language's spelling.

Features only. «زباله», "zobale" and "zibale" meet in one skeleton; so do words that have nothing in common.
"""

import re
from typing import Final

from bot.understand.normalise import tokens

_PAIRS: Final = (("kh", "X"), ("gh", "Q"), ("sh", "S"), ("ch", "C"), ("zh", "J"), ("ph", "f"), ("th", "t"))
_SOUNDS: Final = {
    "b": "بb", "p": "پp", "t": "تطt", "s": "سصثs", "j": "جj", "C": "چçC", "h": "هحh", "X": "خxX",
    "d": "دd", "z": "زذضظz", "r": "رڕr", "J": "ژJ", "S": "شşS", "Q": "قغqğQ", "f": "فf", "k": "کkc",
    "g": "گg", "l": "لڵl", "m": "مm", "n": "نn",
}  # fmt: skip
_CLASS: Final = {ord(letter): sound for sound, letters in _SOUNDS.items() for letter in letters}
_DOUBLED: Final = re.compile(r"(.)\1+")


class _Consonants(dict[int, str]):
    """Vowels, «و», «ی», v, w and y carry no weight: each language writes them differently."""

    def __missing__(self, code: int) -> str:
        return ""


_TABLE: Final = _Consonants(_CLASS)


def bones(word: str) -> str:
    """The skeleton of one normalised token; empty for a word of vowels or digits."""
    if word.isascii():
        for pair, sound in _PAIRS:
            word = word.replace(pair, sound)
    # A last «ه» is nearly always the vowel e, which Latin letters write without h.
    return _DOUBLED.sub(r"\1", word.rstrip("هh").translate(_TABLE))


def skeleton(text: str) -> tuple[str, ...]:
    """The skeletons of a text's words, in order, without the empty ones."""
    return tuple(bone for bone in map(bones, tokens(text)) if bone)
