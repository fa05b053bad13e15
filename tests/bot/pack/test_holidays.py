from __future__ import annotations

import pytest

from bot.errors import PackError
from bot.pack.holidays import Holidays, exception_on
from bot.pack.part import build


def own_day(**changed: object) -> dict[str, object]:
    day = {"from": "1405-12-01", "to": "1405-12-29", "kind": "short", "hours": ["08:30", "13:30"]}
    return {**day, "reason": {"fa": "ماه رمضان"}, "confirmed": True, **changed}


def read(*days: dict[str, object]) -> Holidays:
    return build(Holidays, "holidays.toml", {"version": "1", "checked_years": [1405], "exception": list(days)})


def test_both_ends_of_an_exception_belong_to_it() -> None:
    days = read(own_day()).exceptions
    assert exception_on(days, (1405, 12, 1)) is exception_on(days, (1405, 12, 29)) is days[0]
    assert exception_on(days, (1405, 11, 30)) is None


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"from": "2026-02-20T00"}, "exception[0].from"),
        ({"from": "1405-07-31"}, "exception[0].from"),
        ({"to": "1405-11-01"}, "exception[0]"),
        ({"kind": "closed"}, "exception[0]"),
        ({"hours": []}, "exception[0]"),
        ({"hours": ["13:30", "08:30"]}, "exception[0].hours"),
        ({"reason": {"en": "Ramadan"}}, "exception[0].reason"),
    ],
)
def test_a_day_that_can_not_be_is_named(changed: dict[str, object], key: str) -> None:
    with pytest.raises(PackError) as caught:
        read(own_day(**changed))
    assert (caught.value.file, caught.value.key) == ("holidays.toml", key)
