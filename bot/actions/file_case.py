"""Filing a report: the draft becomes a case with its code, and the staff is told."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from bot.actions.city import City
from bot.actions.move import move_case
from bot.actions.own import load_own
from bot.actions.staff import NewCase, can_take_private, tell_new_case
from bot.clock import HOUR, MINUTE
from bot.domain.case import State, Who
from bot.domain.draft import Draft, Place
from bot.errors import Refused
from bot.pack.catalogue import CENTRE, Category
from bot.store import tables
from bot.store.work import Work


@dataclass(frozen=True, slots=True)
class Filed:
    """What the reporter is told: dates only where the pack confirms them. Times in milliseconds."""

    id: int
    code: str
    target_at: int | None
    opens_at: int | None
    closed_now: bool


async def file_case(work: Work, city: City, draft: Draft) -> Filed:
    """Make a case of a whole draft. Raises Refused when nobody may read it (staff conduct, nobody in inspection)."""
    category = city.pack.categories[draft.category]
    if category.private and not await can_take_private(work):
        raise Refused("report-staff-nobody")
    code = city.codes.code(work.new_number())
    target = _target(work, city, category)
    case_id = _stage(work, category, draft, code, target)
    for attachment, _kind, _message in draft.files:
        work.set(tables.attachments, attachment, case_id=case_id)
    work.add(
        tables.events,
        case_id=case_id,
        kind="filed",
        at=work.now,
        person_id=work.person.id,
        by="citizen",
        to_state=State.RECEIVED,
    )
    await tell_new_case(work, city, _new_case(work, category, draft, case_id, code, target))
    opens_at, closed_now = _opening(work, city)
    told = target if category.target_confirmed else None
    return Filed(case_id, code, told, opens_at, closed_now)


def _stage(work: Work, category: Category, draft: Draft, code: str, target: int | None) -> int:
    place = draft.place or Place()
    return work.add(
        tables.cases,
        code=code,
        person_id=work.person.id,
        category=category.key,
        # Shared and external work is decided by the centre; a department without people leaves its cases there too.
        department=category.department if category.owner == "municipality" else CENTRE,
        state=State.RECEIVED,
        words=draft.text,
        sources=orjson.dumps([number for number, _ in draft.words]).decode(),
        answer=draft.answer,
        lat=place.lat,
        lon=place.lon,
        accuracy=place.accuracy or None,
        address=place.address,
        area=place.area,
        landmark=place.landmark,
        urgent=category.urgent,
        private=category.private,
        public=draft.public and not category.private,
        photo_missing=category.photo == "required" and not draft.count("photo", "video"),
        outside=place.far,
        lang=work.person.lang or "fa",
        channel=work.person.channel,
        target_at=target,
        created_at=work.now,
        updated_at=work.now,
    )


def _new_case(work: Work, category: Category, draft: Draft, case_id: int, code: str, target: int | None) -> NewCase:
    place = draft.place or Place()
    return NewCase(
        id=case_id,
        code=code,
        category=category.key,
        area=place.area,
        lat=place.lat,
        lon=place.lon,
        address=place.address,
        landmark=place.landmark,
        words=draft.text,
        urgent=category.urgent,
        private=category.private,
        public=draft.public,
        photo_missing=category.photo == "required" and not draft.count("photo", "video"),
        target_at=target,
        channel=work.person.channel,
        attachments=tuple((attachment, kind) for attachment, kind, _ in draft.files),
        created_at=work.now,
    )


def _target(work: Work, city: City, category: Category) -> int | None:
    """Hours by the clock where the category is urgent, else working days of the municipality's calendar."""
    if category.target_hours:
        return work.now + category.target_hours * HOUR
    if category.target_days:
        return city.calendar.after_working_days(work.now, category.target_days, city.pack.time.full_days)
    return None


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
    await move_case(work, city, Who.REPORTER, case, "undo")
