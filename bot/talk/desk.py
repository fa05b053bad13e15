"""Cards and lines for staff, to be read on a phone in the street. They never say who reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.clock import DAY
from bot.domain.case import WORK, State
from bot.pack.pack import Pack
from bot.talk import rich
from bot.talk.cases import DeskDetails, DeskLine, Facts, Line, area_name, place, state_of, topic
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


def suggestion_alert(reader: Reader, pack: Pack, case: Facts, kinds: Sequence[str], *, ask: bool) -> Rich:
    """A new suggestion. `ask`: also whether everybody may read it."""
    head = reader.rich("desk-new-suggestion", code=reader.code(case.code), name=_standing(reader, case))
    words = reader.rich("desk-new-text", text=clip(case.words)) if case.words else ()
    where = place(reader, pack, case)
    spot = reader.rich("desk-new-place", place=where) if where else ()
    voice = reader.rich("desk-card-voice") if {"voice", "audio"} & set(kinds) else ()
    question = reader.rich("suggest-moderate") if ask else ()
    return rich.join(head, words, rich.join(spot, voice), question, gap="\n\n")


def _standing(reader: Reader, case: Facts) -> str:
    return reader.line(f"btn-as-{case.standing}")


def secret_alert(reader: Reader, pack: Pack, case: Facts) -> Rich:
    """A new confidential case: nothing of its words or place, for it may be read over a shoulder."""
    name = rich.bold(topic(reader, pack, case.category))
    return reader.rich("desk-new-private", code=reader.code(case.code), title=name)


@dataclass(frozen=True, slots=True)
class Around:
    """What a card says besides the report. `holder`, `claimed`: names of colleagues; `earlier`: reports of the same
    reporter; `notes`: internal ones; `near`: similar cases about there; `caller`: the number, for the centre alone;
    `same_place`: where it is one of many at its place, how many, within how many metres and days.
    """

    now: int
    holder: str = ""
    claimed: str = ""
    earlier: int = 0
    near: int = 0
    same_place: tuple[int, int, int] | None = None
    notes: Sequence[str] = ()
    most_referrals: int = 0
    caller: str = ""


def desk_card(
    reader: Reader, pack: Pack, case: DeskDetails, kinds: Sequence[str], added: Iterable[str], around: Around
) -> Rich:
    """A case as the desk sees it. `kinds`: of its files; `added`: words that came after filing."""
    head = _head(reader, pack, case)
    more = [reader.rich("desk-card-added", text=words) for words in added]
    answer = [reader.rich("report-line-answer", text=case.answer)] if case.answer else []
    urgent = reader.rich("desk-card-urgent") if case.urgent else ()
    notes = rich.join(*_pressing(reader, case, around), *_notes(reader, case, kinds))
    life = rich.join(*_life(reader, pack, case, around))
    return rich.join(rich.join(urgent, head), rich.join(*answer, *more), notes, life, gap="\n\n")


def _head(reader: Reader, pack: Pack, case: DeskDetails) -> Rich:
    said: dict[str, Any] = {
        "code": reader.code(case.code),
        "title": rich.bold(topic(reader, pack, case.category)),
        "text": reader.line("desk-text-hidden") if case.hidden else case.words or reader.line("desk-text-unknown"),
        "date": reader.date_clock(case.created_at),
        "status": state_of(reader, case, short=True),
    }
    where = place(reader, pack, case)
    if case.kind:
        spot = reader.rich("desk-new-place", place=where) if where else ()
        return rich.join(reader.rich("desk-suggestion", name=_standing(reader, case), **said), spot)
    area = area_name(reader, pack, case.area) or reader.line("desk-area-unknown")
    return reader.rich("desk-card", area=area, place=where or reader.line("desk-place-unknown"), **said)


def _pressing(reader: Reader, case: DeskDetails, around: Around) -> list[Rich]:
    """Until when, and who has it."""
    lines = []
    if not case.kind and (case.state in WORK or case.state == State.NEED_INFO):
        lines.append(reader.rich("desk-card-due", due=due(reader, case, around.now)))
        if case.target_at and case.state in WORK and (days := (around.now - case.target_at) // DAY) > 0:
            lines.append(reader.rich("desk-card-late", days=days))
    if around.holder:
        lines.append(reader.rich("desk-card-holder", name=around.holder))
    if around.claimed:
        lines.append(reader.rich("desk-claimed-by", name=around.claimed))
    if around.caller:
        lines.append(reader.rich("desk-card-caller", number=around.caller))
    return lines


def _life(reader: Reader, pack: Pack, case: DeskDetails, around: Around) -> list[Rich]:
    """What has been with it so far, and what stands around it."""
    lines = []
    if case.reopened:
        lines.append(reader.rich("desk-card-reopened", count=case.reopened))
    if case.referrals:
        lines.append(reader.rich("desk-card-referrals", count=case.referrals, max=around.most_referrals))
    if case.supporters and case.kind:
        lines.append(reader.rich("desk-card-agree", count=case.supporters))
    elif case.supporters:
        lines.append(reader.rich("desk-card-people", count=case.supporters + 1))
    if case.kind and case.public:
        lines.append(reader.rich("desk-card-published" if case.published else "suggest-desk-card-consent"))
    if case.org in pack.bodies:
        text = "desk-card-passed-on" if case.reference else "desk-card-external"
        org = pack.bodies[case.org].name(reader.lang)
        lines.append(reader.rich(text, org=org, reference=reader.digits(case.reference)))
    if around.earlier:
        lines.append(reader.rich("desk-card-earlier", count=around.earlier))
    if around.near:
        lines.append(reader.rich("desk-card-near", count=around.near))
    if around.same_place:
        count, metres, days = around.same_place
        lines.append(reader.rich("desk-card-same-place", count=count, metres=metres, days=days))
    return [*lines, *(reader.rich("desk-card-note", text=words) for words in around.notes)]


def desk_line(reader: Reader, pack: Pack, number: int, case: DeskLine, now: int) -> Rich:
    """A case in a list of the desk; a late one says by how many days."""
    mark = "🔴 " if case.urgent else "🔄 " if case.reopened else ""
    days = (now - case.target_at) // DAY if case.target_at and case.state in WORK else 0
    return reader.rich(
        "desk-line-late" if days > 0 else "desk-line",
        days=days,
        number=number,
        code=reader.code(case.code),
        title=mark + topic(reader, pack, case.category),
        area=area_name(reader, pack, case.area) or reader.line("desk-area-unknown"),
    )


def found_line(reader: Reader, pack: Pack, number: int, case: Line) -> Rich:
    """A case among those that were found: its state and day as well."""
    return reader.rich(
        "desk-found-line",
        number=number,
        code=reader.code(case.code),
        title=("🔴 " if case.urgent else "") + topic(reader, pack, case.category),
        area=area_name(reader, pack, case.area) or reader.line("desk-area-unknown"),
        status=state_of(reader, case, short=True),
        date=lambda lang: reader.dates.short(lang, case.created_at),
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
    if case.public and not case.kind:
        notes.append(reader.rich("desk-card-consent"))
    if case.channel == "phone":
        notes.append(reader.rich("desk-card-phone"))
    elif case.channel:
        notes.append(reader.rich("desk-card-channel", channel=reader.line(f"channel-{case.channel}")))
    return notes


def clip(words: str) -> str:
    """Words short enough for a glance, cut between words."""
    return words if len(words) <= SHORT else words[:SHORT].rsplit(None, 1)[0] + _CLIP
