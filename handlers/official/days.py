"""Days as officials choose them: the next working days to tap, or a Jalali date to type."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, tzinfo

import jdatetime

from bot.clock import DAY
from bot.domain.calendar import WorkingTime
from bot.understand.normalise import latin_digits

_SHOWN = 6
_FURTHER = (14, 30)  # days ahead, for what takes longer
FURTHEST = 731 * DAY  # a day beyond is a slip, or of another calendar
_YEARS_END = 1500  # beyond it somebody typed a Gregorian year
_DATE = re.compile(r"(?:(\d{4})\D+)?(\d{1,2})\D+(\d{1,2})")


def coming_days(calendar: WorkingTime, now: int) -> list[int]:
    """When work ends on each of the next working days, and on one in two weeks and in a month; in milliseconds."""
    found: list[int] = []
    ahead = 1
    while len(found) < _SHOWN - len(_FURTHER) and ahead <= max(_FURTHER):
        closing = calendar.closing(now + ahead * DAY)
        found += [closing] if closing else []
        ahead += 1
    for far in _FURTHER:
        closing = next(filter(None, (calendar.closing(now + (far + more) * DAY) for more in range(7))), None)
        if closing and closing not in found:
            found.append(closing)
    return found


def read_day(text: str, now: int, zone: tzinfo) -> int | None:
    """Noon of a typed day, as ۱۴۰۵/۹/۲۰ or ۹/۲۰ (the next one of that name); None for anything that is no such day."""
    match = _DATE.fullmatch(latin_digits(text).strip())
    if match is None:
        return None
    today = jdatetime.date.fromgregorian(date=datetime.fromtimestamp(now / 1000, UTC).astimezone(zone).date())
    year, month, day = int(match[1] or today.year), int(match[2]), int(match[3])
    found = _day(year, month, day)
    if not match[1] and (found is None or found < today):
        found = _day(year + 1, month, day)
    if found is None:
        return None
    noon = int(datetime.combine(found.togregorian(), time(12), zone).timestamp() * 1000)
    return noon if noon < now + FURTHEST else None


def _day(year: int, month: int, day: int) -> jdatetime.date | None:
    """None for a day that this year does not have, as the 30th of Esfand in most, and for years of other calendars."""
    try:
        found = jdatetime.date(year, month, day)
    except ValueError:
        return None
    return found if year < _YEARS_END else None
