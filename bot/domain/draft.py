"""The draft of a report: slots that fill in any order. The next question is the first slot that is still empty.

Pure data: it goes into a dialogue's row as JSON and comes back the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Literal

FileKind = Literal["photo", "video", "voice", "audio", "document"]
Want = Literal["required", "recommended", "none"]


class Slot(StrEnum):
    """What is asked next."""

    CONTENT = "content"  # nothing says what has happened yet
    SHORT = "short"  # a description that is very short: asked about once
    CATEGORY = "category"
    OUTSIDE_BODY = "external"  # another body's work: its number was shown, is the report wanted all the same?
    PLACE = "place"
    FAR = "far"  # the pin lies outside the town: is that meant?
    AREA = "area"
    LANDMARK = "landmark"  # the pin is inexact
    PHOTO = "photo"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Place:
    """A pin (degrees, `accuracy` in metres, 0 where unknown), or words with an area; `sure`: far away, but meant."""

    lat: float | None = None
    lon: float | None = None
    accuracy: float = 0.0
    address: str = ""
    area: str = ""
    landmark: str = ""
    far: bool = False
    sure: bool = False

    @property
    def pinned(self) -> bool:
        return self.lat is not None


@dataclass(frozen=True, slots=True)
class Needs:
    """What the category asks for, and the city's limits on descriptions and pins."""

    place: Want = "required"
    photo: Want = "none"
    external: bool = False
    min_chars: int = 8
    accuracy_m: float = 100.0


@dataclass(frozen=True, slots=True)
class Draft:
    """`words`: (message id, text) pairs; `files`: (attachment id, kind, message id). `said` names what was answered by
    a button or told once: no-photo, cannot-write, no-short, no-place, no-area, no-landmark, external, unfit, kept-…
    `poster`: the one whose code began it.
    """

    words: tuple[tuple[int, str], ...] = ()
    files: tuple[tuple[int, FileKind, int], ...] = ()
    place: Place | None = None
    category: str = ""
    answer: str = ""
    public: bool = False
    poster: int = 0
    said: frozenset[str] = frozenset()
    told: frozenset[str] = field(default_factory=frozenset)

    @property
    def text(self) -> str:
        """The whole description as it was written, parts under each other."""
        return "\n".join(text for _, text in self.words)

    def count(self, *kinds: FileKind) -> int:
        """How many files of these kinds it has."""
        return sum(kind in kinds for _, kind, _ in self.files)

    def tell(self, *names: str) -> Draft:
        """The same with these answers noted."""
        return replace(self, said=self.said | set(names))

    def dump(self) -> dict[str, Any]:
        """For the dialogue's row."""
        row: dict[str, Any] = {
            f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default
        }
        if self.place:
            place = self.place
            row["place"] = {f.name: v for f in fields(place) if (v := getattr(place, f.name)) != f.default}
        for name in ("said", "told"):
            row[name] = sorted(getattr(self, name))
        return row

    @classmethod
    def load(cls, row: Mapping[str, Any]) -> Draft:
        """The way back from `dump`."""
        place = row.get("place")
        return cls(
            words=tuple((number, text) for number, text in row.get("words", ())),
            files=tuple((attachment, kind, number) for attachment, kind, number in row.get("files", ())),
            place=None if place is None else Place(**place),
            category=row.get("category", ""),
            answer=row.get("answer", ""),
            public=row.get("public", False),
            poster=row.get("poster", 0),
            said=frozenset(row.get("said", ())),
            told=frozenset(row.get("told", ())),
        )


def next_slot(draft: Draft, needs: Needs) -> Slot:
    """The first slot that is still empty. A pin that is far away is asked about before all else."""
    if draft.place and draft.place.far and not draft.place.sure:
        return Slot.FAR
    if not _has_content(draft):
        return Slot.CONTENT
    if not draft.category:
        return Slot.CATEGORY
    if needs.external and "external" not in draft.said:
        return Slot.OUTSIDE_BODY
    if _is_short(draft, needs):
        return Slot.SHORT
    return _place_slot(draft, needs) or _photo_slot(draft, needs) or Slot.REVIEW


def missing(draft: Draft, needs: Needs) -> tuple[str, ...]:
    """Names of useful pieces that are not there (`slot-…`): none of them stops the report."""
    slots = {
        "text": not draft.words and not draft.count("voice"),
        "photo": needs.photo != "none" and not draft.count("photo", "video"),
        "place": needs.place != "none" and draft.place is None,
    }
    return tuple(name for name, lacks in slots.items() if lacks)


def _has_content(draft: Draft) -> bool:
    if draft.words or draft.count("voice", "audio"):
        return True
    return bool(draft.files) and "cannot-write" in draft.said


def _is_short(draft: Draft, needs: Needs) -> bool:
    too_short = bool(draft.words) and len(draft.text) < needs.min_chars
    return too_short and not draft.files and "no-short" not in draft.said


def _place_slot(draft: Draft, needs: Needs) -> Slot | None:
    place = draft.place
    if place is None:
        asks = needs.place == "required" or (needs.place == "recommended" and "no-place" not in draft.said)
        return Slot.PLACE if asks else None
    if place.pinned:
        poor = place.accuracy > needs.accuracy_m and not place.landmark and "no-landmark" not in draft.said
        return Slot.LANDMARK if poor else None
    return Slot.AREA if not place.area and "no-area" not in draft.said else None


def _photo_slot(draft: Draft, needs: Needs) -> Slot | None:
    wanted = needs.photo == "required" and "no-photo" not in draft.said
    return Slot.PHOTO if wanted and not draft.count("photo", "video") else None
