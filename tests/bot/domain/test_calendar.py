from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import MINUTE
from bot.domain.calendar import Exceptional, OfficialDays, WorkingTime, from_jalali

TEHRAN = ZoneInfo("Asia/Tehran")
FULL = ("07:30", "14:00")
HOURS = dict.fromkeys(("saturday", "sunday", "monday", "tuesday", "wednesday"), FULL) | {"thursday": (), "friday": ()}


def _ms(day: date, clock: str) -> int:
    return int(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=TEHRAN).timestamp() * 1000)


TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (date(2026, 11, day) for day in range(24, 29))
WEEK = WorkingTime(TEHRAN, HOURS)


@pytest.mark.parametrize(
    ("clock", "is_open"), [("07:29", False), ("07:30", True), ("13:59", True), ("14:00", False), ("00:00", False)]
)
def test_the_doors_open_and_close_on_the_minute(clock: str, is_open: bool) -> None:
    assert WEEK.is_open(_ms(TUESDAY, clock)) is is_open


def test_before_opening_it_opens_the_same_day_and_after_closing_the_next() -> None:
    assert WEEK.next_opening(_ms(TUESDAY, "03:00")) == _ms(TUESDAY, "07:30")
    assert WEEK.next_opening(_ms(TUESDAY, "14:00")) == _ms(WEDNESDAY, "07:30")


def test_during_work_it_is_open_now() -> None:
    assert WEEK.next_opening(_ms(TUESDAY, "10:00")) == _ms(TUESDAY, "10:00")


def test_over_the_weekend_it_opens_on_saturday() -> None:
    assert WEEK.next_opening(_ms(WEDNESDAY, "20:00")) == _ms(SATURDAY, "07:30")


def test_thursday_is_what_the_setting_says() -> None:
    hours = {**HOURS, "thursday": ("07:30", "12:00")}
    late = _ms(WEDNESDAY, "20:00")
    assert WorkingTime(TEHRAN, hours, "closed").next_opening(late) == _ms(SATURDAY, "07:30")
    assert WorkingTime(TEHRAN, hours, "half").next_opening(late) == _ms(THURSDAY, "07:30")
    assert not WorkingTime(TEHRAN, hours, "half").is_open(_ms(THURSDAY, "12:00"))


def test_official_holidays_are_closed() -> None:
    time = WorkingTime(TEHRAN, HOURS, holidays={WEDNESDAY})
    assert time.next_opening(_ms(TUESDAY, "15:00")) == _ms(SATURDAY, "07:30")


def test_a_day_of_snow_is_closed() -> None:
    time = WorkingTime(TEHRAN, HOURS, exceptions=[Exceptional(TUESDAY, WEDNESDAY, "closed")])
    assert time.next_opening(_ms(TUESDAY, "08:00")) == _ms(SATURDAY, "07:30")


def test_the_municipality_may_work_on_a_holiday_or_a_friday() -> None:
    opened = [Exceptional(FRIDAY, FRIDAY, "open"), Exceptional(WEDNESDAY, WEDNESDAY, "open", ("09:00", "12:00"))]
    time = WorkingTime(TEHRAN, HOURS, holidays={WEDNESDAY}, exceptions=opened)
    assert time.next_opening(_ms(TUESDAY, "15:00")) == _ms(WEDNESDAY, "09:00")
    assert time.next_opening(_ms(WEDNESDAY, "12:00")) == _ms(FRIDAY, "07:30")


def test_short_hours_change_working_days_only() -> None:
    short = [Exceptional(TUESDAY, SATURDAY, "short", ("08:30", "13:30"))]
    time = WorkingTime(TEHRAN, HOURS, holidays={WEDNESDAY}, exceptions=short)
    assert not time.is_open(_ms(TUESDAY, "08:00"))
    assert time.next_opening(_ms(TUESDAY, "13:30")) == _ms(SATURDAY, "08:30")


def test_the_later_of_two_exceptions_wins() -> None:
    both = [Exceptional(TUESDAY, SATURDAY, "closed"), Exceptional(WEDNESDAY, WEDNESDAY, "open")]
    assert WorkingTime(TEHRAN, HOURS, exceptions=both).is_open(_ms(WEDNESDAY, "10:00"))


def test_a_pack_without_hours_never_opens() -> None:
    assert WorkingTime(TEHRAN, {}).next_opening(_ms(TUESDAY, "10:00")) is None


@given(st.integers(1_700_000_000, 1_900_000_000).map(lambda seconds: seconds * 1000))
def test_the_next_opening_is_open_and_the_minute_before_it_is_not(now: int) -> None:
    opening = WEEK.next_opening(now)
    assert opening is not None
    assert opening >= now
    assert WEEK.is_open(opening)
    assert opening == now or not WEEK.is_open(opening - MINUTE)


def test_nowruz_and_the_days_of_the_moon_are_official() -> None:
    days = OfficialDays()
    assert date(2026, 3, 21) in days
    assert date(2026, 6, 25) in days
    assert date(2026, 11, 24) not in days
    assert "2026-03-21" not in days


def test_jalali_days_of_the_pack_are_read() -> None:
    assert from_jalali("1405-09-03") == TUESDAY
    assert from_jalali("1403-12-30") == date(2025, 3, 20)


@pytest.mark.parametrize("text", ["1404-12-30", "1405-13-01", "1405/09/03", "1405-09", "", "x-y-z"])
def test_what_is_no_jalali_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_jalali(text)
