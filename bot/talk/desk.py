"""Cards and lines for staff, to be read on a phone in the street. They never say who reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.clock import DAY
from bot.pack.pack import Pack
from bot.talk import rich
from bot.talk.cases import Details, Facts, Line, area_name, place, status, topic
from bot.talk.reader import Reader
from bot.talk.rich import Rich

SHORT = 500  # letters of the citizen's words in an alert; the card that it opens has all of them
_CLIP = " …"


def alert(reader: Reader, pack: Pack, case: Facts, kinds: Sequence[str], now: int) -> Rich:
    """A new case, to be understood at one glance. `kinds`: those of its files that are on their way."""
    head = reader.rich(
        "desk-new-urgent" if case.urgent else "desk-new-case",
        code=reader.code(case.code),
        title=rich.bold(topic(reader, pack, case.category)),
        area=area_name(reader, pack, case.area) or reader.line("desk-area-unknown"),
        due=due(reader, case, now),
    )
    where = reader.rich("desk-new-place", place=place(reader, pack, case) or reader.line("desk-place-unknown"))
    words = reader.rich("desk-new-text", text=clip(case.words)) if case.words else ()
    return rich.join(rich.join(head, where), words, rich.join(*_notes(reader, case, kinds)), gap="\n\n")


def secret_alert(reader: Reader, pack: Pack, case: Facts) -> Rich:
    """A new confidential case: nothing of its words or place, for it may be read over a shoulder."""
    name = rich.bold(topic(reader, pack, case.category))
    return reader.rich("desk-new-private", code=reader.code(case.code), title=name)


def desk_card(reader: Reader, pack: Pack, case: Details, kinds: Sequence[str], added: Iterable[str], now: int) -> Rich:
    """A case as the desk sees it. `kinds`: of its files; `added`: words that came after filing."""
    head = reader.rich(
        "desk-card",
        code=reader.code(case.code),
        title=rich.bold(topic(reader, pack, case.category)),
        area=area_name(reader, pack, case.area) or reader.line("desk-area-unknown"),
        place=place(reader, pack, case) or reader.line("desk-place-unknown"),
        text=case.words or reader.line("desk-text-unknown"),
        date=reader.date_clock(case.created_at),
        status=status(reader, case.state, case.closed_how, short=True),
    )
    more = [reader.rich("desk-card-added", text=words) for words in added]
    answer = [reader.rich("report-line-answer", text=case.answer)] if case.answer else []
    urgent = reader.rich("desk-card-urgent") if case.urgent else ()
    until = reader.rich("desk-card-due", due=due(reader, case, now))
    notes = rich.join(until, *_notes(reader, case, kinds))
    return rich.join(rich.join(urgent, head), rich.join(*answer, *more), notes, gap="\n\n")


def desk_line(reader: Reader, pack: Pack, number: int, case: Line) -> Rich:
    """A case in a list of the desk."""
    mark = "🔴 " if case.urgent else ""
    return reader.rich(
        "desk-line",
        number=number,
        code=reader.code(case.code),
        title=mark + topic(reader, pack, case.category),
        area=area_name(reader, pack, case.area) or reader.line("desk-area-unknown"),
    )


def due(reader: Reader, case: Facts, now: int) -> Callable[[str], str]:
    """By when: the day as people say it; with the clock where hours count."""
    at = case.target_at
    if at is None:
        return lambda lang: reader.texts.line(lang, "desk-due-unknown")
    if not case.urgent and at - now > DAY:
        return lambda lang: reader.dates.day(lang, at, now)

    def with_clock(lang: str) -> str:
        day, clock = reader.dates.day(lang, at, now), reader.dates.clock(lang, at)
        return reader.texts.line(lang, "time-date-clock", date=day, clock=clock)

    return with_clock


def _notes(reader: Reader, case: Facts, kinds: Sequence[str]) -> list[Rich]:
    notes = [reader.rich("desk-card-voice")] if {"voice", "audio"} & set(kinds) else []
    if case.photo_missing and not {"photo", "video"} & set(kinds):
        notes.append(reader.rich("desk-card-photo-missing"))
    if case.public:
        notes.append(reader.rich("desk-card-consent"))
    if case.channel:
        notes.append(reader.rich("desk-card-channel", channel=reader.line(f"channel-{case.channel}")))
    return notes


def clip(words: str) -> str:
    """Words short enough for a glance, cut between words."""
    return words if len(words) <= SHORT else words[:SHORT].rsplit(None, 1)[0] + _CLIP
