"""Days and hours as people type them; what is none says which way it is none."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moment import BadMoment, parse_day, parse_moment

TEHRAN = ZoneInfo("Asia/Tehran")
NOW = int(datetime(2026, 11, 24, 12, 0, tzinfo=TEHRAN).timestamp() * 1000)  # Tuesday, 3 Azar 1405


def said(text: str) -> str:
    """The moment in Tehran."""
    return f"{datetime.fromtimestamp(parse_moment(text, NOW, TEHRAN) / 1000, UTC).astimezone(TEHRAN):%m-%d %H:%M}"


def refused(text: str) -> str:
    with pytest.raises(BadMoment) as refusal:
        parse_moment(text, NOW, TEHRAN)
    return refusal.value.reason


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("فردا ۱۰", "11-25 10:00"),
        ("امروز ۱۷:۳۰", "11-24 17:30"),
        ("۱۷:۳۰", "11-24 17:30"),
        ("ساعت ۱۰ فردا", "11-25 10:00"),
        ("پس‌فردا ساعت ٨ و نیم", "11-26 08:30"),
        ("۴ آذر ۱۸", "11-25 18:00"),
        ("4 آذر 1405، ساعت 9", "11-25 09:00"),
        ("۱۴۰۵/۹/۴ ۱۰:۳۰", "11-25 10:30"),
        ("1405-09-04 10:30", "11-25 10:30"),
        ("۹/۴ ۷ عصر", "11-25 19:00"),
        ("شنبه ۸ صبح", "11-28 08:00"),
        ("سه‌شنبه ۱۳", "11-24 13:00"),
        ("سه شنبه ۱۱", "12-01 11:00"),
        ("يكشنبه ۸", "11-29 08:00"),
        ("امشب ۹", "11-24 21:00"),
        ("فردا ۱ ظهر", "11-25 13:00"),
        ("۲ فروردین ۱۰", "03-22 10:00"),
        ("tomorrow 9:05 pm", "11-25 21:05"),
    ],
)
def test_a_moment_is_read_as_it_is_meant(text: str, moment: str) -> None:
    assert said(text) == moment


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("۳۱ مهر ۱۴۰۶ ۱۰", "no-day"),
        ("۱۴۰۵/۷/۳۱ ۱۰:۰۰", "no-day"),
        ("۱۴۰۵/۱۳/۱ ۱۰", "no-day"),
        ("۳۰ اسفند ۱۴۰۵ ۱۰", "no-day"),
        ("2026/11/25 10:00", "no-day"),
        ("فردا ۲۵", "no-clock"),
        ("فردا ۱۰:۷۵", "no-clock"),
        ("فردا", "no-hour"),
        ("۱۴۰۵/۹/۴", "no-hour"),
        ("امروز ۱۱", "past"),
        ("۲ آذر ۱۸", "past"),
        ("۱۲:۰۰", "past"),
        ("۱۴۰۴/۹/۴ ۱۰", "past"),
        ("۱۴۰۷/۹/۴ ۱۰", "far"),
        ("هر وقت شد", "unclear"),
        ("", "unclear"),
        ("فردا ۱۰ یا ۱۱", "unclear"),
    ],
)
def test_what_is_no_moment_to_come_says_why(text: str, reason: str) -> None:
    assert refused(text) == reason


def test_a_day_may_have_gone_by() -> None:
    assert parse_day("۲ آذر", NOW, TEHRAN) == date(2026, 11, 23)
    assert parse_day("۱۴۰۰/۰۱/۰۱", NOW, TEHRAN) == date(2021, 3, 21)
    with pytest.raises(BadMoment):
        parse_day("فردا ۱۰", NOW, TEHRAN)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_moment_to_come_or_refused(text: str) -> None:
    with contextlib.suppress(BadMoment):
        assert parse_moment(text, NOW, TEHRAN) > NOW
