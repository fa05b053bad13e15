"""The case: its states, and who may bring it from one to another."""

from __future__ import annotations

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


def status_text(state: State, closed_how: str = "") -> str:
    """The end of the text ids `status-…` and `status-short-…` for a state."""
    name = state.replace("_", "-")
    return f"{name}-{closed_how or 'no-answer'}" if state is State.CLOSED else name
