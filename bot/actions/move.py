"""The only door to a case's state. Buttons, dialogues and later the clock come through here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import orjson

from bot.actions.city import City
from bot.actions.staff import tell_staff
from bot.domain.case import ARROWS, Arrow, Who, allowed, is_allowed
from bot.errors import Refused
from bot.store import tables
from bot.store.cases import CaseRow
from bot.store.people import addresses
from bot.store.person import Address
from bot.store.work import Priority, Work
from bot.talk import cases as said
from bot.talk.reader import Reader
from bot.talk.screen import Media

Tell = Callable[["Work", "City", "CaseRow", "Fields"], Awaitable[None]]
ANSWERS = ("solved", "half", "unsolved", "cannot-tell")
ANSWER_VERB = "w-say"


@dataclass(frozen=True, slots=True)
class Fields:
    """What goes with a move: words, why there is no picture, and the attachments taken after the work."""

    words: str = ""
    no_photo: str = ""
    photos: tuple[int, ...] = ()


def arrows_for(work: Work, case: CaseRow) -> tuple[str, ...]:
    """What who wrote may do with a case that they may see at the desk. Who holds it is who works on it."""
    arrows = allowed(case.state, Who.DESK)
    return tuple(arrow for arrow in arrows if arrow != "done" or case.holder_id == work.person.id)


async def move_case(work: Work, city: City, who: Who, case: CaseRow, arrow: str, fields: Fields | None = None) -> None:
    """Move a case, that was read in this transaction, along an arrow; tell everybody whom it concerns.

    Raises Refused with the reason. `case` stays as it was read.
    """
    fields = fields or Fields()
    way = _check(work, city, who, case, arrow, fields)
    moved = way.end != case.state  # what changes nothing leaves its buttons alive
    changes: dict[str, Any] = {"state": way.end, "version": case.version + moved, "updated_at": work.now}
    if arrow == "accept":
        changes["holder_id"] = work.person.id
    if way.closed_how:
        changes["closed_how"] = way.closed_how
    work.set(tables.cases, case.id, **changes)
    for photo in fields.photos:
        work.set(tables.attachments, photo, case_id=case.id, after=True)
    data = {key: value for key, value in (("words", fields.words), ("no_photo", fields.no_photo)) if value}
    work.add(
        tables.events,
        case_id=case.id,
        kind=way.event,
        at=work.now,
        person_id=work.person.id,
        by=who,
        from_state=case.state,
        to_state=way.end,
        data=orjson.dumps(data).decode(),
    )
    await _TELL[arrow](work, city, case, fields)


def _check(work: Work, city: City, who: Who, case: CaseRow, arrow: str, fields: Fields) -> Arrow:
    if not is_allowed(arrow, case.state, who):
        reader = city.reader(work.person)
        if who is Who.REPORTER:
            raise Refused("ask-already", status=said.status(reader, case.state, case.closed_how))
        raise Refused("desk-not-now", status=said.status(reader, case.state, case.closed_how, short=True))
    if who is Who.REPORTER and case.person_id != work.person.id:
        raise Refused("err-not-allowed")
    if arrow == "done":
        _check_done(work, city, case, fields)
    return ARROWS[arrow]


def _check_done(work: Work, city: City, case: CaseRow, fields: Fields) -> None:
    """No empty answers: whoever says *done* holds the case, shows it or says why not, and says what was done."""
    if case.holder_id != work.person.id:
        raise Refused("desk-claim-first")
    if not (fields.photos or fields.no_photo):
        raise Refused("desk-done-photo-needed")
    check_length(city, fields.words)
    check_length(city, fields.no_photo)
    if len(fields.words) < (least := city.pack.limits.min_reason_chars):
        raise Refused("desk-reason-short", min=least)


def check_length(city: City, words: str) -> None:
    """Raises Refused for a reason or a sentence that is too long to be passed on."""
    if len(words) > (most := city.pack.limits.max_reason_chars):
        raise Refused("desk-reason-long", max=most)


async def _reporter(work: Work, city: City, case: CaseRow) -> tuple[Address, Reader] | None:
    to = (await addresses(work, [case.person_id])).get(case.person_id)
    return (to, city.reader(to)) if to else None


async def _tell_accepted(work: Work, city: City, case: CaseRow, _fields: Fields) -> None:
    found = await _reporter(work, city, case)
    if found:
        to, reader = found
        text = reader.rich("push-started", code=reader.code(case.code))
        work.say(reader.screen(text), to, priority=Priority.PUSH, case=case.id)


async def _tell_done(work: Work, city: City, case: CaseRow, fields: Fields) -> None:
    """Said to be done, in the official's words; then the question. The picture follows as soon as its copy is there."""
    found = await _reporter(work, city, case)
    if not found:
        return
    to, reader = found
    code = reader.code(case.code)
    if fields.no_photo:
        told = reader.rich("push-done-no-photo", code=code, reason=fields.no_photo)
    else:
        told = reader.rich("push-done", code=code)
    words = reader.rich("push-note", code=code, text=fields.words)
    work.say(reader.screen(told, words, gap="\n\n"), to, priority=Priority.PUSH, case=case.id)
    if media := tuple(Media("photo", photo) for photo in fields.photos):
        work.say(reader.screen(media=media), to, priority=Priority.PUSH, case=case.id, silent=True)
    rows = [[reader.button(f"btn-{each}", ANSWER_VERB, f"{case.id}.{each}", case.version + 1)] for each in ANSWERS]
    work.say(reader.screen(reader.rich("ask-done"), rows=rows), to, priority=Priority.PUSH, case=case.id)


def _tell_staff(text: str, *, with_words: bool = False) -> Tell:
    async def tell(work: Work, city: City, case: CaseRow, fields: Fields) -> None:
        await tell_staff(work, city, text, case, words=fields.words if with_words else None)

    return tell


_TELL: dict[str, Tell] = {
    "accept": _tell_accepted,
    "done": _tell_done,
    "solved": _tell_staff("desk-agreed"),
    "half": _tell_staff("desk-half", with_words=True),
    "unsolved": _tell_staff("desk-unsolved", with_words=True),
    "cannot-tell": _tell_staff("desk-cannot-tell"),
    "withdraw": _tell_staff("desk-withdrawn"),
    "undo": _tell_staff("desk-withdrawn"),
}
