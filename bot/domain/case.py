"""The case: its states, and who may bring it from one to another. One table decides; everything else is refused.

A suggestion is a case of its own kind: it goes along fewer of these arrows and along some of its own
(docs/decisions/0010).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

REPORT, SUGGESTION = "", "suggestion"
"""Kinds of cases. A suggestion has its kind for a category too: no pack has one of that name."""
STANDINGS = ("citizen", "expert", "ngo", "office")
"""In whose name somebody suggests something, as they themselves say."""


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
    back for a minute. `kinds`: of the cases that it is for.
    """

    start: frozenset[State]
    end: State | None
    who: frozenset[Who]
    event: str
    needs: tuple[str, ...] = ()
    closed_how: str = ""
    undo: bool = False
    back: bool = False
    kinds: frozenset[str] = frozenset({REPORT})


def _who(*who: Who) -> frozenset[Who]:
    return frozenset(who)


def _only(*states: State) -> frozenset[State]:
    return frozenset(states)


S = State
_REPORTER, _CLOCK = _who(Who.REPORTER), _who(Who.CLOCK)
_ANSWERING = _who(Who.REPORTER, Who.CALL)
_UNIT, _CENTRE, _HOLDER = _who(Who.UNIT), _who(Who.CENTRE), _who(Who.HOLDER)
_DESK, _REVIEWER = _who(Who.UNIT, Who.CENTRE), _who(Who.REVIEWER)
_AT_WORK, _CONTESTED = NEW | {State.IN_PROGRESS}, _only(S.CONTESTED)
_BOTH, _IDEAS = frozenset({REPORT, SUGGESTION}), frozenset({SUGGESTION})

ARROWS: dict[str, Arrow] = {
    # the desk takes it
    "accept": Arrow(NEW, S.IN_PROGRESS, _UNIT, "started", undo=True),
    "read": Arrow(_only(S.RECEIVED), S.REVIEWING, _UNIT, "reviewing", kinds=_BOTH),  # of the centre, at its own desk
    "claim": Arrow(NEW, None, _UNIT, "claimed", kinds=_BOTH),
    "release": Arrow(NEW, None, _UNIT, "released", kinds=_BOTH),
    "give-up": Arrow(_only(S.IN_PROGRESS), S.REFERRED, _HOLDER, "given-up", kinds=_BOTH),
    "hand": Arrow(
        _AT_WORK, None, _who(Who.HOLDER, Who.MANAGER, Who.UNIT), "handed", ("colleague",), undo=True, kinds=_BOTH
    ),
    # the desk sends it on
    "route": Arrow(_AT_WORK | {S.EXTERNAL}, S.REFERRED, _CENTRE, "referred", ("department",), undo=True, kinds=_BOTH),
    "refer": Arrow(_AT_WORK, S.REFERRED, _UNIT, "referred", ("department", "words"), undo=True, kinds=_BOTH),
    "external": Arrow(_AT_WORK, S.EXTERNAL, _DESK, "external", ("org",), undo=True),
    "pass-on": Arrow(_only(S.EXTERNAL), None, _CENTRE, "passed-on", ("reference",)),
    # between desk and reporter
    "ask": Arrow(_AT_WORK, S.NEED_INFO, _DESK, "asked", ("text",), undo=True, kinds=_BOTH),
    "answer": Arrow(_only(S.NEED_INFO), None, _ANSWERING, "answered", back=True, kinds=_BOTH),
    "unanswered": Arrow(_only(S.NEED_INFO), None, _CLOCK, "not-answered", back=True, kinds=_BOTH),
    "extend": Arrow(_AT_WORK, None, _DESK, "extended", ("date", "words"), undo=True),
    # the desk says how it ended
    "done": Arrow(_only(S.IN_PROGRESS), S.DONE, _HOLDER, "done", ("picture", "words"), undo=True),
    "refuse": Arrow(_AT_WORK, S.NOT_DONE, _DESK, "not-done", ("reason", "words"), undo=True),
    # the city answers a suggestion
    "adopt": Arrow(_AT_WORK, S.CLOSED, _DESK, "adopted", ("words",), "accepted", undo=True, kinds=_IDEAS),
    "plan": Arrow(_AT_WORK, S.CLOSED, _DESK, "planned", ("words",), "planned", undo=True, kinds=_IDEAS),
    "study": Arrow(_AT_WORK, S.IN_PROGRESS, _UNIT, "studied", ("words",), undo=True, kinds=_IDEAS),
    "decline": Arrow(_AT_WORK, S.NOT_DONE, _DESK, "declined", ("words",), undo=True, kinds=_IDEAS),
    # repairs
    "recategorise": Arrow(_CHANGEABLE, None, _DESK, "recategorised", ("category",), undo=True),
    "relocate": Arrow(_CHANGEABLE, None, _DESK, "place", ("place",), undo=True),
    "urgent": Arrow(_AT_WORK, None, _DESK, "urgent", undo=True),
    "not-urgent": Arrow(_AT_WORK, None, _DESK, "not-urgent", undo=True),
    "note": Arrow(frozenset(State), None, _who(Who.UNIT, Who.CENTRE, Who.MANAGER), "noted", ("text",), kinds=_BOTH),
    "hide-photo": Arrow(frozenset(State), None, _DESK, "photo-hidden", ("photo",), kinds=_BOTH),
    "hide-words": Arrow(frozenset(State), None, _DESK, "words-hidden", kinds=_BOTH),
    "publish": Arrow(frozenset(State), None, _DESK, "published", kinds=_BOTH),
    "keep-private": Arrow(frozenset(State), None, _DESK, "kept-private", ("words",), kinds=_BOTH),
    "merge": Arrow(_CHANGEABLE, S.MERGED, _DESK, "merged", ("into",)),
    "split": Arrow(_AT_WORK, None, _DESK, "split", ("parts",)),
    "take-back": Arrow(
        frozenset(State), None, _who(Who.UNIT, Who.CENTRE, Who.HOLDER, Who.MANAGER), "taken-back", kinds=_BOTH
    ),
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
    "contest": Arrow(_only(S.NOT_DONE), S.CONTESTED, _ANSWERING, "review-asked", kinds=_BOTH),
    "keep": Arrow(_only(S.CONTESTED), S.NOT_DONE, _who(Who.REVIEWER), "review-kept", ("words",), kinds=_BOTH),
    "change": Arrow(_only(S.CONTESTED), S.REOPENED, _who(Who.REVIEWER), "review-changed"),
    "re-adopt": Arrow(_CONTESTED, S.CLOSED, _REVIEWER, "review-adopted", ("words",), "accepted", kinds=_IDEAS),
    "re-plan": Arrow(_CONTESTED, S.CLOSED, _REVIEWER, "review-planned", ("words",), "planned", kinds=_IDEAS),
    "re-study": Arrow(_CONTESTED, S.REOPENED, _REVIEWER, "review-studied", ("words",), kinds=_IDEAS),
    "withdraw": Arrow(OPEN, S.CANCELLED, _REPORTER, "withdrawn", kinds=_BOTH),
    "leave": Arrow(OPEN, None, _REPORTER, "left", ("heir",)),
    "undo": Arrow(_only(S.RECEIVED), S.CANCELLED, _REPORTER, "undone"),
}


def is_allowed(arrow: str, state: str, who: frozenset[Who], kind: str = REPORT) -> bool:
    """Whether somebody who is all of these may move a case of this kind in this state along this arrow."""
    found = ARROWS.get(arrow)
    return found is not None and kind in found.kinds and state in found.start and bool(who & found.who)


def allowed(state: str, who: frozenset[Who], kind: str = REPORT) -> tuple[str, ...]:
    """The arrows that lead on from a state, in the table's order: what a card may show."""
    return tuple(name for name in ARROWS if is_allowed(name, state, who, kind))


def status_text(state: State, closed_how: str = "") -> str:
    """The end of the text ids `status-…` and `status-short-…` for a state."""
    name = state.replace("_", "-")
    return f"{name}-{closed_how or 'no-answer'}" if state is State.CLOSED else name


_SUGGESTED = {
    S.IN_PROGRESS: "more",
    S.REOPENED: "more",
    S.NEED_INFO: "asked",
    S.CONTESTED: "contested",
    S.NOT_DONE: "declined",
    S.CANCELLED: "withdrawn",
}


def suggestion_text(state: State, closed_how: str = "") -> str:
    """The same of a suggestion, for the text ids `suggest-status-…`: its answer, or that it has none yet."""
    return closed_how or "accepted" if state is State.CLOSED else _SUGGESTED.get(state, "received")
