"""Files that the city shows, and what happened to what it says."""

from __future__ import annotations

from typing import NamedTuple, cast

from sqlalchemy import bindparam, delete, select

from bot.store.statements import Query, Statement
from bot.store.tables import city_events, people, shown
from bot.store.work import Work
from bot.talk.screen import MediaKind


class ShownRow(NamedTuple):
    attachment_id: int
    kind: str
    key: str


_mine = (shown.c.owner == bindparam("owner"), shown.c.owner_id == bindparam("owner_id"))
SHOWN = Query(select(shown.c.attachment_id, shown.c.kind, shown.c.key).where(*_mine).order_by(shown.c.id), ShownRow)
# The attachments go with the ordinary clean-up of files that belong to nothing.
SHOW_NOTHING = Statement(delete(shown).where(*_mine))
SHOW_NO_OLDER = Statement(delete(shown).where(*_mine, shown.c.id < bindparam("first")))
"""Leaves what was shown from this id on: statements run after the rows that were staged with them."""


async def files_of(work: Work, owner: str, owner_id: int) -> tuple[tuple[int, MediaKind], ...]:
    """Attachment and kind of each file, in order."""
    rows = await work.query(SHOWN, owner=owner, owner_id=owner_id)
    return tuple((row.attachment_id, cast(MediaKind, row.kind)) for row in rows)


class HappenedRow(NamedTuple):
    id: int
    kind: str
    at: int
    person_id: int | None
    name: str | None
    data: str


HAPPENED = Query(
    select(*(city_events.c[name] for name in ("id", "kind", "at", "person_id")), people.c.name, city_events.c.data)
    .join_from(city_events, people, city_events.c.person_id == people.c.id, isouter=True)
    .where(city_events.c.owner == bindparam("owner"), city_events.c.owner_id == bindparam("owner_id"))
    .order_by(city_events.c.id.desc())
    .limit(bindparam("most")),
    HappenedRow,
)
