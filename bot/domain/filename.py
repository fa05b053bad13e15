"""The name that somebody gave to a file: kept for people to read, never used to choose where anything lies."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80
_PATH = re.compile(r"[/\\]")
_JOINERS = "\u200c\u200d"  # belong to Persian and to emoji; every other invisible character goes
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(given: str) -> str:
    """The last part of a path, without control, direction or reserved characters, at most LONGEST characters.

    The suffix survives the cut. Empty when nothing readable is left.
    """
    last = unicodedata.normalize("NFC", _PATH.split(given.replace("\0", "/"))[-1])
    seen = "".join(letter for letter in last if letter in _JOINERS or unicodedata.category(letter)[0] != "C")
    words = " ".join(_FORBIDDEN.sub(" ", seen).split()).strip(" .")
    stem, dot, suffix = words.rpartition(".")
    if len(words) <= LONGEST or not dot or len(suffix) > 8:
        return words[:LONGEST].rstrip()
    return f"{stem[: LONGEST - len(suffix) - 1].rstrip()}.{suffix}"
