"""The table of arrows: who may bring a case from where to where."""

from __future__ import annotations

import pytest

from bot.domain.case import ARROWS, ENDED, OPEN, REPORT, SUGGESTION, State, Who, allowed, is_allowed, suggestion_text

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
    reports = {name: arrow for name, arrow in ARROWS.items() if REPORT in arrow.kinds}
    closing = {name: arrow.who for name, arrow in reports.items() if arrow.end is State.CLOSED}
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


# The same by hand for suggestions.
_SHOWN = {"hide-photo", "hide-words", "publish", "keep-private", "note", "take-back"}
_ANSWER = {"claim", "release", "hand", "refer", "ask", "adopt", "plan", "study", "decline"} | _SHOWN
SUGGESTED: dict[State, tuple[set[str], set[str]]] = {
    State.RECEIVED: ({"withdraw"}, _ANSWER | {"read"}),
    State.REVIEWING: ({"withdraw"}, _ANSWER),
    State.REFERRED: ({"withdraw"}, _ANSWER),
    State.IN_PROGRESS: ({"withdraw"}, _ANSWER - {"claim", "release"}),
    State.NEED_INFO: ({"withdraw", "answer"}, _SHOWN),
    State.EXTERNAL: ({"withdraw"}, _SHOWN),
    State.DONE: ({"withdraw"}, _SHOWN),
    State.CLOSED: (set(), _SHOWN),
    State.NOT_DONE: ({"contest"}, _SHOWN),
    State.CONTESTED: ({"withdraw"}, _SHOWN),
    State.REOPENED: ({"withdraw"}, _ANSWER),
    State.MERGED: (set(), _SHOWN),
    State.CANCELLED: (set(), _SHOWN),
}


@pytest.mark.parametrize("state", State)
def test_a_suggestion_leads_on_only_as_its_own_table_says(state: State) -> None:
    author, unit = SUGGESTED[state]
    assert set(allowed(state, frozenset({Who.REPORTER}), SUGGESTION)) == author
    assert set(allowed(state, frozenset({Who.UNIT}), SUGGESTION)) == unit


def test_nothing_brings_a_suggestion_to_where_only_reports_are() -> None:
    ends = {arrow.end for arrow in ARROWS.values() if SUGGESTION in arrow.kinds}
    assert not ends & {State.DONE, State.EXTERNAL, State.MERGED}


def test_every_answer_to_a_suggestion_needs_its_reason() -> None:
    answers = {name for name, arrow in ARROWS.items() if arrow.kinds == {SUGGESTION}}
    assert answers == {"adopt", "plan", "study", "decline", "re-adopt", "re-plan", "re-study"}
    assert all(ARROWS[name].needs == ("words",) for name in (*answers, "keep"))


@pytest.mark.parametrize("state", State)
def test_what_waits_for_an_answer_never_says_that_it_has_one(state: State) -> None:
    answered = suggestion_text(state) in ("accepted", "planned", "declined")
    assert answered == (state in (State.CLOSED, State.NOT_DONE))


def test_an_arrow_that_does_not_exist_is_not_allowed() -> None:
    assert not is_allowed("close", State.DONE, frozenset(Who))
