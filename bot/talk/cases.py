"""What every card of a case is made of: what is needed of it, and its topic, place and state in words.

A title is topic and rough place, never the citizen's words.
"""

from __future__ import annotations

from typing import Protocol

from bot.domain.case import SUGGESTION, State, status_text, suggestion_text
from bot.pack.catalogue import OTHER
from bot.pack.pack import Pack
from bot.talk.reader import Reader


class Line(Protocol):
    """What lists need of a case."""

    @property
    def code(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def area(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def closed_how(self) -> str: ...
    @property
    def urgent(self) -> bool: ...
    @property
    def created_at(self) -> int: ...
    @property
    def kind(self) -> str: ...


class DeskLine(Line, Protocol):
    """What lists of the desk need besides."""

    @property
    def target_at(self) -> int | None: ...
    @property
    def reopened(self) -> int: ...


class Where(Protocol):
    """What a place in words needs of a case."""

    @property
    def lat(self) -> float | None: ...
    @property
    def address(self) -> str: ...
    @property
    def landmark(self) -> str: ...


class Facts(Where, Protocol):
    """What cards need of a case; rows of the store and new cases have it."""

    @property
    def code(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def area(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def urgent(self) -> bool: ...
    @property
    def public(self) -> bool: ...
    @property
    def photo_missing(self) -> bool: ...
    @property
    def target_at(self) -> int | None: ...
    @property
    def channel(self) -> str: ...
    @property
    def created_at(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def standing(self) -> str: ...


class Details(Facts, Protocol):
    """The same after filing."""

    @property
    def state(self) -> str: ...
    @property
    def closed_how(self) -> str: ...
    @property
    def department(self) -> str: ...
    @property
    def answer(self) -> str: ...


class DeskDetails(Details, Protocol):
    """What the desk needs besides."""

    @property
    def hidden(self) -> bool: ...
    @property
    def published(self) -> bool: ...
    @property
    def reopened(self) -> int: ...
    @property
    def referrals(self) -> int: ...
    @property
    def supporters(self) -> int: ...
    @property
    def org(self) -> str: ...
    @property
    def reference(self) -> str: ...


def topic(reader: Reader, pack: Pack, category: str) -> str:
    """The name of the category, that it is not known yet, or that it is no report but a suggestion."""
    if category == SUGGESTION:
        return reader.line("suggest-topic")
    found = pack.categories.get(category)
    return found.name(reader.lang) if found and found.key != OTHER else reader.line("case-title-unknown")


def title(reader: Reader, pack: Pack, category: str, area: str) -> str:
    """Topic and rough place."""
    where = area_name(reader, pack, area)
    name = topic(reader, pack, category)
    return reader.line("case-title", category=name, area=where) if where else name


def area_name(reader: Reader, pack: Pack, area: str) -> str:
    """The name of an area, "" where it is not known."""
    return next((one.name(reader.lang) for one in pack.areas if one.key == area), "")


def org_name(reader: Reader, pack: Pack, org: str) -> str:
    """The name of a body outside; one that the pack has no more is only another body."""
    found = pack.bodies.get(org)
    return found.name(reader.lang) if found else reader.line("case-org-unknown")


def place(reader: Reader, pack: Pack, case: Where) -> str:
    """The place in words, "" where none was given. A landmark is a key of the pack, or what somebody typed."""
    known = pack.landmarks.get(case.landmark)
    landmark = known.name(reader.lang) if known else case.landmark
    # What somebody typed says by itself whether it is near, opposite or behind.
    near = reader.line("place-near", landmark=landmark) if known else landmark
    near = "" if landmark == case.address else near
    words = " — ".join(filter(None, (case.address, near)))
    return words or (reader.line("place-pin") if case.lat is not None else "")


class Kinded(Protocol):
    """What tells a suggestion from a report."""

    @property
    def kind(self) -> str: ...


class Stands(Kinded, Protocol):
    """What its state in words needs of a case."""

    @property
    def state(self) -> str: ...
    @property
    def closed_how(self) -> str: ...


def state_of(reader: Reader, case: Stands, *, short: bool = False) -> str:
    """The state of a case in words: the reporter's, or the short ones for everybody else. Of a suggestion its answer,
    which is the same for all.
    """
    if case.kind == SUGGESTION:
        return reader.line(f"suggest-status-{suggestion_text(State(case.state), case.closed_how)}")
    return status(reader, case.state, case.closed_how, short=short)


def of_kind(case: Kinded, text: str) -> str:
    """The id of a text about a case: `suggest-` stands before it where a suggestion has one of its own."""
    return f"suggest-{text}" if case.kind == SUGGESTION else text


def status(reader: Reader, state: str, closed_how: str = "", *, short: bool = False) -> str:
    """A state of reports in words."""
    return reader.line(f"status-{'short-' if short else ''}{status_text(State(state), closed_how)}")
