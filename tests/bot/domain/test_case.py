"""The table of arrows: who may bring a case from where to where."""

from __future__ import annotations

import pytest

from bot.domain.case import ARROWS, ENDED, OPEN, State, Who, allowed, is_allowed

REPAIRS = {"recategorise", "relocate"}
ALWAYS = {"hide-photo", "hide-words", "publish", "keep-private", "note", "take-back"}
NEW_UNIT = {
    "accept",
    "claim",
    "release",
    "hand",
    "refer",
    "external",
    "ask",
    "extend",
    "refuse",
    "urgent",
    "not-urgent",
}
NEW_UNIT |= {"merge", "split"} | REPAIRS | ALWAYS
# By hand, not from the code: state -> what its reporter may do, what one of the unit may do.
EXPECTED: dict[State, tuple[set[str], set[str]]] = {
    State.RECEIVED: ({"withdraw", "leave", "undo"}, NEW_UNIT | {"read"}),
    State.REVIEWING: ({"withdraw", "leave"}, NEW_UNIT),
    State.REFERRED: ({"withdraw", "leave"}, NEW_UNIT),
    State.IN_PROGRESS: ({"withdraw", "leave"}, NEW_UNIT - {"accept", "claim", "release"}),
    State.NEED_INFO: ({"withdraw", "leave", "answer"}, ALWAYS | REPAIRS | {"merge"}),
    State.EXTERNAL: ({"withdraw", "leave", "solved"}, ALWAYS | REPAIRS | {"merge"}),
    State.DONE: ({"withdraw", "leave", "solved", "half", "unsolved", "cannot-tell"}, ALWAYS),
    State.CLOSED: ({"reopen"}, ALWAYS),
    State.NOT_DONE: ({"contest"}, ALWAYS),
    State.CONTESTED: ({"withdraw", "leave"}, ALWAYS),
    State.REOPENED: ({"withdraw", "leave"}, NEW_UNIT),
    State.MERGED: (set(), ALWAYS),
    State.CANCELLED: (set(), ALWAYS),
}


@pytest.mark.parametrize("state", State)
def test_each_state_leads_on_only_as_the_table_says(state: State) -> None:
    reporter, unit = EXPECTED[state]
    assert set(allowed(state, frozenset({Who.REPORTER}))) == reporter
    assert set(allowed(state, frozenset({Who.UNIT}))) == unit


def test_nobody_but_the_reporter_a_recorded_call_or_the_clock_closes() -> None:
    closing = {name: arrow.who for name, arrow in ARROWS.items() if arrow.end is State.CLOSED}
    may_close = {Who.REPORTER, Who.CALL, Who.CLOCK}
    assert set(closing) == {"solved", "unreached", "silence", "not-asked", "voted-solved"}
    assert all(who <= may_close for who in closing.values())


def test_only_who_works_on_it_says_that_it_is_done() -> None:
    assert [name for name, arrow in ARROWS.items() if arrow.end is State.DONE] == ["done"]
    assert ARROWS["done"].who == {Who.HOLDER}


def test_what_has_ended_leads_back_only_to_be_reopened_or_reviewed() -> None:
    back = {name for name, arrow in ARROWS.items() if arrow.start & ENDED and arrow.end is not None}
    assert back == {"reopen", "contest"}
    assert set(State) == ENDED | OPEN


def test_an_arrow_that_does_not_exist_is_not_allowed() -> None:
    assert not is_allowed("close", State.DONE, frozenset(Who))
