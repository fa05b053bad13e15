"""What an official looks for: names of kinds, areas, states and times in their words; the rest are plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

import jdatetime

from bot.understand.normalise import tokens

Kind = Literal["category", "area", "state", "days", "yesterday", "month", "month-sure"]
"""`days`: so many days back, 0 for today. `month`: 1 to 12; `month-sure` when nothing else can be meant."""
_MOST = 8  # words of the longest name that is looked for
_YEARS = range(1380, 1500)


@dataclass(frozen=True, slots=True)
class Name:
    """A phrase of the pack, and what it stands for."""

    phrase: str
    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What was named. Times in milliseconds, 0 for none; `until` is not included."""

    words: str = ""
    category: str = ""
    area: str = ""
    states: tuple[str, ...] = ()
    since: int = 0
    until: int = 0


class Lexicon:
    """Names as officials type them. `ordinary`: words that mean something else besides a month («تیر»): alone, or with
    a year, or with «ماه» they are the month.
    """

    def __init__(self, names: Iterable[Name], ordinary: frozenset[str] = frozenset()) -> None:
        self._names: dict[tuple[str, ...], list[Name]] = {}
        for name in names:
            if key := tokens(name.phrase)[:_MOST]:
                self._names.setdefault(key, []).append(name)
        self._ordinary = ordinary

    def read(self, text: str, now: int, zone: tzinfo) -> Terms:
        """What this text looks for. `now` in milliseconds."""
        said, found, rest, at = tokens(text), Terms(), [], 0
        while at < len(said):
            named, length = self._longest(said, at)
            if not named or _known(found, named[0].kind):
                rest.append(said[at])
                at += 1
                continue
            year = _year(said, at + length) if named[0].kind.startswith("month") else 0
            for name in named:  # two states may have one name
                found = _with(found, name, year, _Today.of(now, zone))
            at += length + bool(year)
        return replace(found, words=" ".join(rest))

    def _longest(self, said: Sequence[str], at: int) -> tuple[list[Name], int]:
        for length in range(min(_MOST, len(said) - at), 0, -1):
            named = self._names.get(tuple(said[at : at + length]), [])
            if named and not (named[0].kind == "month" and self._is_ordinary(said, at, length)):
                return [name for name in named if name.kind == named[0].kind], length
        return [], 0

    def _is_ordinary(self, said: Sequence[str], at: int, length: int) -> bool:
        alone = len(said) == length
        return said[at] in self._ordinary and not alone and not _year(said, at + length)


def _year(said: Sequence[str], at: int) -> int:
    number = int(said[at]) if at < len(said) and said[at].isdecimal() and len(said[at]) == len("1405") else 0
    return number if number in _YEARS else 0


def _known(found: Terms, kind: Kind) -> bool:
    """One of each: a second area or time is a word."""
    return bool({"category": found.category, "area": found.area, "state": ()}.get(kind, found.since))


@dataclass(frozen=True, slots=True)
class _Today:
    day: date
    zone: tzinfo

    @classmethod
    def of(cls, now: int, zone: tzinfo) -> _Today:
        return cls(datetime.fromtimestamp(now // 1000, UTC).astimezone(zone).date(), zone)

    def at(self, day: date) -> int:
        """When a day begins."""
        return int(datetime.combine(day, time(), self.zone).timestamp() * 1000)


def _with(found: Terms, name: Name, year: int, today: _Today) -> Terms:
    match name.kind:
        case "category":
            return replace(found, category=name.value)
        case "area":
            return replace(found, area=name.value)
        case "state":
            return replace(found, states=tuple(dict.fromkeys((*found.states, name.value))))
        case "days":
            return replace(found, since=today.at(today.day - timedelta(days=int(name.value))))
        case "yesterday":
            return replace(found, since=today.at(today.day - timedelta(days=1)), until=today.at(today.day))
        case _:
            first, after = month(int(name.value), year, today.day)
            return replace(found, since=today.at(first), until=today.at(after))


def month(number: int, year: int, today: date) -> tuple[date, date]:
    """The first day of a Jalali month and of the next. Without a year (0) the last one of that name that has begun."""
    now = jdatetime.date.fromgregorian(date=today)
    year = year or (now.year if number <= now.month else now.year - 1)
    following = jdatetime.date(year + number // 12, number % 12 + 1, 1)
    return jdatetime.date(year, number, 1).togregorian(), following.togregorian()
