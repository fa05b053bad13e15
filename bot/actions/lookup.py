"""A tracking code from anybody: one's own opens the case, another's shows its state and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.city import City
from bot.clock import HOUR
from bot.domain.code import check
from bot.store import cases, guesses, tables
from bot.store.work import Work


@dataclass(frozen=True, slots=True)
class Mine:
    """The code of one's own case."""

    case_id: int


@dataclass(frozen=True, slots=True)
class Another:
    """All that a code shows to other accounts."""

    code: str
    state: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """No case has this code."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """Guesses are used up, for this account or for all; `until` in milliseconds."""

    until: int


Found = Mine | Another | Wrong | TooMany


async def look_up(work: Work, city: City, typed: str) -> Found:
    """What this code shows to who wrote. Only codes that could exist count as guesses: a slip of the finger is free.

    While the guesses are used up a right code is not told from a wrong one, except that one's own always opens.
    """
    code = check(typed)
    if code is None:
        return Wrong()
    found = await work.first(cases.BY_CODE, code=code)
    if found and found.person_id == work.person.id:
        return Mine(found.id)
    until = await _paused_until(work, city)
    if until:
        return TooMany(until)
    if found is None:
        work.add(tables.guesses, person_id=work.person.id, kind="code", at=work.now)
        return Wrong()
    return Another(found.code, found.state)


async def _paused_until(work: Work, city: City) -> int:
    limits, since = city.pack.limits, work.now - HOUR
    mine = await work.first(
        guesses.FILLING_MINE,
        since=since,
        allowed_before=limits.code_guesses_per_hour - 1,
        person_id=work.person.id,
    )
    everybody = await work.first(guesses.FILLING_ALL, since=since, allowed_before=limits.code_guesses_per_hour_all - 1)
    return max((row.at + HOUR for row in (mine, everybody) if row), default=0)
