"""The order of the desk's lists."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.clock import DAY
from bot.domain.rank import EARLY, rank, rank_at

moments = st.integers(10**12, 2 * 10**12)


@given(st.integers(0, 10**9), moments, st.booleans(), st.integers(0, 9), st.integers(0, 900))
def test_no_case_stands_earlier_than_so_long_before_its_time(
    case_id: int, target: int, urgent: bool, reopened: int, supporters: int
) -> None:
    """The list of what is soon due looks no further back."""
    placed = rank(case_id, 1, target, urgent=urgent, reopened=reopened, supporters=supporters)
    assert placed >= rank_at(target - EARLY)


def test_the_earliest_is_urgent_reopened_and_has_many_supporters() -> None:
    target = 10**12
    assert rank(0, 1, target, urgent=True, reopened=2, supporters=99) == rank_at(target - EARLY)
    assert rank(0, 1, target, urgent=False, reopened=0, supporters=0) == rank_at(target)
    assert EARLY == 53 * DAY
