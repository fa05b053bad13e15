"""Which cases an official may see at the desk: asked anew at each press, with the roles that they have now."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.staff import CENTRE_ROLES, can_take_private
from bot.errors import NotFound, Refused
from bot.pack.catalogue import INSPECTION, MAYOR_OFFICE
from bot.store import cases
from bot.store.cases import CaseRow
from bot.store.person import Person
from bot.store.work import Work


@dataclass(frozen=True, slots=True)
class Sight:
    """Which cases an official may see."""

    ordinary: bool
    private: bool

    def covers(self, private: bool) -> bool:
        """Whether a case is among them."""
        return self.private if private else self.ordinary


async def sight_of(work: Work, person: Person) -> Sight:
    """What this person may see at the desk, by the roles that they have now."""
    inspects = any(r.department == INSPECTION and r.role in ("officer", "manager") for r in person.roles)
    heads = any(r.department == MAYOR_OFFICE and r.role == "manager" for r in person.roles)
    private = inspects or (heads and await can_take_private(work) != INSPECTION)
    return Sight(person.has(*CENTRE_ROLES), private)


async def check_desk(work: Work) -> Sight:
    """What who wrote may see at the desk. Raises Refused when they hold no role (any more)."""
    if not work.person.official:
        raise Refused("err-not-allowed")
    return await sight_of(work, work.person)


async def load_for_desk(work: Work, case_id: int) -> CaseRow:
    """A case, when who wrote may see it. Raises Refused, and NotFound both for none and for one that is not theirs."""
    sight = await check_desk(work)
    case = await work.first(cases.BY_ID, case_id=case_id)
    if case is None or not sight.covers(bool(case.private)):
        raise NotFound(case_id)
    return case
