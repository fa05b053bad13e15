"""A tracking code from anybody: one's own opens the case, another's shows its state and nothing else. One that came by
phone may be claimed.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.city import City
from bot.actions.support import is_supporter
from bot.clock import HOUR
from bot.domain.code import check
from bot.domain.rights import CENTRE_ROLES
from bot.store import cases, guesses, tables
from bot.store.cases import CaseRow
from bot.store.work import Work


@dataclass(frozen=True, slots=True)
class Mine:
    """The code of one's own case, or of one that is shared."""

    case_id: int


@dataclass(frozen=True, slots=True)
class Another:
    """All that a code shows to other accounts."""

    code: str
    state: str
    closed_how: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Phoned:
    """A case that came by phone: whoever knows the number that was left with it may claim it."""

    case_id: int
    code: str
    state: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """No case has this code."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """Guesses are used up, for this account or for all; `until` in milliseconds."""

    until: int


Found = Mine | Another | Phoned | Wrong | TooMany


async def look_up(work: Work, city: City, typed: str) -> Found:
    """What this code shows to who wrote. Only codes that could exist count as guesses: a slip of the finger is free.

    While the guesses are used up a right code is not told from a wrong one, except that one's own always opens, and
    what one shares.
    """
    code = check(typed)
    if code is None:
        return Wrong()
    found = await work.first(cases.BY_CODE, code=code)
    if found and (found.person_id == work.person.id or await _shares(work, found.id)):
        return Mine(found.id)
    until = await paused_until(work, city)
    if until:
        return TooMany(until)
    if found is None:
        note_guess(work)
        return Wrong()
    case = await work.first(cases.BY_ID, case_id=found.id)
    if case and can_claim(work, case):
        return Phoned(found.id, found.code, found.state)
    closed_how = found.closed_how if found.kind else ""  # how a report ended is told to no other account
    return Another(found.code, found.state, closed_how, found.kind)


async def _shares(work: Work, case_id: int) -> bool:
    case = await work.first(cases.BY_ID, case_id=case_id)
    return case is not None and await is_supporter(work, case)


def can_claim(work: Work, case: CaseRow) -> bool:
    """Whether it was left by phone with a number, and who wrote has not seen that number at the centre."""
    desk = work.person.has(*CENTRE_ROLES) or case.entered_by == work.person.id
    return case.channel == "phone" and bool(case.caller) and not desk


def note_guess(work: Work) -> None:
    """Count a wrong code, or a wrong number for a right one."""
    work.add(tables.guesses, person_id=work.person.id, kind="code", at=work.now)


async def paused_until(work: Work, city: City) -> int:
    """Until when who wrote, or everybody, has no guess left; 0 while they have."""
    limits, since = city.pack.limits, work.now - HOUR
    mine = await work.first(
        guesses.FILLING_MINE,
        since=since,
        allowed_before=limits.code_guesses_per_hour - 1,
        person_id=work.person.id,
    )
    everybody = await work.first(guesses.FILLING_ALL, since=since, allowed_before=limits.code_guesses_per_hour_all - 1)
    return max((row.at + HOUR for row in (mine, everybody) if row), default=0)
