"""What follows when a file has arrived, or did not: the place in a picture is offered, a loss is told."""

from __future__ import annotations

from dataclasses import replace

import orjson

from bot.actions.city import City
from bot.actions.notices import tell_concerned
from bot.domain.draft import Draft
from bot.store.cases import BY_ID
from bot.store.drafts import DRAFT_OF, DraftRow
from bot.store.people import addresses
from bot.store.person import Dialogue
from bot.store.work import Priority, Work
from bot.talk.reader import Reader
from bot.talk.screen import Screen

NAME = "report"


async def lost(work: Work, city: City, attachment: int, person_id: int, case_id: int | None) -> None:
    """A file did not come: whoever sent it may send it again."""
    to = (await addresses(work, [person_id])).get(person_id)
    if to is None:
        return
    reader = city.reader(to)
    if case_id is None:
        await _take_out(work, attachment, person_id)
        work.say(reader.screen(reader.rich("report-photo-bad")), to, collapse="photo-bad")
        return
    case = await work.first(BY_ID, case_id=case_id)
    if case is None:
        return
    text = reader.rich("report-photo-lost", code=reader.code(case.code))
    work.say(reader.screen(text), to, priority=Priority.PUSH, case=case_id, collapse=f"lost-{case_id}")
    await tell_concerned(work, city, case, "desk-photo-lost", collapse=f"lost-{case_id}")


async def offer_place(work: Work, city: City, attachment: int, person_id: int, point: tuple[float, float]) -> None:
    """A picture carried its place: offer it, while the draft has none."""
    row = await work.first(DRAFT_OF, person=person_id, name=NAME)
    to = (await addresses(work, [person_id])).get(person_id)
    if row is None or not row.step or to is None:
        return
    draft = Draft.load(orjson.loads(row.draft))
    if draft.place is None and any(known == attachment for known, _, _ in draft.files):
        work.say(_offer(city, city.reader(to), row, attachment, point), to, collapse="photo-place")


def _offer(city: City, reader: Reader, row: DraftRow, attachment: int, point: tuple[float, float]) -> Screen:
    area = city.pack.area_of(*point)
    place = area.name(reader.lang) if area else reader.line("place-pin")
    here = reader.button("btn-place-here", "r-gps", attachment, row.version)
    other = reader.button("btn-place-change", "r-place", version=row.version)
    return reader.screen(reader.rich("report-photo-place", place=place), rows=[[here, other]])


async def _take_out(work: Work, attachment: int, person_id: int) -> None:
    row = await work.first(DRAFT_OF, person=person_id, name=NAME)
    if row is None or not row.step:
        return
    draft = Draft.load(orjson.loads(row.draft))
    files = tuple(file for file in draft.files if file[0] != attachment)
    kept = replace(draft, files=files).dump()
    work.dialogues[person_id, NAME] = Dialogue(NAME, row.step, kept, row.version, row.updated_at)
