"""The table of arrows: who may bring a case from where to where."""

from __future__ import annotations

import pytest

from bot.domain.case import ARROWS, ENDED, OPEN, State, Who, allowed, is_allowed

# By hand, not from the code: state -> what its reporter may do, what the desk may do.
EXPECTED: dict[State, tuple[set[str], set[str]]] = {
    State.RECEIVED: ({"withdraw", "undo"}, {"accept"}),
    State.REVIEWING: ({"withdraw"}, {"accept"}),
    State.REFERRED: ({"withdraw"}, {"accept"}),
    State.IN_PROGRESS: ({"withdraw"}, {"done"}),
    State.NEED_INFO: ({"withdraw"}, set()),
    State.EXTERNAL: ({"withdraw"}, set()),
    State.DONE: ({"withdraw", "solved", "half", "unsolved", "cannot-tell"}, set()),
    State.CLOSED: (set(), set()),
    State.NOT_DONE: (set(), set()),
    State.REOPENED: ({"withdraw"}, {"accept"}),
    State.MERGED: (set(), set()),
    State.CANCELLED: (set(), set()),
}


@pytest.mark.parametrize("state", State)
def test_each_state_leads_on_only_as_the_table_says(state: State) -> None:
    reporter, desk = EXPECTED[state]
    assert set(allowed(state, Who.REPORTER)) == reporter
    assert set(allowed(state, Who.DESK)) == desk


def test_nobody_but_the_reporter_closes() -> None:
    closing = {name for name, arrow in ARROWS.items() if arrow.end is State.CLOSED}
    assert closing == {"solved"}
    assert all(ARROWS[name].who == {Who.REPORTER} for name in closing)


def test_what_has_ended_moves_no_more() -> None:
    assert not any(arrow.start & ENDED for arrow in ARROWS.values())
    assert set(State) == ENDED | OPEN


def test_an_arrow_that_does_not_exist_is_not_allowed() -> None:
    assert not is_allowed("close", State.DONE, Who.DESK)
