"""holidays.toml: the municipality's own exceptions. Official holidays come from the `holidays` package."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from bot.domain.calendar import Exceptional, from_jalali
from bot.pack.city import Hours
from bot.pack.part import Many, Part, Words


def _day(text: Any) -> date:
    try:
        return from_jalali(text)
    except (AttributeError, ValueError):
        raise ValueError("a day is written as 1405-12-01: Jalali, and one that exists") from None


Day = Annotated[date, BeforeValidator(_day)]


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
        if (self.kind == "short") > bool(self.hours) or (self.kind == "closed" and self.hours):
            raise ValueError('"short" needs hours, and "closed" has none')
        return self

    @property
    def exceptional(self) -> Exceptional:
        """The same as the domain's calendar takes it."""
        return Exceptional(self.first, self.last, self.kind, self.hours)


class Holidays(Part):
    """`checked_years`: Jalali years that the municipality has looked through."""

    version: str
    checked_years: Many[int]
    exceptions: Annotated[Many[OwnDay], Field(alias="exception")]
