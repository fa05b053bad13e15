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
    REOPENED = "reopened"
    MERGED = "merged"
    CANCELLED = "cancelled"


ENDED = frozenset({State.CLOSED, State.NOT_DONE, State.MERGED, State.CANCELLED})
OPEN = frozenset(State) - ENDED


class Who(StrEnum):
    """As what somebody moves a case. The doer is never the judge: only its reporter agrees that it is solved."""

    REPORTER = "citizen"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from some states to one. `event`: the kind of event that it leaves; `closed_how`: how the case ended."""

    start: frozenset[State]
    end: State
    who: frozenset[Who]
    event: str
    needs_words: bool = False
    closed_how: str = ""


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


_REPORTER, _DESK = frozenset({Who.REPORTER}), frozenset({Who.DESK})
_UNTOUCHED = _from(State.RECEIVED, State.REVIEWING, State.REFERRED, State.REOPENED)

ARROWS: dict[str, Arrow] = {
    "accept": Arrow(_UNTOUCHED, State.IN_PROGRESS, _DESK, "started"),
    "done": Arrow(_from(State.IN_PROGRESS), State.DONE, _DESK, "done", needs_words=True),
    "solved": Arrow(_from(State.DONE), State.CLOSED, _REPORTER, "agreed", closed_how="agreed"),
    "half": Arrow(_from(State.DONE), State.REOPENED, _REPORTER, "half"),
    "unsolved": Arrow(_from(State.DONE), State.REOPENED, _REPORTER, "unsolved"),
    "cannot-tell": Arrow(_from(State.DONE), State.DONE, _REPORTER, "cannot-tell"),
    "withdraw": Arrow(OPEN, State.CANCELLED, _REPORTER, "withdrawn"),
    "undo": Arrow(_from(State.RECEIVED), State.CANCELLED, _REPORTER, "undone"),
}


def is_allowed(arrow: str, state: str, who: Who) -> bool:
    """Whether this one may move a case in this state along this arrow."""
    found = ARROWS.get(arrow)
    return found is not None and state in found.start and who in found.who


def allowed(state: str, who: Who) -> tuple[str, ...]:
    """The arrows that lead on from a state, in the table's order: what a card shows."""
    return tuple(name for name in ARROWS if is_allowed(name, state, who))


def status_text(state: State, closed_how: str = "") -> str:
    """The end of the text ids `status-…` and `status-short-…` for a state."""
    name = state.replace("_", "-")
    return f"{name}-{closed_how or 'no-answer'}" if state is State.CLOSED else name
