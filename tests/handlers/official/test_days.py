"""Days as officials choose and type them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import DAY
from bot.domain.calendar import WorkingTime
from handlers.official.days import FURTHEST, coming_days, read_day

TEHRAN = ZoneInfo("Asia/Tehran")
WEEK = dict.fromkeys(("saturday", "sunday", "monday", "tuesday", "wednesday"), ("07:30", "14:00"))


def noon(year: int, month: int, day: int) -> int:
    """Noon of a Jalali day in Tehran."""
    there = jdatetime.date(year, month, day).togregorian()
    return int(datetime(there.year, there.month, there.day, 12, tzinfo=TEHRAN).timestamp() * 1000)


NOW = noon(1405, 9, 15)


@pytest.mark.parametrize(
    "typed", ["1405/9/20", "۱۴۰۵/۹/۲۰", "١٤٠٥/٠٩/٢٠", "1405-09-20", "9/20", "۹/۲۰", " 9.20 ", "۱۴۰۵ / ۹ / ۲۰"]
)
def test_a_day_is_read_in_every_script_and_with_every_mark_between(typed: str) -> None:
    assert read_day(typed, NOW, TEHRAN) == noon(1405, 9, 20)


def test_a_day_without_its_year_is_the_next_one_of_that_name_and_today_is_today() -> None:
    assert read_day("9/15", NOW, TEHRAN) == noon(1405, 9, 15)
    assert read_day("9/14", NOW, TEHRAN) == noon(1406, 9, 14)
    assert read_day("1/1", NOW, TEHRAN) == noon(1406, 1, 1)


def test_nowruz_is_the_first_day_of_the_next_year_even_on_the_eve() -> None:
    assert read_day("1/1", noon(1405, 12, 29), TEHRAN) == noon(1406, 1, 1)
    assert read_day("12/29", noon(1406, 1, 1), TEHRAN) == noon(1406, 12, 29)


def test_the_30th_of_esfand_is_a_day_of_leap_years_alone() -> None:
    assert read_day("1405/12/30", NOW, TEHRAN) is None
    assert read_day("12/30", NOW, TEHRAN) is None
    assert read_day("1408/12/30", noon(1408, 1, 5), TEHRAN) == noon(1408, 12, 30)
    assert read_day("12/30", noon(1408, 1, 5), TEHRAN) == noon(1408, 12, 30)
    assert read_day("12/30", noon(1407, 12, 29), TEHRAN) == noon(1408, 12, 30)


def test_the_day_begins_in_tehran_and_not_in_greenwich() -> None:
    just_after_midnight = noon(1405, 9, 16) - 12 * 3_600_000 + 60_000
    assert read_day("9/15", just_after_midnight, TEHRAN) == noon(1406, 9, 15)
    assert read_day("9/16", just_after_midnight, TEHRAN) == noon(1405, 9, 16)


@pytest.mark.parametrize(
    "typed",
    ["", "فردا", "9", "13/1", "9/31", "7/31", "0/5", "5/0", "1405/9/20 ساعت ۸", "2026/12/11", "9999/1/1", "1499/1/1"],
)
def test_what_is_no_day_of_our_calendar_is_none(typed: str) -> None:
    assert read_day(typed, NOW, TEHRAN) is None


@given(st.text(max_size=12) | st.from_regex(r"\d{0,4}[/ ]?\d{0,2}[/ ]\d{0,2}", fullmatch=True))
def test_nothing_that_is_typed_breaks_it_or_leads_further_than_two_years(typed: str) -> None:
    found = read_day(typed, NOW, TEHRAN)
    assert found is None or found < NOW + FURTHEST


def test_the_days_to_tap_are_days_of_work_in_order_each_once() -> None:
    holiday = date(2026, 12, 7)
    calendar = WorkingTime(TEHRAN, WEEK, holidays={holiday})
    days = coming_days(calendar, noon(1405, 9, 14))
    assert len(days) == len(set(days)) == 6
    assert days == sorted(days)
    assert all(calendar.closing(day) == day for day in days)
    there = [datetime.fromtimestamp(day / 1000, TEHRAN).date() for day in days]
    assert holiday not in there
    assert (there[-1] - date(2026, 12, 5)).days >= 30


def test_where_nobody_works_there_is_no_day_to_tap() -> None:
    assert coming_days(WorkingTime(TEHRAN, {}), NOW) == []
    assert coming_days(WorkingTime(TEHRAN, {"monday": ("08:00", "12:00")}), NOW)[-1] > NOW + 30 * DAY - DAY
