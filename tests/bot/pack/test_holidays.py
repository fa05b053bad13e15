from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.domain.calendar import Exceptional
from bot.errors import PackError
from bot.pack import Pack
from bot.pack.holidays import Holidays
from bot.pack.part import build


def own_day(**changed: object) -> dict[str, object]:
    day = {"from": "1405-12-01", "to": "1405-12-29", "kind": "short", "hours": ["08:30", "13:30"]}
    return {**day, "reason": {"fa": "ماه رمضان"}, "confirmed": True, **changed}


def read(*days: dict[str, object]) -> Holidays:
    return build(Holidays, "holidays.toml", {"version": "1", "checked_years": [1405], "exception": list(days)})


def test_a_jalali_day_of_the_pack_is_a_day_of_the_calendar() -> None:
    (day,) = read(own_day()).exceptions
    assert (day.first, day.last) == (date(2027, 2, 20), date(2027, 3, 20))
    assert day.exceptional == Exceptional(day.first, day.last, "short", ("08:30", "13:30"))


def test_the_municipality_is_open_by_the_packs_week(qorveh: Pack) -> None:
    week = qorveh.working_time()
    saturday_nine = int(datetime(2026, 11, 21, 9, 0, tzinfo=qorveh.time.zone).timestamp() * 1000)
    assert week.is_open(saturday_nine)
    assert not week.is_open(saturday_nine - 86_400_000)


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"from": "2026-02-20T00"}, "exception[0].from"),
        ({"from": "1405-07-31"}, "exception[0].from"),
        ({"to": "1405-11-01"}, "exception[0]"),
        ({"kind": "closed"}, "exception[0]"),
        ({"from": 14051201}, "exception[0].from"),
        ({"hours": []}, "exception[0]"),
        ({"hours": ["13:30", "08:30"]}, "exception[0].hours"),
        ({"reason": {"en": "Ramadan"}}, "exception[0].reason"),
    ],
)
def test_a_day_that_can_not_be_is_named(changed: dict[str, object], key: str) -> None:
    with pytest.raises(PackError) as caught:
        read(own_day(**changed))
    assert (caught.value.file, caught.value.key) == ("holidays.toml", key)
