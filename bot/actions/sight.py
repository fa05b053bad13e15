"""Which cases an official may see at the desk: asked anew at each press, with the roles that they have now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.actions.staff import desk_of, load_staff
from bot.domain.rights import CENTRE, CENTRE_ROLES, INSPECTION, MAYOR_OFFICE, UNIT_ROLES, Role, sees
from bot.errors import NotFound, Refused
from bot.store import cases
from bot.store.cases import CaseRow
from bot.store.desk import WAS_HERE
from bot.store.person import Person
from bot.store.work import Work


@dataclass(frozen=True, slots=True)
class Sight:
    """What the lists of an official hold: the cases on these desks. `everything`: all ordinary ones besides."""

    desks: tuple[str, ...]
    private: bool
    everything: bool


async def sight_of(work: Work, person: Person) -> Sight:
    """What this person may see at the desk, by the roles that they have now."""
    return await sight_with(work, person.roles)


async def sight_with(work: Work, roles: Sequence[Role]) -> Sight:
    """The same for whoever has these roles."""
    desks = {role.department for role in roles if role.role in UNIT_ROLES}
    centre = any(role.role in CENTRE_ROLES for role in roles)
    heads = any(role.role == "manager" and role.department == MAYOR_OFFICE for role in roles)
    private = INSPECTION in desks
    if heads and not private:
        private = desk_of(await load_staff(work), INSPECTION, private=True) == MAYOR_OFFICE
    return Sight(tuple(sorted(desks | ({CENTRE} if centre else set()))), private, centre or heads)


async def check_desk(work: Work) -> Sight:
    """What who wrote may see at the desk. Raises Refused when they have no role there (any more)."""
    if not any(role.role in UNIT_ROLES | CENTRE_ROLES for role in work.person.roles):
        raise Refused("err-not-allowed")
    return await sight_of(work, work.person)


async def load_for_desk(work: Work, case_id: int) -> CaseRow:
    """A case, when who wrote may see it.

    Raises Refused for who has no role, and for a case that was on their desk and went on; NotFound both for none and
    for one that never was theirs.
    """
    await check_desk(work)
    case = await work.first(cases.BY_ID, case_id=case_id)
    person = work.person
    if case is None:
        raise NotFound(case_id)
    if not sees(person.id, person.roles, case):
        mine = {role.department for role in person.roles}
        rows = [] if case.private else await work.query(WAS_HERE, case_id=case_id)
        raise Refused("desk-moved-away") if mine & {row.was for row in rows} else NotFound(case_id)
    return case
