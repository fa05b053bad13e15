"""People's own data: taken with them as a file, or forgotten."""

from __future__ import annotations

from bot.actions.city import City
from bot.actions.people import resign
from bot.clock import HOUR
from bot.errors import Refused
from bot.store import erasure, tables
from bot.store.wanted import EXPORTS, MADE
from bot.store.work import Work


async def want_export(work: Work) -> None:
    """Ask for the file of everything that is kept about who wrote; media makes it. One at a time and in an hour, for
    each may hold all their pictures. Raises Refused when they have just got one.
    """
    if await work.first(MADE, person_id=work.person.id, since=work.now - HOUR):
        raise Refused("err-already")
    if await work.first(EXPORTS, person_id=work.person.id) is None:
        work.add(tables.wanted, kind="export", person_id=work.person.id, created_at=work.now)


async def erase(work: Work, city: City) -> None:
    """Forget who wrote, on all their accounts. Their cases stay nameless; stored files go after the commit. An
    official leaves their roles first. Raises Refused when nobody could take their place.

    There is no account left to write to: what is said about it can only be the answer to the press.
    """
    if work.person.official:
        await resign(work, city)
    for statement in erasure.EVERYTHING:
        work.do(statement, person_id=work.person.id, now=work.now)
    work.add(tables.wanted, kind="erase", person_id=work.person.id, created_at=work.now)
    work.reload_people()
