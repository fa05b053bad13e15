"""Officials leave: what they held goes back to its desk, and somebody always remains who looks after the system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import orjson
import structlog

from bot.actions.audit import note_staff
from bot.actions.city import City
from bot.actions.holding import let_go, settle_desks
from bot.actions.staff import Staff, load_staff
from bot.domain.rights import INSPECTION, MAYOR_OFFICE, has_desk, manages, works_at
from bot.errors import NotFound, Refused
from bot.store import tables
from bot.store.desk import COUNT_PRIVATE
from bot.store.people import END_DESK_DIALOGUES, LEAVE_DESK, ROLE, ROLES_OF, RoleRow, addresses
from bot.store.person import Address, Role
from bot.store.work import Priority, Work
from bot.talk.menu import main_menu
from bot.talk.roles import role_name

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Revoked:
    """Whose role it was, and how many open cases went back to its desk."""

    name: str
    role: Role
    released: int


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose roles somebody may see and change: everybody's, or those of the officers of some departments."""

    everybody: bool
    departments: tuple[str, ...]

    @property
    def params(self) -> dict[str, object]:
        """As the queries take it."""
        return {"everybody": int(self.everybody), "departments": orjson.dumps(self.departments).decode()}


def check_people(work: Work) -> Scope:
    """The people of who wrote. Raises Refused for somebody who has none."""
    admin = work.person.has("admin")
    departments = tuple(sorted({role.department for role in work.person.roles if role.role == "manager"}))
    if not (admin or departments):
        raise Refused("err-not-allowed")
    return Scope(admin, departments)


async def load_role(work: Work, role_id: int) -> RoleRow:
    """A role that who wrote may take from somebody. Raises Refused for one that is not theirs to take, or is gone
    already; NotFound for none.
    """
    check_people(work)
    row = await work.first(ROLE, role_id=role_id)
    if row is None:
        raise NotFound(role_id)
    if not manages(work.person.roles, row.role, row.department):
        raise Refused("err-not-allowed")
    if row.revoked_at:
        raise Refused("err-already")
    return row


async def revoke(work: Work, city: City, role_id: int) -> Revoked:
    """Take a role from somebody: they, the admins and the desks are told. Raises as `load_role` and `check_can_go`."""
    row = await load_role(work, role_id)
    staff = await load_staff(work)
    await check_can_go(work, staff, [row])
    keeps = [Role(each.role, each.department) for each in await _roles_of(work, row.person_id) if each.id != row.id]
    released = await _end(work, city, staff, [row], keeps)
    _close_desk(work, row.person_id, keeps)
    await _tell_them(work, city, row, keeps)
    _tell_admins(work, city, staff.without([row.id]).admins(), row)
    work.reload_people()
    return Revoked(row.name, Role(row.role, row.department), released)


async def resign(work: Work, city: City) -> None:
    """Who wrote leaves all their roles, as before their data is erased. Raises as `check_can_go`."""
    rows, staff = await _roles_of(work, work.person.id), await load_staff(work)
    await check_can_go(work, staff, rows)
    await _end(work, city, staff, rows, [])
    _tell_all(work, city, staff.without(row.id for row in rows).admins(), rows)


async def check_can_go(work: Work, staff: Staff, going: Sequence[RoleRow]) -> None:
    """Raises Refused while nobody would be left who looks after the system, or who may read open reports on staff
    conduct: an admin, and an inspector or else the manager of the mayor's office, who can be reached.
    """
    left = staff.without(row.id for row in going)
    if any(row.role == "admin" for row in going) and not left.admins():
        raise Refused("admin-last")
    readers = [desk for desk in (INSPECTION, MAYOR_OFFICE) if left.at(desk, private=True)]
    if readers or not any(works_at(row, desk, private=True) for row in going for desk in (INSPECTION, MAYOR_OFFICE)):
        return
    counts = [(await work.query(COUNT_PRIVATE, from_=desk))[0].n for desk in (INSPECTION, MAYOR_OFFICE)]
    if any(counts):
        raise Refused("admin-last-inspector")


async def _roles_of(work: Work, person_id: int) -> list[RoleRow]:
    return await work.query(ROLES_OF, ids=orjson.dumps([person_id]).decode())


async def _end(work: Work, city: City, staff: Staff, rows: Sequence[RoleRow], keeps: Sequence[Role]) -> int:
    """The roles end; answers how many cases went back to their desks."""
    for row in rows:
        work.set(tables.roles, row.id, revoked_at=work.now)
        note_staff(work, "revoked", row.person_id, role=row.role, department=row.department)
        log.info("role_revoked", person=row.person_id, role=row.role, department=row.department)
    person_id = rows[0].person_id if rows else 0
    released = await let_go(work, city, person_id, keeps) if rows else 0
    await settle_desks(work, city, staff.without(row.id for row in rows), gone=person_id)
    return released


def _close_desk(work: Work, person_id: int, keeps: Sequence[Role]) -> None:
    """What they were asked at the desk is no longer waited for; without a role there it is not what they see."""
    work.do(END_DESK_DIALOGUES, person_id=person_id, now=work.now)
    work.do(LEAVE_DESK, person_id=person_id)
    if not has_desk(keeps):
        work.set(tables.people, person_id, official_view=False)
    if work.person.id == person_id:
        view = work.person.official_view and has_desk(keeps)
        work.who = replace(work.person, roles=tuple(keeps), official_view=view)


async def _tell_them(work: Work, city: City, row: RoleRow, keeps: Sequence[Role]) -> None:
    to = (await addresses(work, [row.person_id])).get(row.person_id)
    if to is None or row.person_id == work.person.id:
        return
    reader = city.reader(to)
    said = reader.rich("desk-role-over", role=role_name(reader, city.pack, row.role, row.department))
    keys = None if has_desk(keeps) else main_menu(reader)
    work.say(reader.screen(said, keys=keys), to, priority=Priority.PUSH)


def _tell_all(work: Work, city: City, admins: Sequence[Address], rows: Sequence[RoleRow]) -> None:
    for row in rows:
        _tell_admins(work, city, admins, row)


def _tell_admins(work: Work, city: City, admins: Sequence[Address], row: RoleRow) -> None:
    for to in admins:
        if to.person_id not in (work.person.id, row.person_id):
            reader = city.reader(to)
            role = role_name(reader, city.pack, row.role, row.department)
            said = reader.rich("admin-told-revoked", name=row.name, role=role)
            work.say(reader.screen(said), to, priority=Priority.PUSH)
