"""The desk's lists for one official, with the roles that they have now; and lists to take along as a file."""

from __future__ import annotations

from typing import Any

import orjson

from bot.actions.city import City
from bot.actions.sight import Sight
from bot.clock import HOUR, MINUTE
from bot.errors import Refused
from bot.store import tables
from bot.store.desk import ALL, HERE, ONE, DeskList
from bot.store.sheet_rows import WAITING
from bot.store.work import Work

LISTS = ("new", "mine", "late", "due", "waiting", "reopened", "external", "contested")
_WIDE = frozenset({"late", "due", "waiting", "reopened", "contested"})  # those who see everything chase in all of it
TOP, BOTTOM = -1, 2**62
MOST_ROWS = 5_000
_SHEET_WAITS = 10 * MINUTE  # what was not made by then does not stand in the way of the next


def desk_list(name: str, sight: Sight) -> DeskList:
    """The queries of a list."""
    return ALL[name] if sight.everything and name in _WIDE else own_list(name, sight)


def own_list(name: str, sight: Sight) -> DeskList:
    """The same of their own desks alone."""
    return ONE[name] if len(sight.desks) == 1 else HERE[name]


def bounds_of(sight: Sight, city: City, me: int, now: int) -> dict[str, Any]:
    """What they need besides `key` and `most`."""
    return {
        "desks": orjson.dumps(sight.desks).decode(),
        "desk": sight.desks[0] if sight.desks else "",
        "private": int(sight.private),
        "now": now,
        "soon": now + city.pack.limits.due_soon_hours * HOUR,
        "me": me,
    }


async def want_sheet(work: Work, what: dict[str, Any]) -> None:
    """Ask for a list as a file: `{"list": name}` or `{"search": …}`; media makes it, with the rights of that moment.

    One at a time. Raises Refused while one is being made.
    """
    if await work.first(WAITING, person_id=work.person.id, since=work.now - _SHEET_WAITS):
        raise Refused("err-already")
    data = orjson.dumps(what).decode()
    work.add(tables.wanted, kind="list", person_id=work.person.id, data=data, created_at=work.now)
