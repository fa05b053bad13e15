"""Working time: when the municipality is open, by its week, the official holidays and its own exceptions."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

import jdatetime

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AHEAD_DAYS = 60  # longer than any row of holidays; beyond it the pack names no hours at all
_Hours = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Exceptional:
    """Days that the municipality itself decided on, both ends included. `hours`: as in the week, may be empty."""

    first: date
    last: date
    kind: Literal["closed", "open", "short"]
    hours: Sequence[str] = ()


class WorkingTime:
    """Moments are whole milliseconds since 1970 (UTC). `hours`: by weekday, `("07:30", "14:00")` or empty.

    A Thursday that is `closed` has no hours whatever the table says. A later exception wins over an earlier one. An
    `open` day without hours of its own has those of its weekday, else of the first weekday that has any.
    """

    def __init__(
        self,
        tz: tzinfo,
        hours: Mapping[str, Sequence[str]],
        thursday: Literal["closed", "half", "full"] = "closed",
        holidays: Container[date] = (),
        exceptions: Sequence[Exceptional] = (),
    ) -> None:
        self._tz = tz
        week = {**hours, "thursday": ()} if thursday == "closed" else hours
        self._week = [_hours(week.get(day, ())) for day in WEEKDAYS]
        self._holidays = holidays
        self._exceptions = [(one, _hours(one.hours)) for one in exceptions]

    def is_open(self, now: int) -> bool:
        """Whether somebody works at this moment; the moment of closing is closed."""
        return self.next_opening(now) == now

    def next_opening(self, now: int) -> int | None:
        """When work goes on: `now` itself while open, None when nothing opens within two months."""
        today = self._day(now)
        for day in (today + timedelta(days=ahead) for ahead in range(_AHEAD_DAYS)):
            hours = self._hours_of(day)
            if hours and now < self._moment(day, hours[1]):
                return max(now, self._moment(day, hours[0]))
        return None

    def after_working_days(self, now: int, days: int, full_days: Container[str]) -> int | None:
        """The end of the last of so many whole working days after today; None when two months do not hold as many.

        A half day has hours but does not count, unless an exception opens it.
        """
        day = self._day(now)
        for _ in range(_AHEAD_DAYS):
            day += timedelta(days=1)
            hours = self._hours_of(day)
            if hours and (WEEKDAYS[day.weekday()] in full_days or self._opened(day)):
                days -= 1
                if days <= 0:
                    return self._moment(day, hours[1])
        return None

    def works_on(self, moment: int) -> bool:
        """Whether anybody works on the day that this moment is in."""
        return self._hours_of(self._day(moment)) is not None

    def closing(self, moment: int) -> int | None:
        """When work ends on the day that this moment is in; None where nobody works."""
        day = self._day(moment)
        hours = self._hours_of(day)
        return self._moment(day, hours[1]) if hours else None

    def _day(self, moment: int) -> date:
        return datetime.fromtimestamp(moment / 1000, UTC).astimezone(self._tz).date()

    def _opened(self, day: date) -> bool:
        return any(one.first <= day <= one.last and one.kind == "open" for one, _ in self._exceptions)

    def _hours_of(self, day: date) -> _Hours | None:
        usual = self._week[day.weekday()]
        for one, hours in reversed(self._exceptions):
            if one.first <= day <= one.last:
                return self._exceptional(day, one.kind, hours)
        return None if day in self._holidays else usual

    def _exceptional(self, day: date, kind: str, hours: _Hours | None) -> _Hours | None:
        usual = self._week[day.weekday()]
        if kind == "open":
            return hours or usual or next(filter(None, self._week), None)
        if kind == "short" and usual and day not in self._holidays:
            return hours or usual
        return None

    def _moment(self, day: date, minutes: int) -> int:
        return int((datetime.combine(day, time(), self._tz) + timedelta(minutes=minutes)).timestamp() * 1000)


class OfficialDays(Container[date]):
    """Iran's official holidays, those by the moon estimated for years to come.

    The first question about a year takes about a tenth of a second: `load` it beforehand, outside any transaction.
    """

    def __init__(self) -> None:
        self._years: dict[int, frozenset[date]] = {}

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in self.load(day.year)

    def load(self, year: int) -> frozenset[date]:
        """The holidays of a Gregorian year."""
        if year not in self._years:
            from holidays import country_holidays  # heavy, and only wanted once the service runs

            self._years[year] = frozenset(country_holidays("IR", years=year))
        return self._years[year]


def from_jalali(text: str) -> date:
    """The day of `1405-12-01`, as the pack writes Jalali dates. Raises ValueError for what is no such day."""
    year, month, day = map(int, text.split("-"))
    gregorian: date = jdatetime.date(year, month, day).togregorian()
    return gregorian


def _hours(hours: Sequence[str]) -> _Hours | None:
    if not hours:
        return None
    opening, closing = (int(clock[:2]) * 60 + int(clock[3:]) for clock in hours)
    return opening, closing
