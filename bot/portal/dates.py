"""Days as portals write them: ۱۴۰۵/۰۹/۰۳, سه‌شنبه ۳ آذر ۱۴۰۵, 2026-11-24; with a clock or without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo

import jdatetime

from bot.understand.normalise import latin_digits, tokens

_NUMBERS = re.compile(r"(?<!\d)(\d{4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})(?!\d)")
_TURNED = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")
_CLOCK = re.compile(r"(?<![\d/.-])([01]?\d|2[0-3]):([0-5]\d)(?!\d*[/.-])")
_JALALI = range(1300, 1500)
_GREGORIAN = range(2000, 2100)


def read_date(text: str, zone: tzinfo, months: Sequence[str]) -> int:
    """The moment in whole milliseconds (noon where no clock stands there), 0 for no date. `months`: the Jalali ones."""
    plain = latin_digits(text)
    day = _numbers(plain) or _named(plain, months)
    if day is None:
        return 0
    clock = _CLOCK.search(plain)
    at = time(int(clock[1]), int(clock[2])) if clock else time(12)
    return int(datetime.combine(day, at, zone).timestamp() * 1000)


def _numbers(text: str) -> date | None:
    if match := _NUMBERS.search(text):
        return _day(*map(int, match.groups()))
    if match := _TURNED.search(text):
        return _day(*map(int, reversed(match.groups())))
    return None


def _named(text: str, months: Sequence[str]) -> date | None:
    """A number, a month's name, a year."""
    words = tokens(text)
    names = {" ".join(tokens(name)): number for number, name in enumerate(months, 1)}
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        if word in names and before.isdecimal() and after.isdecimal() and len(before) < 3 and len(after) == 4:
            return _day(int(after), names[word], int(before))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    """None for a day that the year does not have, as 31 Mehr."""
    try:
        if year in _JALALI:
            found: date = jdatetime.date(year, month, day).togregorian()
            return found
        return date(year, month, day) if year in _GREGORIAN else None
    except ValueError:
        return None
