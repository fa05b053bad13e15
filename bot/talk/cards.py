"""What a reporter reads of their own case: a line in the list, the card, the timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import orjson

from bot.domain.case import OPEN
from bot.pack.pack import Pack
from bot.talk import rich
from bot.talk.cases import DeskDetails, Details, Line, place, state_of, title, topic
from bot.talk.reader import Reader
from bot.talk.rich import Rich

CITIZENS = frozenset({"citizen", "supporter"})  # as whom they stand in events
_FILES = {"photo": "photos", "voice": "voice", "audio": "voice", "video": "video", "document": "files"}


def own_line(reader: Reader, pack: Pack, number: int, case: Line) -> Rich:
    """A case in the reporter's list."""
    return reader.rich(
        "mine-line",
        number=number,
        title=title(reader, pack, case.category, case.area),
        status=state_of(reader, case),
        date=lambda lang: reader.dates.short(lang, case.created_at),
    )


def joined_line(reader: Reader, pack: Pack, number: int, case: Line) -> Rich:
    """Another's case, in the list of somebody who shares it."""
    return reader.rich(
        "mine-line-joined",
        number=number,
        title=title(reader, pack, case.category, case.area),
        status=state_of(reader, case, short=True),
        date=lambda lang: reader.dates.short(lang, case.created_at),
    )


def joined_card(reader: Reader, pack: Pack, case: DeskDetails, now: int) -> Rich:
    """A case as somebody sees it who shares it: not the reporter's words, nor where exactly it is."""
    head = reader.rich(
        "case-card",
        title=rich.bold(title(reader, pack, case.category, case.area)),
        code=reader.code(case.code),
        status=state_of(reader, case, short=True),
        date=reader.date(case.created_at),
    )
    people = reader.rich("case-line-people", count=case.supporters + 1)
    return rich.join(reader.rich("joined-head"), rich.join(head, people, *_promises(reader, pack, case, now)))


def own_card(reader: Reader, pack: Pack, case: Details, kinds: Sequence[str], now: int) -> Rich:
    """A case as its reporter sees it: names and times only where the municipality has confirmed them."""
    head = reader.rich(
        "case-card",
        title=rich.bold(title(reader, pack, case.category, case.area)),
        code=reader.code(case.code),
        status=state_of(reader, case),
        date=reader.date(case.created_at),
    )
    return rich.join(
        rich.join(head, *_promises(reader, pack, case, now)), rich.join(*_given(reader, pack, case, kinds)), gap="\n\n"
    )


def _promises(reader: Reader, pack: Pack, case: Details, now: int) -> list[Rich]:
    lines = []
    name = pack.department_name(case.department, reader.lang) if case.department in pack.departments else None
    if name:
        lines.append(reader.rich("case-line-department", department=name))
    category = pack.categories.get(case.category)
    if category and category.target_confirmed and case.target_at and case.state in OPEN:
        late = case.target_at < now
        lines.append(reader.rich("case-line-late") if late else _expected(reader, case.target_at))
    return lines


def _expected(reader: Reader, target_at: int) -> Rich:
    return reader.rich("case-line-target", target=reader.date(target_at))


def _given(reader: Reader, pack: Pack, case: Details, kinds: Sequence[str]) -> list[Rich]:
    lines = [reader.rich("report-line-text", text=case.words)] if case.words else []
    for name, count in Counter(_FILES[kind] for kind in kinds).items():
        lines.append(reader.rich(f"report-line-{name}", count=count))
    where = place(reader, pack, case)
    if where:
        lines.append(reader.rich("report-line-place", place=where))
    if case.answer:
        lines.append(reader.rich("report-line-answer", text=case.answer))
    return lines


class Event(Protocol):
    """What a timeline needs of an event."""

    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> int: ...
    @property
    def person_id(self) -> int | None: ...
    @property
    def by(self) -> str: ...
    @property
    def data(self) -> str: ...
    @property
    def words(self) -> str: ...


# Kinds of events, and the ends of their text ids `case-event-…`: what a reporter reads, and what others do.
_CITIZEN = {
    "filed": "filed",
    "phone": "phone",
    "split-off": "split-off",
    "recurring": "recurring",
    "claimed-by-caller": "claimed-by-caller",
    "reviewing": "reviewing",
    "referred": "referred",
    "started": "started",
    "asked": "asked",
    "answered": "answered",
    "added": "added",
    "recategorised": "recategorised",
    "place": "place",
    "extended": "extended",
    "late": "late",
    "done": "done",
    "agreed": "agreed",
    "half": "half",
    "unsolved": "unsolved",
    "cannot-tell": "cannot-tell",
    "seen-done": "seen-done",
    "seen-open": "seen-open",
    "voted-solved": "voted-solved",
    "voted-open": "voted-open",
    "no-answer": "closed-no-answer",
    "not-asked": "closed-not-asked",
    "not-done": "not-done",
    "adopted": "adopted",
    "planned": "planned",
    "studied": "studied",
    "declined": "declined",
    "review-adopted": "review-adopted",
    "review-planned": "review-planned",
    "review-studied": "review-studied",
    "review-asked": "review-asked",
    "review-kept": "review-kept",
    "review-changed": "reopened",
    "reopened": "reopened",
    "external": "external",
    "passed-on": "passed-on",
    "merged": "merged",
    "joined": "joined",
    "split": "split",
    "withdrawn": "withdrawn",
    "undone": "withdrawn",
    "taken-back": "taken-back",
}
_OTHERS = frozenset(
    ("asked", "answered", "agreed", "half", "unsolved", "cannot-tell", "no-answer", "not-asked", "review-asked")
) | {"withdrawn", "undone", "voted-solved", "voted-open"}
_DESK = frozenset(
    ("claimed", "released", "given-up", "handed", "urgent", "not-urgent", "noted", "photo-hidden", "words-hidden")
) | {"published", "kept-private", "not-answered", "left", "unjoined", "voted", "gathered"}
_DESK |= {"sender-blocked", "sender-unblocked"}


_ANSWERS = frozenset(
    ("adopted", "planned", "studied", "declined", "review-adopted", "review-planned", "review-studied")
)  # of a suggestion
_SAID_WITH_IT = _ANSWERS | {"not-done", "review-kept", "extended"}


def timeline(reader: Reader, pack: Pack, code: str, events: Iterable[Event], me: int = 0) -> Rich:
    """What happened to one's own report, oldest first. Pieces that came together (an album) make one line.

    `me`: what another citizen added is not told; what its first reporter said, before they left it to `me`, is told as
    to others.
    """
    own = [event for event in events if event.kind != "added" or event.person_id == me or not me]
    since = max((at for at, event in enumerate(own) if event.kind == "left"), default=-1)
    return _timeline(reader, pack, code, [(event, at <= since) for at, event in enumerate(own)])


def joined_timeline(reader: Reader, pack: Pack, code: str, events: Iterable[Event]) -> Rich:
    """The same for somebody who shares the report. That others added something is not told."""
    return _timeline(reader, pack, code, [(event, True) for event in events if event.kind != "added"])


def _timeline(reader: Reader, pack: Pack, code: str, events: Iterable[tuple[Event, bool]]) -> Rich:
    """Events, and whether each is told as to somebody else than the reporter."""
    lines = [reader.rich("case-timeline", code=reader.code(code))]
    before = ("", "")
    for event, other in events:
        here = (event.kind, reader.dates.date_clock(reader.lang, event.at))
        if event.kind in _CITIZEN and here != before:
            text = _text(event.kind, other=other)
            lines.append(_line(reader, event, _said(reader, pack, event, text)))
        before = here
    return rich.join(*lines)


def desk_timeline(reader: Reader, pack: Pack, code: str, events: Iterable[Event], names: Mapping[int, str]) -> Rich:
    """The same for officials, with the names of colleagues and what they wrote. Reporter and supporters have no name
    here, be they officials themselves.
    """
    lines = [reader.rich("case-timeline", code=reader.code(code))]
    for event in events:
        text = _desk_text(event.kind)
        if not text:
            continue
        said = _said(reader, pack, event, text)
        name = "" if event.by in CITIZENS else names.get(event.person_id or 0, "")
        who = reader.line("desk-event-by", event=said, name=name) if name else said
        lines.append(_line(reader, event, who))
        if event.words and event.kind not in _SAID_WITH_IT:
            lines.append(reader.rich("desk-event-words", text=event.words))
    return rich.join(*lines)


def event_said(reader: Reader, pack: Pack, event: Event) -> str:
    """One event of a case in words, as officials read it; "" for a kind that no timeline shows."""
    text = _desk_text(event.kind)
    return _said(reader, pack, event, text) if text else ""


def _desk_text(kind: str) -> str:
    """The text of an event for officials; "" for what no timeline shows."""
    if kind in _DESK:
        return f"desk-event-{kind}"
    if kind in _CITIZEN:
        return _text(kind, other=True)
    return ""


def _text(kind: str, *, other: bool) -> str:
    return f"case-event-{_CITIZEN[kind]}{'-other' if other and kind in _OTHERS else ''}"


def _line(reader: Reader, event: Event, said: str) -> Rich:
    return reader.rich("case-event", date=reader.date_clock(event.at), event=said)


def _said(reader: Reader, pack: Pack, event: Event, text: str) -> str:
    """The event in words, with what it was about where that may be told."""
    data = orjson.loads(event.data)
    department = data.get("department", "")
    name = pack.department_name(department, reader.lang) if department in pack.departments else None
    if event.kind == "referred" and name:
        return reader.line("case-event-referred-named", department=name)
    org = pack.bodies[data["org"]].name(reader.lang) if data.get("org") in pack.bodies else ""
    return reader.line(
        text,
        reason=event.words or reader.line("desk-text-unknown"),
        target=reader.date(data.get("target", event.at)),
        org=org or reader.line("case-org-unknown"),
        reference=reader.digits(data.get("reference", "")),
        code=reader.code(data.get("code", "")) if data.get("code") else "",
        old=topic(reader, pack, data.get("old", "")),
        new=topic(reader, pack, data.get("new", "")),
    )
