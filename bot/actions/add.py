"""What a reporter or a supporter adds to a case after filing: words, a file, a place."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from bot.actions.attach import FileSent, do_attach
from bot.actions.city import City
from bot.actions.fields import Fields
from bot.actions.limits import check_may_write
from bot.actions.move import as_whom, move_case
from bot.actions.notices import tell_concerned
from bot.actions.own import check_open
from bot.actions.support import SUPPORTER, is_supporter
from bot.clock import DAY
from bot.domain import geo
from bot.domain.case import State, Who
from bot.domain.draft import Draft
from bot.errors import NotFound, Refused
from bot.store import cases, tables
from bot.store.cases import CaseRow
from bot.store.search import index_more
from bot.store.work import Work
from bot.talk.desk import clip
from bot.understand.normalise import normalise

MEGABYTE = 1_048_576


@dataclass(frozen=True, slots=True)
class Addition:
    """One message for a case. `pin`: latitude, longitude, accuracy in metres. `bot`: whom the file id belongs to."""

    words: str = ""
    file: FileSent | None = None
    pin: tuple[float, float, float] | None = None
    bot: str = ""


async def add_to_case(work: Work, city: City, case: CaseRow, addition: Addition) -> int:
    """Keep it with the case, note it in the timeline, tell the staff once for what comes together. Answers its id.

    What a supporter adds is for the desk alone: it answers no question to the reporter, and gives the case no place.
    Raises NotFound for a case that they neither reported nor joined; Refused for one that has ended, from somebody who
    is blocked, for too many in a day, too large or too many files, and for a place that does not exist.
    """
    if case.person_id != work.person.id and not await is_supporter(work, case):
        raise NotFound(case.id)
    return await _add(work, city, case, addition)


async def _add(work: Work, city: City, case: CaseRow, addition: Addition) -> int:
    mine = case.person_id == work.person.id
    check_open(case)
    if not (mine and case.state == State.NEED_INFO):  # who was asked may always answer
        check_may_write(work, city)
        await _check_many(work, city, case)
    if addition.file:
        await _check_file(work, city, case, addition.file)
    words = _pinned(work, city, case, addition, mine=mine) if addition.pin else addition.words
    added = work.add(tables.additions, case_id=case.id, person_id=work.person.id, words=words, created_at=work.now)
    if words:
        index_more(work, case.id, normalise(words))
    if addition.file:
        do_attach(work, addition.bot, addition.file, case_id=case.id, addition_id=added)
    work.add(
        tables.events,
        case_id=case.id,
        kind="added",
        at=work.now,
        person_id=work.person.id,
        by=Who.REPORTER if mine else SUPPORTER,
        data=orjson.dumps({"addition": added}).decode(),
    )
    if mine and case.state == State.NEED_INFO:
        await move_case(work, city, as_whom(work, case), case, "answer", Fields(words=clip(words)))
    else:
        text, key = ("desk-added", "added") if mine else ("desk-added-supporter", "shared")
        await tell_concerned(work, city, case, text, collapse=f"{key}-{case.id}")
    return added


async def add_draft(work: Work, city: City, case: CaseRow, draft: Draft) -> None:
    """What was begun as a new report belongs to this one: its words and files become an addition.

    `case`: one that is theirs, or that they have just joined. Raises as `add_to_case`.
    """
    place = draft.place
    pin = (place.lat, place.lon, place.accuracy) if place and place.lat is not None and place.lon is not None else None
    words = "\n".join(filter(None, (draft.text, draft.answer, place.address if place else "")))
    added = await _add(work, city, case, Addition(words, pin=pin))
    for attachment, _kind, _message in draft.files:
        work.set(tables.attachments, attachment, case_id=case.id, addition_id=added)


async def _check_many(work: Work, city: City, case: CaseRow) -> None:
    """Each of them rings somebody."""
    most = city.pack.limits.additions_per_day
    mine = {"case_id": case.id, "person_id": work.person.id, "since": work.now - DAY}
    if (await work.query(cases.ADDED_SINCE, **mine))[0].n >= most:
        raise Refused("case-add-many", max=most)


async def _check_file(work: Work, city: City, case: CaseRow, file: FileSent) -> None:
    limits = city.pack.limits
    if file.size > limits.max_file_mb * MEGABYTE:
        raise Refused("report-video-big" if file.kind == "video" else "report-photo-big", max=limits.max_file_mb)
    most, text = limits.max_photos, "report-photo-many"
    if file.kind == "video":
        most, text = limits.max_videos, "report-video-many"
    elif file.kind in ("voice", "audio"):
        most, text = limits.max_voice, "report-voice-many"
    today = await work.query(cases.FILES_ADDED, case_id=case.id, kind=file.kind, since=work.now - DAY)
    if today[0].n >= most:
        raise Refused(text, max=most)


def _pinned(work: Work, city: City, case: CaseRow, addition: Addition, *, mine: bool) -> str:
    """The place of one's own case that had none; otherwise kept as words, so that what the staff acted on stays."""
    assert addition.pin is not None
    lat, lon, accuracy = addition.pin
    if not geo.valid(lat, lon) or (lat == 0 and lon == 0):
        raise Refused("report-place-bad")
    if case.lat is not None or not mine:
        return "\n".join(filter(None, (addition.words, f"{lat:.5f}, {lon:.5f}")))
    area = city.pack.area_of(lat, lon)
    work.set(
        tables.cases,
        case.id,
        lat=lat,
        lon=lon,
        accuracy=accuracy or None,
        area=case.area or (area.key if area else ""),
        version=case.version + 1,
        updated_at=work.now,
    )
    return addition.words
