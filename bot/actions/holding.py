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
    """Bring each department's open cases to its own desk where it has people, else to the centre's."""
    staff = await load_staff(work)
    for department in city.pack.departments:
        if department in (CENTRE, INSPECTION):
            continue
        if staff.has_people(department):
            work.do(desk.MOVE_DESK, from_=CENTRE, to=department, department=department)
        else:
            work.do(desk.EMPTY_DESK, from_=department, to=CENTRE)
    here = desk_of(staff, INSPECTION, private=True)
    other = INSPECTION if here == MAYOR_OFFICE else MAYOR_OFFICE
    work.do(desk.MOVE_PRIVATE, from_=other, to=here)


async def let_go(work: Work, city: City, person_id: int) -> None:
    """An official leaves a department, or all: what they held goes back to its desk, whatever its state."""
    for row in await work.query(desk.HELD_BY, person_id=person_id):
        case = await work.first(cases.BY_ID, case_id=row.n)
        assert case is not None  # just found
        if case.state == State.IN_PROGRESS:
            await move_case(work, city, frozenset({Who.HOLDER}), case, "give-up", Fields())
        else:
            resume = State.REFERRED if case.resume == State.IN_PROGRESS else case.resume
            work.set(tables.cases, case.id, holder_id=None, resume=resume, version=case.version + 1)
