"""The officials: who works at which desk, who leads it, whom a case is told to.

A department without people changes nothing for citizens: the centre has its cases on its desk, and is told so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.rights import CENTRE, CENTRE_ROLES, CITY_ROLES, INSPECTION, MAYOR_OFFICE, UNIT_ROLES, works_at
from bot.store.cases import CaseRow
from bot.store.people import STAFF, StaffRow
from bot.store.person import Address, Person, Role
from bot.store.work import Work

Private = Literal["inspection", "mayor_office", ""]


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody with a role whom we can reach. Read once for a move: some dozens of rows."""

    rows: Sequence[StaffRow]

    def without(self, role_ids: Iterable[int]) -> Staff:
        """The same after these roles are gone."""
        gone = frozenset(role_ids)
        return Staff([row for row in self.rows if row.role_id not in gone])

    def joined_by(self, person: Person, role: Role) -> Staff:
        """The same after this person has taken a role."""
        me = (person.id, person.account_id, person.channel, person.chat_id, person.lang, person.simple)
        return Staff([*self.rows, StaffRow(*me, True, person.name, person.duty, role.role, role.department, 0)])

    def at(self, desk: str, *, private: bool = False) -> list[Address]:
        """Who works at this desk, each once, by the account that they used last."""
        return self._who(lambda row: works_at(row, desk, private=private))

    def on_duty(self, desk: str, *, private: bool = False) -> list[Address]:
        """Those of them who are at work."""
        return self._who(lambda row: bool(row.duty) and works_at(row, desk, private=private))

    def managers(self, department: str) -> list[Address]:
        """Who leads a department."""
        return self._who(lambda row: row.role == "manager" and row.department == department)

    def leaders(self) -> list[Address]:
        """Who leads any department."""
        return self._who(lambda row: row.role == "manager")

    def admins(self) -> list[Address]:
        """Who looks after the system."""
        return self._who(lambda row: row.role == "admin")

    def speakers(self) -> list[Address]:
        """Who keeps what the city says."""
        return self._who(lambda row: row.role in CITY_ROLES)

    def one(self, person_id: int | None) -> Address | None:
        """This official, when they can be reached."""
        found = self._who(lambda row: row.person_id == person_id)
        return found[0] if found else None

    def name(self, person_id: int | None) -> str:
        """As colleagues read it; "" where it is not known."""
        return next((row.name for row in self.rows if row.person_id == person_id), "")

    def is_at(self, person_id: int, desk: str, *, private: bool = False) -> bool:
        """Whether this person works at the desk."""
        return any(row.person_id == person_id and works_at(row, desk, private=private) for row in self.rows)

    def may_read(self, person_id: int, desk: str, *, private: bool = False) -> bool:
        """Whether news of a case on this desk may be told to this person: at a confidential one's they must work."""
        if private:
            return self.is_at(person_id, desk, private=True)
        return any(row.person_id == person_id and row.role in CENTRE_ROLES | UNIT_ROLES for row in self.rows)

    def has_people(self, desk: str) -> bool:
        """Whether anybody works there."""
        return any(works_at(row, desk) for row in self.rows)

    def _who(self, wanted: Callable[[StaffRow], bool]) -> list[Address]:
        return _once(filter(wanted, self.rows))


async def load_staff(work: Work) -> Staff:
    """The officials, as of now."""
    return Staff([row for row in await work.query(STAFF) if row.reachable])


def desk_of(staff: Staff, department: str, private: bool) -> str:
    """On whose desk a case of this department is: its own while it has people, else the centre's.

    One on staff conduct is inspection's alone; while nobody is there, of the manager of the mayor's office.
    """
    if private:
        nobody = not staff.at(INSPECTION, private=True) and staff.at(MAYOR_OFFICE, private=True)
        return MAYOR_OFFICE if nobody else INSPECTION
    return department if department != CENTRE and staff.has_people(department) else CENTRE


async def can_take_private(work: Work) -> Private:
    """Who would read a report on staff conduct: "inspection", "mayor_office", or "" for nobody."""
    staff = await load_staff(work)
    if staff.at(INSPECTION, private=True):
        return "inspection"
    return "mayor_office" if staff.at(MAYOR_OFFICE, private=True) else ""


def to_ring(staff: Staff, desk: str, *, private: bool = False) -> list[Address]:
    """Whom a case on this desk rings for: those at work; while nobody is, everybody there and the centre as well."""
    if found := staff.on_duty(desk, private=private):
        return found
    everybody = staff.at(desk, private=private)
    return everybody if private or desk == CENTRE else _joined(everybody, staff.on_duty(CENTRE) or staff.at(CENTRE))


def concerned(staff: Staff, desk: str, holder_id: int | None, *, private: bool = False) -> list[Address]:
    """Whom news of a case is told: who works on it, else those for whom it would ring.

    A confidential one is told to nobody who has left its desk, not even to who did the work.
    """
    holder = staff.one(holder_id)
    if holder and not staff.may_read(holder.person_id, desk, private=private):
        holder = None
    return [holder] if holder else to_ring(staff, desk, private=private)


def superiors_of(staff: Staff, case: CaseRow) -> list[Address]:
    """Who leads the department, and did not do the work themselves; else the manager of the mayor's office."""
    if case.private:
        return [one for one in staff.managers(INSPECTION) if one.person_id != case.doer_id]
    own = [one for one in staff.managers(case.department) if one.person_id != case.doer_id]
    return own or [one for one in staff.managers(MAYOR_OFFICE) if one.person_id != case.doer_id]


def _joined(*lists: Iterable[Address]) -> list[Address]:
    return list({address.person_id: address for each in lists for address in each}.values())


def _once(rows: Iterable[StaffRow]) -> list[Address]:
    found: dict[int, Address] = {}
    for row in rows:
        found.setdefault(row.person_id, row.address)
    return list(found.values())
