"""When citizens are left in peace."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quiet import quiet_end

TEHRAN = ZoneInfo("Asia/Tehran")
DAY = 86_400_000


def at(clock: str, day: int = 10) -> int:
    hours, minutes = map(int, clock.split(":"))
    return int(datetime(2026, 10, day, hours, minutes, tzinfo=TEHRAN).timestamp() * 1000)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("21:29", "21:29"),
        ("21:30", ("08:00", 11)),
        ("23:59", ("08:00", 11)),
        ("00:00", "08:00"),
        ("07:59", "08:00"),
        ("08:00", "08:00"),
        ("12:00", "12:00"),
    ],
)
def test_a_night_ends_in_the_morning_that_follows(now: str, end: str | tuple[str, int]) -> None:
    expected = at(*end) if isinstance(end, tuple) else at(end)
    assert quiet_end(at(now), TEHRAN, "21:30", "08:00") == expected


def test_a_rest_at_noon_holds_no_midnight() -> None:
    assert quiet_end(at("14:00"), TEHRAN, "13:00", "16:30") == at("16:30")
    assert quiet_end(at("16:30"), TEHRAN, "13:00", "16:30") == at("16:30")
    assert quiet_end(at("02:00"), TEHRAN, "13:00", "16:30") == at("02:00")


def test_without_a_span_nobody_is_left_in_peace() -> None:
    assert quiet_end(at("03:00"), TEHRAN, "00:00", "00:00") == at("03:00")


def test_seconds_of_the_last_minute_are_still_quiet() -> None:
    assert quiet_end(at("08:00") - 1, TEHRAN, "21:30", "08:00") == at("08:00")


def test_a_summer_of_2030_is_as_far_from_greenwich_as_a_winter() -> None:
    summer = int(datetime(2030, 7, 1, 22, 0, tzinfo=TEHRAN).timestamp() * 1000)
    assert datetime(2030, 7, 1, tzinfo=TEHRAN).utcoffset() == timedelta(hours=3, minutes=30)
    assert quiet_end(summer, TEHRAN, "21:30", "08:00") == summer + 10 * 3_600_000


_clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))


@given(st.integers(0, 4_000_000_000_000), _clocks, _clocks)
def test_the_end_is_never_past_never_a_day_away_and_not_quiet_itself(now: int, start: str, end: str) -> None:
    over = quiet_end(now, TEHRAN, start, end)
    assert now <= over < now + DAY + 3_600_000  # the day that a clock is put back has an hour more
    assert quiet_end(over, TEHRAN, start, end) == over
