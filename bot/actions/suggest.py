"""Suggestions: made by anybody, read by the 137 centre first; published ones are agreed with, or no more.

They are cases of a kind of their own and move like those: docs/decisions/0010.
"""

from __future__ import annotations

from typing import Any

from bot.actions.city import City
from bot.actions.file_case import index_draft, note_filed, told_columns
from bot.actions.limits import blocked_until
from bot.actions.notices import ring
from bot.actions.staff import load_staff
from bot.actions.support import add_supporter, count_supporters
from bot.clock import DAY
from bot.domain.case import ENDED, STANDINGS, SUGGESTION, State, Who
from bot.domain.draft import Draft
from bot.domain.rank import rank
from bot.domain.rights import CENTRE
from bot.errors import NotFound, Refused
from bot.store import cases, tables
from bot.store.cases import CaseRow, new_row
from bot.store.filing import FILED
from bot.store.suggestions import SHOWN_ONE
from bot.store.supporters import SUPPORT
from bot.store.work import Work
from bot.talk.cases import state_of

_WEEK = 7 * DAY
_LETTERS = 10  # fewer say no idea: "پارک" alone, a smile, "سلام"


def says_something(draft: Draft) -> bool:
    """Whether there is an idea in it: a sentence, or somebody's voice. A picture alone is none."""
    return sum(map(str.isalpha, draft.text)) >= _LETTERS or draft.count("voice", "audio", "video") > 0


async def check_may_suggest(work: Work, city: City) -> None:
    """Raises Refused for somebody who is blocked, and for one who has made all the suggestions of these seven days."""
    reader = city.reader(work.person)
    if until := blocked_until(work):
        raise Refused("suggest-blocked", date=reader.date(until))
    most = city.pack.limits.suggestions_per_week
    made = (await work.query(FILED, person=work.person.id, since=work.now - _WEEK, kind=SUGGESTION))[0]
    if made.n >= most:
        raise Refused("suggest-limit", count=made.n, date=reader.date((made.oldest or work.now) + _WEEK))


async def suggest(work: Work, city: City, standing: str, draft: Draft) -> CaseRow:
    """Make a case of a suggestion, and ring the centre. `standing`: in whose name. `draft.public`: everybody may read
    its words, without a name, once the centre has looked through them.

    Raises Refused as `check_may_suggest`, and for one that says nothing.
    """
    await check_may_suggest(work, city)
    if standing not in STANDINGS:
        raise Refused("err-old-button")
    if not says_something(draft):
        raise Refused("suggest-text-short")
    staff = await load_staff(work)
    case = _stage(work, draft, {"code": city.codes.code(work.new_number()), "standing": standing})
    note_filed(work, case, "filed", Who.REPORTER)
    index_draft(work, case.id, draft)
    for attachment, _kind, _message in draft.files:
        work.set(tables.attachments, attachment, case_id=case.id)
    ring(work, city, case, staff, [(attachment, kind) for attachment, kind, _ in draft.files])
    return case


def _stage(work: Work, draft: Draft, made: dict[str, Any]) -> CaseRow:
    """No target time: nobody has promised one, and nothing here is late."""
    number, person = work.new_id(), work.person
    values = {
        **told_columns(draft),
        **made,
        "id": number,
        "person_id": person.id,
        "lang": person.lang or "fa",
        "channel": person.channel,
        "kind": SUGGESTION,
        "category": SUGGESTION,
        "department": CENTRE,
        "desk": CENTRE,
        "state": State.RECEIVED,
        "move_id": work.new_id(),
        "public": draft.public and bool(draft.text),
        "rank": rank(number, work.now, None, urgent=False, reopened=0, supporters=0),
        "created_at": work.now,
        "updated_at": work.now,
    }
    work.add(tables.cases, **values)
    return new_row(values)


async def agree(work: Work, city: City, case_id: int) -> CaseRow:
    """Who wrote is for a published suggestion; answers it as it will be. Its news come to them, in short.

    Raises NotFound for one that is not published, and for a report; Refused for one's own, for one that was answered,
    for a second time, and for somebody who is blocked.
    """
    case = await _published(work, case_id)
    if until := blocked_until(work):
        raise Refused("suggest-blocked", date=city.reader(work.person).date(until))
    if case.person_id == work.person.id:
        raise Refused("suggest-own")
    if case.state in ENDED:
        raise Refused("suggest-answered", status=state_of(city.reader(work.person), case))
    row = await work.first(SUPPORT, case_id=case.id, person_id=work.person.id)
    if row is not None and not row.left_at:
        raise Refused("suggest-agreed")
    add_supporter(work, case.id, work.person.id, row.id if row else None)
    return count_supporters(work, case, case.supporters + 1)


async def disagree(work: Work, case_id: int) -> CaseRow:
    """Who wrote is for it no more. Raises NotFound for one that is not published, Refused where they were not."""
    case = await _published(work, case_id)
    row = await work.first(SUPPORT, case_id=case.id, person_id=work.person.id)
    if row is None or row.left_at:
        raise Refused("suggest-not-agreed")
    work.set(tables.supporters, row.id, left_at=work.now)
    return count_supporters(work, case, max(0, case.supporters - 1))


async def _published(work: Work, case_id: int) -> CaseRow:
    shown = await work.first(SHOWN_ONE, case_id=case_id)
    case = await work.first(cases.BY_ID, case_id=case_id) if shown else None
    if case is None:
        raise NotFound(case_id)
    return case
