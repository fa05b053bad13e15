"""What goes with a move, and what of it must be there: no empty answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.actions.city import City
from bot.errors import Refused

REASONS = ("budget", "weather", "parts", "private", "law", "not-found", "other")
"""Why something can't be done: text ids `btn-reason-…`."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A corrected place: a point, an address in words, or both."""

    lat: float | None = None
    lon: float | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """`words`: the sentence, reason, question or note. `photos`, `photo`: attachments. `date`: milliseconds.
    `colleague`, `heir`, `into`: ids of two people and a case, which has the `code`. `codes`: of the new cases, for all
    `parts` but the first. `restore`: columns as they were before a move that is taken back.
    """

    words: str = ""
    no_photo: str = ""
    photos: tuple[int, ...] = ()
    department: str = ""
    colleague: int = 0
    date: int = 0
    reason: str = ""
    org: str = ""
    reference: str = ""
    category: str = ""
    place: Spot | None = None
    photo: int = 0
    into: int = 0
    code: str = ""
    heir: int = 0
    parts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    restore: Mapping[str, Any] = field(default_factory=dict)


def check_fields(city: City, needs: tuple[str, ...], fields: Fields) -> None:
    """Raises Refused for the first thing that is missing or can't be."""
    for need in needs:
        _CHECKS[need](city, fields)
    check_length(city, fields.words)
    check_length(city, fields.no_photo)


def check_length(city: City, words: str) -> None:
    """Raises Refused for a reason or a sentence that is too long to be passed on."""
    if len(words) > (most := city.pack.limits.max_reason_chars):
        raise Refused("desk-reason-long", max=most)


def check_words(city: City, words: str) -> None:
    """Raises Refused for words that say too little, or too much to be passed on."""
    check_length(city, words)
    if len(words.strip()) < (least := city.pack.limits.min_reason_chars):
        raise Refused("desk-reason-short", min=least)


def _words(city: City, fields: Fields) -> None:
    check_words(city, fields.words)


def _text(_city: City, fields: Fields) -> None:
    if not any(map(str.isalpha, fields.words)):
        raise Refused("desk-text-needed")


def _picture(_city: City, fields: Fields) -> None:
    if not (fields.photos or fields.no_photo):
        raise Refused("desk-done-photo-needed")


def _department(city: City, fields: Fields) -> None:
    if fields.department not in city.pack.departments:
        raise Refused("err-old-button")


def _category(city: City, fields: Fields) -> None:
    if fields.category not in city.pack.categories:
        raise Refused("err-old-button")


def _org(city: City, fields: Fields) -> None:
    if fields.org not in city.pack.bodies:
        raise Refused("err-old-button")


def _reason(_city: City, fields: Fields) -> None:
    if fields.reason not in REASONS:
        raise Refused("desk-cannot-reason")


def _reference(_city: City, fields: Fields) -> None:
    if not any(map(str.isalnum, fields.reference)):
        raise Refused("desk-external-reference-needed")


def _date(_city: City, fields: Fields) -> None:
    if not fields.date:
        raise Refused("desk-extend-date")


def _place(_city: City, fields: Fields) -> None:
    if fields.place is None or not (fields.place.address or fields.place.lat is not None):
        raise Refused("desk-place-ask")


def _colleague(_city: City, fields: Fields) -> None:
    if not fields.colleague:
        raise Refused("desk-assign-ask")


def _photo(_city: City, fields: Fields) -> None:
    if not fields.photo:
        raise Refused("desk-hide-photo-none")


def _into(_city: City, fields: Fields) -> None:
    if not fields.into:
        raise Refused("desk-merge-ask")


def _heir(_city: City, fields: Fields) -> None:
    if not fields.heir:
        raise Refused("err-already")


def _parts(_city: City, fields: Fields) -> None:
    if len(fields.parts) < 2:
        raise Refused("desk-split-few")


_CHECKS = {
    "words": _words,
    "text": _text,
    "picture": _picture,
    "department": _department,
    "category": _category,
    "org": _org,
    "reason": _reason,
    "reference": _reference,
    "date": _date,
    "place": _place,
    "colleague": _colleague,
    "photo": _photo,
    "into": _into,
    "heir": _heir,
    "parts": _parts,
}
