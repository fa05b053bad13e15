"""A day and an hour as people type them: «فردا ۱۰», «امروز ۱۷:۳۰», «۲ آذر ۱۸», «۱۴۰۵/۹/۲ ۱۰:۳۰», «شنبه ۸ صبح»."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, Literal

import jdatetime

Reason = Literal["unclear", "no-day", "no-clock", "no-hour", "past", "far"]
_MONTHS: Final = (
    *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
    *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
)
_WEEKDAYS: Final = ("دوشنبه", "سه شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")  # as `date.weekday` counts
_NEAR: Final = {"امروز": 0, "امشب": 0, "فردا": 1, "پس فردا": 2, "today": 0, "tonight": 0, "tomorrow": 1}
_AFTERNOON: Final = frozenset({"بعد از ظهر", "بعدازظهر", "عصر", "شب", "pm"})
_FURTHEST: Final = timedelta(days=366)  # a day beyond is a slip
_LONG_AGO: Final = timedelta(days=183)  # a day without a year that is further back is the coming one of that name
_YEARS_END: Final = 1500  # beyond it somebody typed a year of another calendar
_SAME: Final = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "\u200c": " ", "،": " ", ",": " ", "؛": " ", "\u0640": None}
)
_JOINED: Final = ((r"(یک|دو|چهار|پنج) شنبه", r"\1شنبه"), (r"سه ?شنبه", "سه شنبه"), (r"پسفردا", "پس فردا"))


def _any(words: object) -> str:
    return "|".join(sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_DAY: Final = (
    rf"(?:(?P<near>{_any(_NEAR)})"
    rf"|(?P<weekday>{_any(_WEEKDAYS)})"
    r"|(?P<year>\d{4}) ?[/.\-] ?(?P<month>\d{1,2}) ?[/.\-] ?(?P<day>\d{1,2})"
    r"|(?P<month_>\d{1,2}) ?[/\-] ?(?P<day_>\d{1,2})"
    rf"|(?P<named_day>\d{{1,2}})(?: ?ام| ?م)? (?P<name>{_any(_MONTHS)})(?: ماه)?(?: (?P<named_year>\d{{4}}))?)"
)
_CLOCK: Final = (
    r"(?:(?:ساعت |at )?(?P<hour>\d{1,2})(?: ?: ?(?P<minute>\d{2}))?(?P<half> و نیم)?"
    r"(?: ?(?P<part>صبح|ظهر|بعد از ظهر|بعدازظهر|عصر|شب|am|pm))?)"
)
_SHAPES: Final = tuple(re.compile(shape) for shape in (rf"{_DAY}(?: {_CLOCK})?", rf"{_CLOCK}(?: {_DAY})?"))


class BadMoment(ValueError):
    """What was typed is no moment to come. `reason`: *unclear*; *no-day* (31 Mehr), *no-clock* (25:00), *no-hour* (a
    day alone), *past*, *far* (more than a year).
    """

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


def parse_moment(text: str, now: int, tz: tzinfo) -> int:
    """The moment to come that is meant, in milliseconds, by digits of any script. A clock alone is today's. Raises
    BadMoment.
    """
    found, today = _read(text), _local(now, tz)
    day = _day_of(found, today.date())
    if found["hour"] is None:
        raise BadMoment("no-hour")
    moment = datetime.combine(day, _clock_of(found), tz)
    if found["weekday"] and moment <= today:
        moment = datetime.combine(day + timedelta(days=7), moment.time(), tz)
    if moment <= today:
        raise BadMoment("past")
    if moment - today > _FURTHEST:
        raise BadMoment("far")
    return int(moment.timestamp() * 1000)


def parse_day(text: str, now: int, tz: tzinfo) -> date:
    """The day that is meant, gone by or to come, without a clock. Raises BadMoment."""
    found = _read(text)
    if found["hour"] is not None:
        raise BadMoment("unclear")
    return _day_of(found, _local(now, tz).date())


def _local(now: int, tz: tzinfo) -> datetime:
    return datetime.fromtimestamp(now / 1000, UTC).astimezone(tz)


def _read(text: str) -> dict[str, str | None]:
    said = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)
    said = " ".join(said.translate(_SAME).casefold().split())
    for shape, plain in _JOINED:
        said = re.sub(shape, plain, said)
    match = next(filter(None, (shape.fullmatch(said) for shape in _SHAPES)), None)
    if match is None:
        raise BadMoment("unclear")
    return match.groupdict()


def _day_of(found: dict[str, str | None], today: date) -> date:
    if near := found["near"]:
        return today + timedelta(days=_NEAR[near])
    if weekday := found["weekday"]:
        return today + timedelta(days=(_WEEKDAYS.index(weekday) - today.weekday()) % 7)
    if name := found["name"]:
        return _date(found["named_year"], _MONTHS.index(name) + 1, found["named_day"], today)
    if day := found["day"] or found["day_"]:
        return _date(found["year"], int(found["month"] or found["month_"] or 0), day, today)
    return today


def _date(year: str | None, month: int, day: str | None, today: date) -> date:
    """Without a year the nearest one of that name: this year's, or the next where that is long gone."""
    this = jdatetime.date.fromgregorian(date=today).year
    found = _jalali(int(year or this), month, int(day or 0))
    if year is None and today - found > _LONG_AGO:
        found = _jalali(this + 1, month, int(day or 0))
    return found


def _jalali(year: int, month: int, day: int) -> date:
    try:
        found: date = jdatetime.date(year, month, day).togregorian()
    except ValueError:
        raise BadMoment("no-day") from None
    if year >= _YEARS_END:
        raise BadMoment("no-day")
    return found


def _clock_of(found: dict[str, str | None]) -> time:
    hour, minute, part = int(found["hour"] or 0), int(found["minute"] or 0), found["part"] or ""
    if found["half"]:
        minute = 30
    if hour < 12 and (part in _AFTERNOON or (part == "ظهر" and hour < 4) or (found["near"] == "امشب" and not part)):
        hour += 12
    try:
        return time(hour, minute)
    except ValueError:
        raise BadMoment("no-clock") from None
