"""Somebody has the same problem as a reporter: they join the case, get its news and a vote at its end, and may leave.

They are shown what everybody may see of it and what officials say of it, never the reporter's words.
"""

from __future__ import annotations

from typing import Any

import orjson

from bot.actions.city import City
from bot.actions.limits import blocked_until
from bot.actions.moving import rank_of
from bot.actions.notices import tell
from bot.actions.pushes import ANSWERS
from bot.actions.staff import load_staff, superiors_of, to_ring
from bot.domain.case import ENDED, State
from bot.domain.rights import CENTRE
from bot.errors import NotFound, Refused
from bot.store import cases, tables
from bot.store.cases import CaseRow
from bot.store.supporters import SUPPORT
from bot.store.work import Work
from bot.talk.cases import state_of

SUPPORTER = "supporter"  # as whom events name them
_AGAINST = ("half", "unsolved")


async def join(work: Work, city: City, case_id: int) -> CaseRow:
    """Make who wrote a supporter; answers the case as it will be. One that was merged is joined where it went.

    Raises NotFound for none and for a confidential one; Refused for one's own, for one that has ended, and when they
    have joined it already.
    """
    case = await _follow(work, case_id)
    if case.private:
        raise NotFound(case_id)
    if until := blocked_until(work):
        raise Refused("err-blocked", date=city.reader(work.person).date(until))
    code = city.reader(work.person).code(case.code)
    if case.person_id == work.person.id:
        raise Refused("report-join-own", code=code)
    if case.state in ENDED:
        raise Refused("report-join-ended", code=code)
    row = await work.first(SUPPORT, case_id=case.id, person_id=work.person.id)
    if row is not None and not row.left_at:
        raise Refused("report-join-twice", code=code)
    add_supporter(work, case.id, work.person.id, row.id if row else None)
    note(work, case.id, "joined")
    return count_supporters(work, case, case.supporters + 1)


async def _follow(work: Work, case_id: int) -> CaseRow:
    """The case, or the one that it was merged into. Raises NotFound."""
    case = await work.first(cases.BY_ID, case_id=case_id)
    while case is not None and case.state == State.MERGED and case.merged_into:
        case = await work.first(cases.BY_ID, case_id=case.merged_into)
    if case is None or case.kind:  # with a suggestion people agree: actions/suggest.py
        raise NotFound(case_id)
    return case


def add_supporter(work: Work, case_id: int, person_id: int, again: int | None = None) -> None:
    """The row. `again`: of somebody who was with the case before."""
    if again is not None:
        work.set(tables.supporters, again, left_at=0, vote="", voted_at=0)
    else:
        work.add(tables.supporters, case_id=case_id, person_id=person_id, created_at=work.now)


def count_supporters(work: Work, case: CaseRow, count: int) -> CaseRow:
    """How many there are, and where that puts the case in lists. No button of a card becomes stale by it."""
    place = rank_of(case._replace(supporters=count))
    work.set(tables.cases, case.id, supporters=count, rank=place)
    return case._replace(supporters=count, rank=place)


def note(work: Work, case_id: int, kind: str, **data: Any) -> None:
    """What a supporter did, in the case's history."""
    work.add(
        tables.events,
        case_id=case_id,
        kind=kind,
        at=work.now,
        person_id=work.person.id,
        by=SUPPORTER,
        data=orjson.dumps(data).decode(),
    )


async def is_supporter(work: Work, case: CaseRow) -> bool:
    """Whether who wrote is with this case. A confidential one has nobody with it."""
    row = await work.first(SUPPORT, case_id=case.id, person_id=work.person.id)
    return row is not None and not row.left_at and not case.private


async def load_joined(work: Work, case_id: int) -> CaseRow:
    """A report that who wrote has joined. Raises NotFound for all else."""
    case = await work.first(cases.BY_ID, case_id=case_id)
    if case is None or case.kind or not await is_supporter(work, case):
        raise NotFound(case_id)
    return case


async def leave(work: Work, case_id: int) -> CaseRow:
    """Who wrote is with the case no more; answers it as it will be. Raises as `load_joined`."""
    case = await load_joined(work, case_id)
    row = await work.first(SUPPORT, case_id=case.id, person_id=work.person.id)
    assert row is not None  # just looked at
    work.set(tables.supporters, row.id, left_at=work.now, vote="", voted_at=0)
    note(work, case.id, "unjoined")
    return count_supporters(work, case, case.supporters - 1)


async def vote(work: Work, city: City, case_id: int, answer: str, version: int) -> CaseRow:
    """A supporter's word on work that is said to be done; changed as often as they like until it ends.

    `version`: of the case when the button was drawn. Whoever says that it is not solved is heard by a superior, who is
    not told who it was. Raises as `load_joined`, and Refused when another question is open, or none.
    """
    case = await load_joined(work, case_id)
    if case.state != State.DONE or case.version != version:
        raise Refused("ask-already", status=state_of(city.reader(work.person), case, short=True))
    if answer not in ANSWERS:
        raise Refused("err-old-button")
    if case.doer_id == work.person.id:  # the doer is never the judge
        raise Refused("err-not-allowed")
    row = await work.first(SUPPORT, case_id=case.id, person_id=work.person.id)
    assert row is not None  # just looked at
    if row.vote == answer:
        return case
    work.set(tables.supporters, row.id, vote=answer, voted_at=work.now)
    note(work, case.id, "voted", vote=answer)
    if answer in _AGAINST:
        await _tell_superior(work, city, case, answer)
    return case


async def _tell_superior(work: Work, city: City, case: CaseRow, answer: str) -> None:
    """The same who hear of a reporter's no; without any the centre does."""
    staff = await load_staff(work)
    people = superiors_of(staff, case) or to_ring(staff, CENTRE)
    tell(work, city, people, case, f"desk-supporter-{answer}")
