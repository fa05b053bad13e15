"""As what somebody stands to a case: the matrix of who may see and move it, by the roles that they have now.

Of ordinary cases the centre and the manager of the mayor's office see all, a department its own. A case on staff
conduct is inspection's alone; while nobody is there, of the manager of the mayor's office.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from bot.domain.case import Who

CENTRE, INSPECTION, MAYOR_OFFICE = "center137", "inspection", "mayor_office"
CENTRE_ROLES = frozenset({"dispatcher", "admin"})
UNIT_ROLES = frozenset({"officer", "manager"})
CITY_ROLES = frozenset({"editor", "admin"})
"""Who keeps what the city says: news, projects, programmes."""


class Role(Protocol):
    @property
    def role(self) -> str: ...
    @property
    def department(self) -> str: ...


class Facts(Protocol):
    """What rights depend on."""

    @property
    def person_id(self) -> int: ...
    @property
    def desk(self) -> str: ...
    @property
    def department(self) -> str: ...
    @property
    def private(self) -> bool: ...
    @property
    def holder_id(self) -> int | None: ...
    @property
    def doer_id(self) -> int | None: ...
    @property
    def channel(self) -> str: ...


def works_at(role: Role, desk: str, *, private: bool = False) -> bool:
    """Whether this role is one of those at whose desk a case is."""
    if private and desk == MAYOR_OFFICE:
        return role.role == "manager" and role.department == MAYOR_OFFICE
    if desk == CENTRE and role.role in CENTRE_ROLES:
        return not private
    return role.role in UNIT_ROLES and role.department == desk


def stands(me: int, roles: Iterable[Role], case: Facts) -> frozenset[Who]:
    """Everything that this person is to this case."""
    held, found = tuple(roles), set[Who]()
    if case.person_id == me and case.doer_id != me:  # the doer is never the judge, not of their own report either
        found.add(Who.REPORTER)
    unit = any(works_at(role, case.desk, private=bool(case.private)) for role in held)
    centre = not case.private and any(role.role in CENTRE_ROLES for role in held)
    manager = any(_leads(role, case) for role in held)
    found |= {who for who, is_so in ((Who.UNIT, unit), (Who.CENTRE, centre), (Who.MANAGER, manager)) if is_so}
    if unit and case.holder_id == me:
        found.add(Who.HOLDER)
    if (unit or centre or manager) and case.doer_id != me:
        found.add(Who.REVIEWER)
        if centre and case.channel == "phone":
            found.add(Who.CALL)
    return frozenset(found)


def has_desk(roles: Iterable[Role]) -> bool:
    """Whether any of these roles works on cases."""
    return any(role.role in UNIT_ROLES | CENTRE_ROLES for role in roles)


def speaks(roles: Iterable[Role]) -> bool:
    """Whether any of these roles keeps what the city says."""
    return any(role.role in CITY_ROLES for role in roles)


def manages(roles: Iterable[Role], role: str, department: str) -> bool:
    """Whether these roles may give and take this one: admins all, a manager those of officers of their department."""
    return any(
        own.role == "admin" or (own.role == "manager" and role == "officer" and own.department == department)
        for own in roles
    )


def _leads(role: Role, case: Facts) -> bool:
    if role.role != "manager":
        return False
    if case.private:
        return role.department == case.desk
    return role.department in (case.department, MAYOR_OFFICE)


def sees(me: int, roles: Iterable[Role], case: Facts) -> bool:
    """Whether this person may open the case at the desk."""
    held = tuple(roles)
    if stands(me, held, case) & {Who.UNIT, Who.CENTRE, Who.MANAGER}:
        return True
    return not case.private and any(role.role in UNIT_ROLES and role.department == case.department for role in held)
