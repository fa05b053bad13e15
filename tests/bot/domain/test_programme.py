"""When a programme is reminded of."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.programme import is_for, reminder_at

TEHRAN = ZoneInfo("Asia/Tehran")


def at(day: int, hour: int, minute: int = 0) -> int:
    return int(datetime(2026, 11, day, hour, minute, tzinfo=TEHRAN).timestamp() * 1000)


@pytest.mark.parametrize(
    ("starts", "now", "reminder"),
    [
        (at(25, 18, 30), at(21, 10), at(24, 18)),
        (at(25, 0), at(21, 10), at(24, 18)),
        (at(25, 23, 59), at(21, 10), at(24, 18)),
        (at(25, 18, 30), at(24, 19), at(25, 15, 30)),
        (at(25, 18, 30), at(25, 16), 0),
    ],
)
def test_the_evening_before_or_some_hours_before_or_never(starts: int, now: int, reminder: int) -> None:
    assert reminder_at(starts, now, TEHRAN) == reminder


def test_a_reminder_is_for_the_beginning_that_it_was_armed_for() -> None:
    assert is_for(at(24, 18), at(25, 23, 59))
    assert is_for(at(24, 18), at(25, 0))
    assert not is_for(at(24, 18), at(26, 10)), "moved a day later, there will be another one"
    assert not is_for(at(24, 18), at(24, 17))
