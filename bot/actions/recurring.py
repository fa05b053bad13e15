"""A place where the same thing happens again and again: its cause becomes a case of its own, for who leads the unit.

Why nobody has reported it, and how it ends all the same: docs/decisions/0009.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from bot.actions.city import City
from bot.actions.notices import tell
from bot.actions.staff import Staff, desk_of, superiors_of, to_ring
from bot.clock import DAY
from bot.domain.case import State
from bot.domain.rank import rank
from bot.store import tables
from bot.store.cases import CaseRow, new_row
from bot.store.near import PLACE_CHANNEL, Around, PlaceRow, list_same_place
from bot.store.search import index_words
from bot.store.work import Work
from bot.understand.normalise import normalise

_TOLD = 10  # codes of earlier ones that are named


async def watch_place(work: Work, city: City, staff: Staff, case: CaseRow) -> None:
    """When `case`, which has just been staged, is one too many of its kind there: open the question for its cause, once
    in the pack's days.
    """
    limits, kind = city.pack.limits, city.pack.categories[case.category]
    if case.private or not kind.similar or case.lat is None or case.lon is None:
        return
    if not city.pack.geo.in_county(case.lat, case.lon):
        return
    around, since = Around((case.lat, case.lon), limits.recurring_radius_m), work.now - limits.recurring_days * DAY
    found = await list_same_place(work, case.category, around, since)
    earlier = [row for row in found if row.channel != PLACE_CHANNEL]
    if len(earlier) == len(found) and len(earlier) + 1 >= limits.recurring_count:
        _open(work, city, staff, case, earlier)


def _open(work: Work, city: City, staff: Staff, case: CaseRow, earlier: Sequence[PlaceRow]) -> None:
    limits, lang = city.pack.limits, city.pack.languages.default
    codes = [*(row.code for row in earlier[-_TOLD:]), case.code]
    numbers: dict[str, Any] = {
        "count": len(earlier) + 1,
        "metres": limits.recurring_radius_m,
        "days": limits.recurring_days,
    }
    listed = "، ".join(f"{code[:4]} {code[4:]}" for code in codes)
    words = city.texts.line(lang, "desk-recurring-words", codes=listed, **numbers)
    made = _stage(work, city, staff, case, words)
    index_words(work, made.id, normalise(words))
    work.add(
        tables.events,
        id=made.move_id,
        case_id=made.id,
        kind="recurring",
        at=work.now,
        by="clock",
        to_state=State.RECEIVED,
        data=orjson.dumps({"codes": codes}).decode(),
    )
    people = superiors_of(staff, made) or to_ring(staff, made.desk)
    tell(work, city, people, made, "desk-recurring", **numbers)


def _stage(work: Work, city: City, staff: Staff, case: CaseRow, words: str) -> CaseRow:
    """Where the newest one is, at the same desk; in the hands of who leads it, where they work there."""
    number, desk = work.new_id(), desk_of(staff, case.department, private=False)
    leads = [one.person_id for one in staff.managers(case.department) if staff.is_at(one.person_id, desk)]
    values = {
        "id": number,
        "code": city.codes.code(work.new_number()),
        "person_id": work.add(tables.people, lang="fa", created_at=work.now),
        "category": case.category,
        "department": case.department,
        "desk": desk,
        "state": State.RECEIVED,
        "move_id": work.new_id(),
        "holder_id": leads[0] if leads else None,
        "words": words,
        "lat": case.lat,
        "lon": case.lon,
        "area": case.area,
        "channel": PLACE_CHANNEL,
        "rank": rank(number, work.now, None, urgent=False, reopened=0, supporters=0),
        "created_at": work.now,
        "updated_at": work.now,
    }
    work.add(tables.cases, **values)
    return new_row(values)
