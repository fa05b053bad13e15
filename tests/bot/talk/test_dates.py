from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import DAY, MINUTE
from bot.talk.dates import Dates
from bot.talk.texts import Texts

TEHRAN = ZoneInfo("Asia/Tehran")
WEEKDAYS = ("saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday")


def _ftl(weekdays: str, months: str, rest: str) -> str:
    lines = [f"time-weekday-{name} = {said}" for name, said in zip(WEEKDAYS, weekdays.split(), strict=True)]
    lines += [f"time-month-{number} = {said}" for number, said in enumerate(months.split(), 1)]
    return "\n".join(lines) + "\n" + rest


FA = _ftl(
    "شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه",
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    """
time-date = { $weekday } { $day } { $month } { $year }
time-date-clock = { $date }، ساعت { $clock }
time-today = امروز
time-tomorrow = فردا
time-yesterday = دیروز
time-ago-days = { $days } روز پیش
""",
)
CKB = _ftl(
    "شەممە یەکشەممە دووشەممە سێشەممە چوارشەممە پێنجشەممە هەینی",
    "خاکەلێوە گوڵان جۆزەردان پووشپەڕ گەلاوێژ خەرمانان ڕەزبەر خەزەڵوەر سەرماوەز بەفرانبار ڕێبەندان ڕەشەمە",
    "time-date = { $weekday } { $day } ی { $month } ی { $year }",
)
EN = _ftl(
    "Saturday Sunday Monday Tuesday Wednesday Thursday Friday",
    "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand",
    """
time-date = { $weekday } { $gregorian_day } { $gregorian_month ->
    [11] November
   *[other] another month
 } { $gregorian_year } ({ $day } { $month } { $year })
""",
)


def _ms(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> int:
    return int(datetime(year, month, day, hour, minute, tzinfo=TEHRAN).timestamp() * 1000)


@pytest.fixture(scope="module")
def dates() -> Dates:
    return Dates(Texts({"fa": FA, "ckb": CKB, "en": EN}), TEHRAN)


def test_a_date_is_said_with_its_day_in_each_language(dates: Dates) -> None:
    when = _ms(2026, 11, 24)
    assert dates.date("fa", when) == "سه‌شنبه ۳ آذر ۱۴۰۵"
    assert dates.date("ckb", when) == "سێشەممە ٣ ی سەرماوەز ی ١٤٠٥"
    assert dates.date("en", when) == "Tuesday 24 November 2026 (3 Azar 1405)"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ((2025, 3, 20), "پنجشنبه ۳۰ اسفند ۱۴۰۳"),  # a leap year
        ((2025, 3, 21), "جمعه ۱ فروردین ۱۴۰۴"),
        ((2026, 3, 20), "جمعه ۲۹ اسفند ۱۴۰۴"),
        ((2026, 3, 21), "شنبه ۱ فروردین ۱۴۰۵"),
        ((2021, 3, 20), "شنبه ۳۰ اسفند ۱۳۹۹"),  # a leap year
        ((2026, 9, 22), "سه‌شنبه ۳۱ شهریور ۱۴۰۵"),
        ((2026, 9, 23), "چهارشنبه ۱ مهر ۱۴۰۵"),
        ((2030, 3, 20), "چهارشنبه ۳۰ اسفند ۱۴۰۸"),  # five years after the last one
    ],
)
def test_years_end_and_begin_where_the_national_calendar_says(
    dates: Dates, day: tuple[int, int, int], said: str
) -> None:
    assert dates.date("fa", _ms(*day)) == said


def test_the_day_changes_at_midnight_in_iran(dates: Dates) -> None:
    midnight = int(datetime(2026, 11, 23, 20, 30, tzinfo=ZoneInfo("UTC")).timestamp() * 1000)
    assert dates.clock("fa", midnight) == "۰۰:۰۰"
    assert dates.clock("fa", midnight - 1) == "۲۳:۵۹"
    assert dates.short("fa", midnight) != dates.short("fa", midnight - 1)


@pytest.mark.parametrize("month", range(1, 13))
def test_no_summer_time_is_kept_any_more(dates: Dates, month: int) -> None:
    eleven_utc = int(datetime(2026, month, 15, 11, tzinfo=ZoneInfo("UTC")).timestamp() * 1000)
    assert dates.clock("en", eleven_utc) == "14:30"


def test_the_short_date_is_all_numbers(dates: Dates) -> None:
    assert dates.short("fa", _ms(2026, 11, 24)) == "۱۴۰۵/۰۹/۰۳"
    assert dates.short("ckb", _ms(2026, 11, 24)) == "١٤٠٥/٠٩/٠٣"


def test_date_and_clock_stand_together(dates: Dates) -> None:
    assert dates.date_clock("fa", _ms(2026, 11, 24, 14, 30)) == "سه‌شنبه ۳ آذر ۱۴۰۵، ساعت ۱۴:۳۰"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (23, "دیروز"),
        (24, "امروز"),
        (25, "فردا"),
        (22, "یکشنبه"),
        (21, "شنبه"),
        (20, "جمعه ۲۹ آبان ۱۴۰۵"),
        (26, "پنجشنبه"),
        (27, "جمعه"),
        (28, "شنبه ۷ آذر ۱۴۰۵"),
    ],
)
def test_days_of_the_same_week_go_by_their_names(dates: Dates, day: int, said: str) -> None:
    tuesday = _ms(2026, 11, 24, 23, 59)
    assert dates.day("fa", _ms(2026, 11, day, 0, 1), tuesday) == said


def test_days_ago_are_days_of_the_calendar(dates: Dates) -> None:
    now = _ms(2026, 11, 24, 0, 1)
    assert dates.ago("fa", now, now) == "امروز"
    assert dates.ago("fa", now - 2 * MINUTE, now) == "دیروز"
    assert dates.ago("fa", now - DAY - 2 * MINUTE, now) == "۲ روز پیش"
    assert dates.ago("fa", now - 12 * DAY, now) == "۱۲ روز پیش"
    assert dates.ago("fa", now + DAY, now) == "فردا"


@given(st.integers(min_value=0, max_value=4_000_000_000_000))
def test_every_moment_can_be_said_whole(dates: Dates, ms: int) -> None:
    for lang in ("fa", "ckb", "en"):
        assert dates.date_clock(lang, ms)
        assert "\u2068" not in dates.day(lang, ms, 1_800_000_000_000)
