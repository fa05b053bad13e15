"""What the category suggester sees of a text: words, pieces of words, and consonant skeletons.

Pieces of words make it deaf to endings and to half of all misspellings; skeletons bring Finglish to Persian, and
Sorani and Azerbaijani to the words that they share with it.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from bot.understand.normalise import tokens
from bot.understand.skeleton import bones

WORDS: Final = 60  # what a text is about stands in its first sentences; keeps 4,096 letters as cheap as 500
_SIZES: Final = (3, 4)


def features(text: str) -> tuple[str, ...]:
    """The distinct features of a text in the order met; the first character says which kind, the rest is for logs."""
    words = tokens(text)[:WORDS]
    skeletons = [bone for bone in map(bones, words) if bone]
    found = dict.fromkeys(f"w{word}" for word in words)
    for word in words:
        found.update(dict.fromkeys(_pieces("p", word)))
    for bone in skeletons:
        found.update(dict.fromkeys(_pieces("s", bone)))
        if len(bone) > 1:
            found[f"S{bone}"] = None
    found.update(dict.fromkeys(f"2{one} {two}" for one, two in pairwise(skeletons)))
    return tuple(found)


def _pieces(kind: str, word: str) -> Iterator[str]:
    """Three and four neighbouring letters, the word's ends marked."""
    marked = f"^{word}$"
    for size in _SIZES:
        for start in range(len(marked) - size + 1):
            yield kind + marked[start : start + size]
