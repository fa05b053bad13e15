"""Departments get and lose people: every open case stays on the desk of somebody."""

from __future__ import annotations

from bot.actions.city import City
from bot.actions.fields import Fields
from bot.actions.move import move_case
from bot.actions.staff import desk_of, load_staff
from bot.domain.case import State, Who
from bot.domain.rights import CENTRE, INSPECTION, MAYOR_OFFICE
from bot.store import cases, desk, tables
from bot.store.work import Work


async def settle_desks(work: Work, city: City) -> None:
    """Bring each department's open cases to its own desk where it has people, else to the centre's.

    What somebody still held at a desk without people is nobody's any more. What the centre has in hand stays there.
    """
    staff = await load_staff(work)
    for department in city.pack.departments:
        if department in (CENTRE, INSPECTION):
            continue
        if staff.has_people(department):
            work.do(desk.MOVE_DESK, from_=CENTRE, to=department, department=department)
        else:
            await _empty(work, city, department)
            work.do(desk.EMPTY_DESK, from_=department, to=CENTRE)
    here = desk_of(staff, INSPECTION, private=True)
    other = INSPECTION if here == MAYOR_OFFICE else MAYOR_OFFICE
    await _empty(work, city, other, private=True)
    work.do(desk.MOVE_PRIVATE, from_=other, to=here)


async def _empty(work: Work, city: City, at: str, *, private: bool = False) -> None:
    for row in await work.query(desk.HELD_AT, desk=at, private=int(private)):
        await _give_up(work, city, row.n)


async def let_go(work: Work, city: City, person_id: int) -> None:
    """An official leaves a department, or all: what they held goes back to its desk, whatever its state."""
    for row in await work.query(desk.HELD_BY, person_id=person_id):
        await _give_up(work, city, row.n)


async def _give_up(work: Work, city: City, case_id: int) -> None:
    case = await work.first(cases.BY_ID, case_id=case_id)
    assert case is not None  # just found
    if case.state == State.IN_PROGRESS:
        await move_case(work, city, frozenset({Who.HOLDER}), case, "give-up", Fields())
    else:
        resume = State.REFERRED if case.resume == State.IN_PROGRESS else case.resume
        work.set(tables.cases, case.id, holder_id=None, resume=resume, version=case.version + 1)
