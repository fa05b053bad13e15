"""Posters and stickers whose codes lead here, what came by them, and the files that were drawn."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Float, bindparam, func, select, update

from bot.store.statements import Count, Query, Statement, word
from bot.store.tables import attachments, cases, posters, shown, wanted


class PosterRow(NamedTuple):
    id: int
    token: str
    kind: str
    category: str
    place: str
    lat: float | None
    lon: float | None
    opened: int
    created_at: int


class CountedRow(NamedTuple):
    """One in the list: how often it was scanned, and the reports that came by it (not those taken back)."""

    id: int
    kind: str
    place: str
    opened: int
    reports: int
    created_at: int


class DrawnRow(NamedTuple):
    attachment_id: int
    mime: str


_row: list[Any] = [posters.c[name] for name in PosterRow._fields]
_there = posters.c.removed_at == 0
BY_ID = Query(select(*_row).where(posters.c.id == bindparam("poster_id"), _there), PosterRow)
BY_TOKEN = Query(select(*_row).where(posters.c.token == bindparam("token"), _there), PosterRow)
# The same thing asked for again is the same code: what came by it is counted together. NULL is like NULL by IS.
_lat, _lon = bindparam("lat", type_=Float), bindparam("lon", type_=Float)
SAME = Query(
    select(*_row)
    .where(_there, posters.c.kind == bindparam("kind"), posters.c.category == bindparam("category"))
    .where(posters.c.place == bindparam("place"), posters.c.lat.is_not_distinct_from(_lat))
    .where(posters.c.lon.is_not_distinct_from(_lon))
    .limit(1),
    PosterRow,
)
OPENED = Statement(update(posters).where(posters.c.id == bindparam("poster_id")).values(opened=posters.c.opened + 1))

_reports = (
    select(func.count())
    .where(cases.c.poster_id == posters.c.id, cases.c.state != word("cancelled"))
    .correlate(posters)
    .scalar_subquery()
)
_counted: list[Any] = [posters.c.id, posters.c.kind, posters.c.place, posters.c.opened, _reports, posters.c.created_at]
_key: BindParameter[int] = bindparam("key")
OLDER = Query(
    select(*_counted).where(_there, posters.c.id < _key).order_by(posters.c.id.desc()).limit(bindparam("most")),
    CountedRow,
)
NEWER = Query(
    select(*_counted).where(_there, posters.c.id > _key).order_by(posters.c.id).limit(bindparam("most")), CountedRow
)
COUNT = Query(select(func.count()).where(_there, posters.c.id > _key), Count)
COUNTED = Query(select(*_counted).where(_there, posters.c.id == bindparam("poster_id")), CountedRow)

_asked = (wanted.c.kind == word("poster")) & (wanted.c.state == word("wanted")) & (wanted.c.data == bindparam("data"))
WAITING = Query(select(wanted.c.id).where(wanted.c.person_id == bindparam("person_id"), _asked).limit(1), Count)

DRAWN = Query(
    select(attachments.c.id, attachments.c.mime)
    .join_from(shown, attachments, shown.c.attachment_id == attachments.c.id)
    .where(shown.c.owner == word("poster"), shown.c.owner_id == bindparam("poster_id"))
    .where(shown.c.key == bindparam("key"), attachments.c.state == word("stored"))
    .order_by(shown.c.id),
    DrawnRow,
)
