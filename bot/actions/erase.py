"""People's own data: taken with them as a file, or forgotten."""

from __future__ import annotations

from bot.store import erasure, tables
from bot.store.wanted import EXPORTS
from bot.store.work import Work


async def want_export(work: Work) -> None:
    """Ask for the file of everything that is kept about who wrote; media makes it. One at a time."""
    if await work.first(EXPORTS, person_id=work.person.id) is None:
        work.add(tables.wanted, kind="export", person_id=work.person.id, created_at=work.now)


def erase(work: Work) -> None:
    """Forget who wrote, on all their accounts. Their cases stay nameless; stored files go after the commit.

    There is no account left to write to: what is said about it can only be the answer to the press.
    """
    for statement in erasure.EVERYTHING:
        work.do(statement, person_id=work.person.id, now=work.now)
    work.add(tables.wanted, kind="erase", person_id=work.person.id, created_at=work.now)
    work.reload_people()
