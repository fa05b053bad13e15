"""What a reporter reads of their own case: a line in the list, the card, the timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.domain.case import OPEN
from bot.pack.pack import Pack
from bot.talk import rich
from bot.talk.cases import Details, Line, place, status, title
from bot.talk.reader import Reader
from bot.talk.rich import Rich

_FILES = {"photo": "photos", "voice": "voice", "audio": "voice", "video": "video", "document": "files"}


def own_line(reader: Reader, pack: Pack, number: int, case: Line) -> Rich:
    """A case in the reporter's list."""
    return reader.rich(
        "mine-line",
        number=number,
        title=title(reader, pack, case.category, case.area),
        status=status(reader, case.state, case.closed_how),
        date=lambda lang: reader.dates.short(lang, case.created_at),
    )


def own_card(reader: Reader, pack: Pack, case: Details, kinds: Sequence[str], now: int) -> Rich:
    """A case as its reporter sees it: names and times only where the municipality has confirmed them."""
    head = reader.rich(
        "case-card",
        title=rich.bold(title(reader, pack, case.category, case.area)),
        code=reader.code(case.code),
        status=status(reader, case.state, case.closed_how),
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


_EVENTS = {
    "filed": "case-event-filed",
    "added": "case-event-added",
    "withdrawn": "case-event-withdrawn",
    "undone": "case-event-withdrawn",
    "started": "case-event-started",
    "done": "case-event-done",
    "agreed": "case-event-agreed",
    "half": "case-event-half",
    "unsolved": "case-event-unsolved",
    "cannot-tell": "case-event-cannot-tell",
}


def timeline(reader: Reader, code: str, events: Iterable[tuple[str, int]]) -> Rich:
    """What happened, oldest first. Pieces that came together (an album) make one line."""
    lines = [reader.rich("case-timeline", code=reader.code(code))]
    before = ("", "")
    for kind, at in events:
        here = (kind, reader.dates.date_clock(reader.lang, at))
        if kind in _EVENTS and here != before:
            lines.append(reader.rich("case-event", date=reader.date_clock(at), event=reader.line(_EVENTS[kind])))
        before = here
    return rich.join(*lines)
