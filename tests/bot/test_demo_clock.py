"""The demo never begins at night, and one that keeps its database never goes back in time."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.clock import HOUR, TurnedClock
from bot.demo import OVERLAY
from bot.demo_clock import daytime, set_clock
from bot.pack.load import load_pack
from bot.pack.pack import Pack
from bot.settings import ROOT


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(ROOT / "data/qorveh", OVERLAY)


def at(pack: Pack, text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=pack.time.zone).timestamp() * 1000)


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-11-28 21:30", "2026-11-29 10:00"),  # a Saturday evening
        ("2026-11-29 03:00", "2026-11-29 10:00"),  # the night to Sunday
        ("2026-11-29 07:59", "2026-11-29 10:00"),  # the office is open already
        ("2026-11-25 23:00", "2026-11-28 10:00"),  # a Wednesday evening: Thursday and Friday are free
        ("2026-11-28 08:00", "2026-11-28 08:00"),
        ("2026-11-28 21:29", "2026-11-28 21:29"),
        ("2026-11-27 12:00", "2026-11-27 12:00"),  # a free day is no night
    ],
)
def test_who_comes_at_night_finds_the_next_working_morning(pack: Pack, now: str, begins: str) -> None:
    assert daytime(pack, at(pack, now)) == at(pack, begins)


def test_a_kept_demo_goes_on_at_its_own_time(pack: Pack, tmp_path: Path) -> None:
    first, second = TurnedClock(), TurnedClock()
    noon = at(pack, "2026-11-28 12:00")
    for clock in (first, second):
        clock.turn(noon - clock.now())
    first.turn(5 * HOUR)
    set_clock(first, pack, tmp_path / "clock")
    set_clock(second, pack, tmp_path / "clock")
    assert second.now() == pytest.approx(noon + 5 * HOUR, abs=60_000)
