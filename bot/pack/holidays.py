"""holidays.toml: the municipality's own exceptions. Official holidays come from the `holidays` package."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot.pack.city import Hours
from bot.pack.part import Many, Part, Words

JalaliDay = tuple[int, int, int]


def _jalali(text: Any) -> Any:
    if not isinstance(text, str) or not (match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text, re.ASCII)):
        raise ValueError("a day is written as 1405-12-01 (Jalali, Latin digits)")
    return tuple(int(part) for part in match.groups())


def _check_day(day: JalaliDay) -> JalaliDay:
    _, month, number = day
    if not 1 <= month <= 12 or not 1 <= number <= (31 if month <= 6 else 30):
        raise ValueError("there is no such day in the Jalali calendar")
    return day


Day = Annotated[JalaliDay, BeforeValidator(_jalali), AfterValidator(_check_day)]


class OwnDay(Part):
    """Days (both ends included) on which the municipality is closed, open after all, or open at other `hours`."""

    first: Annotated[Day, Field(alias="from")]
    last: Annotated[Day, Field(alias="to")]
    kind: Literal["closed", "open", "short"]
    hours: Hours = ()
    reason: Words
    confirmed: bool

    @model_validator(mode="after")
    def _sound(self) -> OwnDay:
        if self.first > self.last:
            raise ValueError("it ends before it begins")
        if (self.kind == "short") != bool(self.hours):
            raise ValueError('hours belong to the kind "short", and only to it')
        return self


class Holidays(Part):
    """`checked_years`: Jalali years that the municipality has looked through."""

    version: str
    checked_years: Many[int]
    exceptions: Annotated[Many[OwnDay], Field(alias="exception")]


def exception_on(exceptions: tuple[OwnDay, ...], day: JalaliDay) -> OwnDay | None:
    """The first exception that covers the day."""
    return next((found for found in exceptions if found.first <= day <= found.last), None)
