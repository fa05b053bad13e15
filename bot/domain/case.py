"""The case: its states, and who may bring it from one to another. One table decides; everything else is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    RECEIVED = "received"
    REVIEWING = "reviewing"
    REFERRED = "referred"
    IN_PROGRESS = "in_progress"
    NEED_INFO = "need_info"
    EXTERNAL = "external"
    DONE = "done"
    CLOSED = "closed"
    NOT_DONE = "not_done"
    CONTESTED = "contested"
    REOPENED = "reopened"
    MERGED = "merged"
    CANCELLED = "cancelled"


ENDED = frozenset({State.CLOSED, State.NOT_DONE, State.MERGED, State.CANCELLED})
OPEN = frozenset(State) - ENDED
NEW = frozenset({State.RECEIVED, State.REVIEWING, State.REFERRED, State.REOPENED})
"""Nobody works on it yet."""
WORK = NEW | {State.IN_PROGRESS, State.CONTESTED}
"""Somebody of the municipality has to act."""
_CHANGEABLE = NEW | {State.IN_PROGRESS, State.NEED_INFO, State.EXTERNAL}


class Who(StrEnum):
    """As what somebody moves a case: several of these may be true of one official."""

    REPORTER = "citizen"
    UNIT = "unit"  # one of those at whose desk it is
    HOLDER = "holder"  # who accepted it
    CENTRE = "centre"
    MANAGER = "manager"  # of its department, or of the mayor's office
    REVIEWER = "reviewer"  # at whose desk it is, and not who decided
    CALL = "call"  # the centre, for somebody who said it on the phone; never the doer
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from some states to one.

    `end` None: it stays where it is, or with `back` returns to where it was when it was asked. `event`: the kind of
    event that it leaves. `needs`: the fields without which it is refused. `undo`: whether who moved it may take that
    back for a minute.
    """

    start: frozenset[State]
    end: State | None
    who: frozenset[Who]
    event: str
    needs: tuple[str, ...] = ()
    closed_how: str = ""
    undo: bool = False
    back: bool = False


def _who(*who: Who) -> frozenset[Who]:
    return frozenset(who)


def _only(*states: State) -> frozenset[State]:
    return frozenset(states)


S = State
_REPORTER, _CLOCK = _who(Who.REPORTER), _who(Who.CLOCK)
_ANSWERING = _who(Who.REPORTER, Who.CALL)
_UNIT, _CENTRE, _HOLDER = _who(Who.UNIT), _who(Who.CENTRE), _who(Who.HOLDER)
_DESK = _who(Who.UNIT, Who.CENTRE)
_AT_WORK = NEW | {State.IN_PROGRESS}

ARROWS: dict[str, Arrow] = {
    # the desk takes it
    "accept": Arrow(NEW, S.IN_PROGRESS, _UNIT, "started", undo=True),
    "read": Arrow(_only(S.RECEIVED), S.REVIEWING, _UNIT, "reviewing"),  # of the centre, at its own desk
    "claim": Arrow(NEW, None, _UNIT, "claimed"),
    "release": Arrow(NEW, None, _UNIT, "released"),
    "give-up": Arrow(_only(S.IN_PROGRESS), S.REFERRED, _HOLDER, "given-up"),
    "hand": Arrow(_AT_WORK, None, _who(Who.HOLDER, Who.MANAGER, Who.UNIT), "handed", ("colleague",), undo=True),
    # the desk sends it on
    "route": Arrow(_AT_WORK | {S.EXTERNAL}, S.REFERRED, _CENTRE, "referred", ("department",), undo=True),
    "refer": Arrow(_AT_WORK, S.REFERRED, _UNIT, "referred", ("department", "words"), undo=True),
    "external": Arrow(_AT_WORK, S.EXTERNAL, _DESK, "external", ("org",), undo=True),
    "pass-on": Arrow(_only(S.EXTERNAL), None, _CENTRE, "passed-on", ("reference",)),
    # between desk and reporter
    "ask": Arrow(_AT_WORK, S.NEED_INFO, _DESK, "asked", ("text",), undo=True),
    "answer": Arrow(_only(S.NEED_INFO), None, _ANSWERING, "answered", back=True),
    "unanswered": Arrow(_only(S.NEED_INFO), None, _CLOCK, "not-answered", back=True),
    "extend": Arrow(_AT_WORK, None, _DESK, "extended", ("date", "words"), undo=True),
    # the desk says how it ended
    "done": Arrow(_only(S.IN_PROGRESS), S.DONE, _HOLDER, "done", ("picture", "words"), undo=True),
    "refuse": Arrow(_AT_WORK, S.NOT_DONE, _DESK, "not-done", ("reason", "words"), undo=True),
    # repairs
    "recategorise": Arrow(_CHANGEABLE, None, _DESK, "recategorised", ("category",), undo=True),
    "relocate": Arrow(_CHANGEABLE, None, _DESK, "place", ("place",), undo=True),
    "urgent": Arrow(_AT_WORK, None, _DESK, "urgent", undo=True),
    "not-urgent": Arrow(_AT_WORK, None, _DESK, "not-urgent", undo=True),
    "note": Arrow(frozenset(State), None, _who(Who.UNIT, Who.CENTRE, Who.MANAGER), "noted", ("text",)),
    "hide-photo": Arrow(frozenset(State), None, _DESK, "photo-hidden", ("photo",)),
    "hide-words": Arrow(frozenset(State), None, _DESK, "words-hidden"),
    "publish": Arrow(frozenset(State), None, _DESK, "published"),
    "keep-private": Arrow(frozenset(State), None, _DESK, "kept-private", ("words",)),
    "merge": Arrow(_CHANGEABLE, S.MERGED, _DESK, "merged", ("into",)),
    "split": Arrow(_AT_WORK, None, _DESK, "split", ("parts",)),
    "take-back": Arrow(frozenset(State), None, _who(Who.UNIT, Who.CENTRE, Who.HOLDER, Who.MANAGER), "taken-back"),
    # the reporter judges
    "solved": Arrow(_only(S.DONE, S.EXTERNAL), S.CLOSED, _ANSWERING, "agreed", closed_how="agreed"),
    "half": Arrow(_only(S.DONE), S.REOPENED, _ANSWERING, "half"),
    "unsolved": Arrow(_only(S.DONE), S.REOPENED, _ANSWERING, "unsolved"),
    "cannot-tell": Arrow(_only(S.DONE), None, _ANSWERING, "cannot-tell"),
    "seen-done": Arrow(_only(S.DONE), None, _who(Who.REVIEWER), "seen-done", ("words",)),
    "seen-open": Arrow(_only(S.DONE), S.REOPENED, _who(Who.REVIEWER), "seen-open", ("words",)),
    "unreached": Arrow(_only(S.DONE), S.CLOSED, _who(Who.CALL), "not-asked", closed_how="not-asked"),
    "silence": Arrow(_only(S.DONE), S.CLOSED, _CLOCK, "no-answer", closed_how="no-answer"),
    "not-asked": Arrow(_only(S.DONE), S.CLOSED, _CLOCK, "not-asked", closed_how="not-asked"),
    "voted-solved": Arrow(_only(S.DONE), S.CLOSED, _CLOCK, "voted-solved", closed_how="voted"),
    "voted-open": Arrow(_only(S.DONE), S.REOPENED, _CLOCK, "voted-open"),
    "reopen": Arrow(_only(S.CLOSED), S.REOPENED, _ANSWERING, "reopened"),
    "contest": Arrow(_only(S.NOT_DONE), S.CONTESTED, _ANSWERING, "review-asked"),
    "keep": Arrow(_only(S.CONTESTED), S.NOT_DONE, _who(Who.REVIEWER), "review-kept", ("words",)),
    "change": Arrow(_only(S.CONTESTED), S.REOPENED, _who(Who.REVIEWER), "review-changed"),
    "withdraw": Arrow(OPEN, S.CANCELLED, _REPORTER, "withdrawn"),
    "leave": Arrow(OPEN, None, _REPORTER, "left", ("heir",)),
    "undo": Arrow(_only(S.RECEIVED), S.CANCELLED, _REPORTER, "undone"),
}


def is_allowed(arrow: str, state: str, who: frozenset[Who]) -> bool:
    """Whether somebody who is all of these may move a case in this state along this arrow."""
    found = ARROWS.get(arrow)
    return found is not None and state in found.start and bool(who & found.who)


def allowed(state: str, who: frozenset[Who]) -> tuple[str, ...]:
    """The arrows that lead on from a state, in the table's order: what a card may show."""
    return tuple(name for name in ARROWS if is_allowed(name, state, who))


def status_text(state: State, closed_how: str = "") -> str:
    """The end of the text ids `status-…` and `status-short-…` for a state."""
    name = state.replace("_", "-")
    return f"{name}-{closed_how or 'no-answer'}" if state is State.CLOSED else name
