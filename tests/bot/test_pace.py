"""The pace towards one platform: how long it rests when nothing arrives."""

from __future__ import annotations

from bot.pace import LONGEST_OUTAGE, Pace


def test_a_night_without_the_platform_makes_no_message_a_dead_letter() -> None:
    """After eight and a half hours the pause once grew beyond what a float holds, and whatever waited died of it."""
    pace, now = Pace(30.0, 0.0), 0.0
    for _ in range(3_000):
        pace.out_of_reach(now)
        assert 0 < pace.wait(now) <= LONGEST_OUTAGE
        now += pace.wait(now)
