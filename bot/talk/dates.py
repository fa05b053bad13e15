"""Dates as people here say them: Jalali, with the day's name, in the reader's language and digits.

Every method takes a language and whole milliseconds since 1970 (UTC), and answers words ready to be a value of a text.
They carry no direction isolates: all of their words run one way, and the text that they go into isolates them.
"""

from __future__ import annotations

import datetime as gregorian

import jdatetime

from bot.talk.digits import digits
from bot.talk.rich import FSI, PDI
from bot.talk.texts import Texts, Value

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NO_ISOLATES = str.maketrans({FSI: None, PDI: None})


class Dates:
    """Dates in the pack's time zone."""

    def __init__(self, texts: Texts, tz: gregorian.tzinfo) -> None:
        self._texts = texts
        self._tz = tz

    def date(self, lang: str, ms: int) -> str:
        """سه‌شنبه ۳ آذر ۱۴۰۵. A text may also use the Gregorian numbers, as `gregorian_month` for a selector."""
        local = self._local(ms)
        jalali = jdatetime.date.fromgregorian(date=local.date())
        return self._say(
            lang,
            "time-date",
            weekday=self._weekday(lang, local.date()),
            day=jalali.day,
            month=self._texts.line(lang, f"time-month-{jalali.month}"),
            year=jalali.year,
            gregorian_day=local.day,
            gregorian_month=local.month,
            gregorian_year=local.year,
        )

    def short(self, lang: str, ms: int) -> str:
        """۱۴۰۵/۰۹/۰۳."""
        return digits(jdatetime.date.fromgregorian(date=self._local(ms).date()).strftime("%Y/%m/%d"), lang)

    def clock(self, lang: str, ms: int) -> str:
        """۱۴:۳۰."""
        return digits(f"{self._local(ms):%H:%M}", lang)

    def date_clock(self, lang: str, ms: int) -> str:
        """Date and clock together."""
        return self._say(lang, "time-date-clock", date=self.date(lang, ms), clock=self.clock(lang, ms))

    def day(self, lang: str, ms: int, now: int) -> str:
        """Today, tomorrow, yesterday; the day's name in the same week (from Saturday on); else the date."""
        that, today = self._local(ms).date(), self._local(now).date()
        near = {0: "time-today", 1: "time-tomorrow", -1: "time-yesterday"}.get((that - today).days)
        if near:
            return self._texts.line(lang, near)
        return self._weekday(lang, that) if _week(that) == _week(today) else self.date(lang, ms)

    def day_short(self, lang: str, ms: int) -> str:
        """شنبه ۹/۷: for a button."""
        local = self._local(ms).date()
        jalali = jdatetime.date.fromgregorian(date=local)
        return f"{self._weekday(lang, local)} {digits(f'{jalali.month}/{jalali.day}', lang)}"

    def ago(self, lang: str, ms: int, now: int) -> str:
        """Today, yesterday, so many days ago (calendar days); what lies ahead is said as `day` says it."""
        days = (self._local(now).date() - self._local(ms).date()).days
        return self._say(lang, "time-ago-days", days=days) if days > 1 else self.day(lang, ms, now)

    def _local(self, ms: int) -> gregorian.datetime:
        return gregorian.datetime.fromtimestamp(ms // 1000, gregorian.UTC).astimezone(self._tz)

    def _weekday(self, lang: str, day: gregorian.date) -> str:
        return self._texts.line(lang, f"time-weekday-{_WEEKDAYS[day.weekday()]}")

    def _say(self, lang: str, text: str, **args: Value) -> str:
        return self._texts.line(lang, text, **args).translate(_NO_ISOLATES)


def _week(day: gregorian.date) -> int:
    return (day.toordinal() + 1) // 7  # ordinal 6 is a Saturday
