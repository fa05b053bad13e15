"""Filing a report: the draft becomes a case with its code, and the staff is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from bot.actions.city import City
from bot.actions.leave import is_shared, leave_case
from bot.actions.move import as_whom, move_case
from bot.actions.notices import ring
from bot.actions.own import load_own
from bot.actions.recurring import watch_place
from bot.actions.staff import Staff, can_take_private, desk_of, load_staff
from bot.actions.targets import target_of
from bot.clock import MINUTE
from bot.domain.case import State, Who
from bot.domain.draft import Draft, Place
from bot.domain.rank import rank
from bot.domain.rights import CENTRE
from bot.errors import Refused
from bot.pack.catalogue import Category
from bot.store import tables
from bot.store.cases import CaseRow, new_row
from bot.store.search import index_words
from bot.store.timers import arm
from bot.store.work import Work
from bot.understand.normalise import normalise


@dataclass(frozen=True, slots=True)
class Filed:
    """What the reporter is told: dates only where the pack confirms them. Times in milliseconds."""

    id: int
    code: str
    target_at: int | None
    opens_at: int | None
    closed_now: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Who reports, and by what way. `caller`, `entered_by`: of a report by phone, the number and who wrote it down.
    `code`, `out_of`, `supporters`: of one that was split from another, its code, that one's, and how many share it.
    """

    person_id: int
    lang: str
    channel: str
    caller: str = ""
    entered_by: int | None = None
    code: str = ""
    out_of: str = ""
    supporters: int = 0


async def file_case(work: Work, city: City, draft: Draft) -> Filed:
    """Make a case of a whole draft. Raises Refused when nobody may read it (staff conduct, nobody in inspection)."""
    person = work.person
    return await file_from(work, city, draft, Origin(person.id, person.lang or "fa", person.channel))


async def file_from(work: Work, city: City, draft: Draft, origin: Origin) -> Filed:
    """The same for somebody else than who wrote."""
    category = city.pack.categories[draft.category]
    if category.private and not await can_take_private(work):
        raise Refused("report-staff-nobody")
    staff = await load_staff(work)
    code = origin.code or city.codes.code(work.new_number())
    target = target_of(city, category, work.now)
    case = _stage(work, category, draft, {"code": code, "target_at": target, **_from(origin)}, staff)
    if target:
        arm(work, "late", case.id, target)
    _note(work, case, origin)
    index_draft(work, case.id, draft)
    for attachment, _kind, _message in draft.files:
        work.set(tables.attachments, attachment, case_id=case.id)
    ring(work, city, case, staff, [(attachment, kind) for attachment, kind, _ in draft.files])
    if not origin.out_of:  # the parts of one report are one report
        await watch_place(work, city, staff, case)
    opens_at, closed_now = _opening(work, city)
    told = target if category.target_confirmed else None
    return Filed(case.id, code, told, opens_at, closed_now)


def _stage(work: Work, category: Category, draft: Draft, made: dict[str, Any], staff: Staff) -> CaseRow:
    # Shared and external work is decided by the centre.
    department = category.department if category.owner == "municipality" else CENTRE
    by_phone = made["entered_by"] is not None
    case = {
        **made,
        "id": work.new_id(),
        "category": category.key,
        "department": department,
        "desk": desk_of(staff, department, category.private),
        "state": State.RECEIVED,
        "move_id": work.new_id(),
        "urgent": category.urgent,
        "private": category.private,
        "public": draft.public and not category.private,
        "photo_missing": category.photo == "required" and not draft.count("photo", "video") and not by_phone,
        "created_at": work.now,
        "updated_at": work.now,
        **told_columns(draft),
    }
    number, target, sharing = case["id"], case["target_at"], case["supporters"]
    case["rank"] = rank(number, work.now, target, urgent=category.urgent, reopened=0, supporters=sharing)
    work.add(tables.cases, **case)
    return new_row(case)


def _note(work: Work, case: CaseRow, origin: Origin) -> None:
    """How it came."""
    kind, by = ("filed", Who.REPORTER) if origin.entered_by is None else ("phone", Who.CALL)
    if origin.out_of:
        kind, by = "split-off", Who.UNIT
    note_filed(work, case, kind, by, **({"code": origin.out_of} if origin.out_of else {}))


def note_filed(work: Work, case: CaseRow, kind: str, by: Who, **data: str) -> None:
    """The first event of a case that is staged."""
    work.add(
        tables.events,
        id=case.move_id,
        case_id=case.id,
        kind=kind,
        at=work.now,
        person_id=work.person.id,
        by=by,
        to_state=State.RECEIVED,
        data=orjson.dumps(data).decode(),
    )


def _from(origin: Origin) -> dict[str, Any]:
    columns = ("person_id", "lang", "channel", "caller", "entered_by", "supporters")
    return {name: getattr(origin, name) for name in columns}


def told_columns(draft: Draft) -> dict[str, Any]:
    """What the citizen said, as columns of the case: words and place."""
    place = draft.place or Place()
    return {
        "words": draft.text,
        "sources": orjson.dumps([number for number, _ in draft.words]).decode(),
        "answer": draft.answer,
        "lat": place.lat,
        "lon": place.lon,
        "accuracy": place.accuracy or None,
        "address": place.address,
        "area": place.area,
        "landmark": place.landmark,
        "outside": place.far,
        "poster_id": draft.poster or None,
    }


def index_draft(work: Work, case_id: int, draft: Draft) -> None:
    """By what words a new case is found."""
    place = draft.place or Place()
    index_words(work, case_id, *map(normalise, (draft.text, place.address, place.landmark)))


def _opening(work: Work, city: City) -> tuple[int | None, bool]:
    """When somebody will look at it, if the office is closed now; told only where the hours are confirmed."""
    opens = city.calendar.next_opening(work.now)
    if opens == work.now:
        return None, False
    return (opens if city.pack.may_tell("time.hours") else None), True


async def undo_case(work: Work, city: City, case_id: int) -> None:
    """Take back one's own report within the pack's minutes. Raises NotFound for somebody else's, Refused otherwise."""
    case = await load_own(work, case_id)
    if case.state == State.CANCELLED:
        raise Refused("err-already")
    if work.now - case.created_at > city.pack.limits.undo_minutes * MINUTE or case.state != State.RECEIVED:
        raise Refused("report-undo-late")
    if is_shared(case):  # others have joined it within these minutes
        await leave_case(work, city, case)
    else:
        await move_case(work, city, as_whom(work, case), case, "undo")
