"""One item of news as a source gives it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Doubt(StrEnum):
    """Why an editor must look before anybody reads it."""

    TITLE = "title"
    BODY = "body"
    SHORT = "short"
    DATE = "date"
    PLACE = "place"  # it names a town of the same name elsewhere


@dataclass(frozen=True, slots=True)
class Item:
    """`key`: the one form of its address. `at`: its day as the source gives it, 0 where it gives none. `pictures`:
    addresses.
    """

    key: str
    address: str
    title: str
    words: str
    at: int
    pictures: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def digest(normal: str) -> str:
    """Of title and words as they are compared: what reads alike is the same item."""
    return hashlib.sha256(normal.encode()).hexdigest()
