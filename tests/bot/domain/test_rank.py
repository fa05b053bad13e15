"""What presses most comes first."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.clock import DAY
from bot.domain.rank import rank, rank_at

NOW = 1_795_000_000_000


def of(case_id: int = 1, target: int | None = NOW, **more: Any) -> int:
    values = {"urgent": False, "reopened": 0, "supporters": 0, **more}
    return rank(case_id, NOW - 10 * DAY, target, **values)


def test_the_earlier_target_comes_first_and_one_without_after_a_month() -> None:
    assert of(target=NOW) < of(target=NOW + 1) < of(target=None) == of(target=NOW + 20 * DAY)


def test_urgency_outweighs_a_broken_promise_and_that_outweighs_two_supporters() -> None:
    assert of(urgent=True) < of(reopened=1) < of(supporters=2) < of(supporters=1) < of()


def test_a_crowd_does_not_outweigh_danger_and_reopening_twice_counts_once() -> None:
    assert of(supporters=20) == of(supporters=1_000) > of(urgent=True)
    assert of(reopened=1) == of(reopened=5)


def test_cases_of_one_moment_keep_their_order_and_stand_after_that_moment() -> None:
    assert rank_at(NOW) < of(1) < of(2) < rank_at(NOW + 1)


@given(st.integers(0, 2**40), st.integers(0, 2**20 - 1), st.booleans(), st.integers(0, 9), st.integers(0, 99))
def test_every_rank_fits_the_database(at: int, case_id: int, urgent: bool, reopened: int, supporters: int) -> None:
    assert abs(rank(case_id, at, at, urgent=urgent, reopened=reopened, supporters=supporters)) < 2**63
