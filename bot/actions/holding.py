"""Departments get and lose people: every open case stays on the desk of somebody, who is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.actions.city import City
from bot.actions.fields import Fields
from bot.actions.move import move_case
from bot.actions.staff import Staff, desk_of, load_staff, to_ring
from bot.domain.case import State, Who
from bot.domain.rights import CENTRE, INSPECTION, MAYOR_OFFICE, works_at
from bot.store import cases, desk, tables
from bot.store.cases import CaseRow
from bot.store.person import Address, Role
from bot.store.work import Priority, Work

DESK_VERB = "v-home"  # the button that opens the desk


@dataclass(frozen=True, slots=True)
class Settled:
    """So many open cases of a department came to another desk: its own, or the one that holds them for it."""

    department: str
    desk: str
    count: int
    private: bool = False


async def settle_desks(
    work: Work, city: City, staff: Staff | None = None, *, told: int = 0, gone: int = 0
) -> list[Settled]:
    """Bring each department's open cases to its own desk where it has people, else to the centre's; tell both. What
    somebody still held at a desk without people is nobody's any more. What the centre has in hand stays there.

    `staff`: as they will be, where this update itself changes who they are: a query does not see that yet. `told`: the
    person who reads of it in another way. `gone`: the one whose cases this update has let go already.
    """
    staff = staff or await load_staff(work)
    departments = [each for each in city.pack.departments if each not in (CENTRE, INSPECTION)]
    found = [await _settle(work, city, staff, each, gone) for each in departments]
    found.append(await _settle_private(work, city, staff, gone))
    moved = [each for each in found if each.count]
    for each in moved:
        for text, people in _readers(staff, each):
            _say(work, city, [one for one in people if one.person_id != told], text, each)
    return moved


async def _settle(work: Work, city: City, staff: Staff, department: str, gone: int) -> Settled:
    if staff.has_people(department):
        home = {"from_": CENTRE, "department": department}
        count = (await work.query(desk.COUNT_DESK, **home))[0].n
        work.do(desk.MOVE_DESK, to=department, **home)
        return Settled(department, department, count)
    count = (await work.query(desk.COUNT_EMPTY, from_=department))[0].n
    await _empty(work, city, department, gone)
    work.do(desk.EMPTY_DESK, from_=department, to=CENTRE)
    return Settled(department, CENTRE, count)


async def _settle_private(work: Work, city: City, staff: Staff, gone: int) -> Settled:
    here = desk_of(staff, INSPECTION, private=True)
    other = INSPECTION if here == MAYOR_OFFICE else MAYOR_OFFICE
    count = (await work.query(desk.COUNT_PRIVATE, from_=other))[0].n
    await _empty(work, city, other, gone, private=True)
    work.do(desk.MOVE_PRIVATE, from_=other, to=here)
    return Settled(INSPECTION, here, count, private=True)


def _readers(staff: Staff, moved: Settled) -> list[tuple[str, list[Address]]]:
    """Who is told of it, by which text."""
    if moved.private:
        return [("desk-settled-private", staff.at(moved.desk, private=True))]
    if moved.desk == CENTRE:
        return [("desk-settled-here", to_ring(staff, CENTRE))]
    return [("desk-settled-ours", staff.at(moved.desk)), ("desk-settled-away", to_ring(staff, CENTRE))]


def _say(work: Work, city: City, people: Iterable[Address], text: str, moved: Settled) -> None:
    for to in people:
        reader = city.reader(to)
        name = city.pack.departments[moved.department].name(reader.lang)
        said = reader.rich(text, department=name, count=moved.count)
        screen = reader.screen(said, rows=[[reader.button("btn-desk", DESK_VERB)]])
        work.say(screen, to, priority=Priority.PUSH)


async def let_go(work: Work, city: City, person_id: int, keeps: Sequence[Role] = ()) -> int:
    """An official leaves a department, or all: what they held there goes back to its desk, whatever its state.

    `keeps`: the roles that stay theirs; cases on the desks of these do too. Answers how many went back.
    """
    released = 0
    for row in await work.query(desk.HELD_BY, person_id=person_id):
        case = await _load(work, row.n)
        if any(works_at(role, case.desk, private=bool(case.private)) for role in keeps):
            continue
        released += 1
        await _give_up(work, city, case)
    return released


async def _empty(work: Work, city: City, at: str, gone: int, *, private: bool = False) -> None:
    for row in await work.query(desk.HELD_AT, desk=at, private=int(private)):
        case = await _load(work, row.n)
        if case.holder_id != gone:
            await _give_up(work, city, case)


async def _load(work: Work, case_id: int) -> CaseRow:
    case = await work.first(cases.BY_ID, case_id=case_id)
    assert case is not None  # just found
    return case


async def _give_up(work: Work, city: City, case: CaseRow) -> None:
    if case.state == State.IN_PROGRESS:
        await move_case(work, city, frozenset({Who.HOLDER}), case, "give-up", Fields())
    else:
        resume = State.REFERRED if case.resume == State.IN_PROGRESS else case.resume
        work.set(tables.cases, case.id, holder_id=None, resume=resume, version=case.version + 1)
