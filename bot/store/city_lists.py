"""Lists of what the city shows, paged by a key of time and id: two rows of one millisecond are both shown."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Table, bindparam, func, select

from bot.store.statements import Count, Query

_ROOM = 1_000_000  # ids that a millisecond tells apart; the key of any year to come stays below 2**62
SOONEST_TOP = 2**62
_key = bindparam("key", type_=BigInteger)


class ListedRow(NamedTuple):
    """`id`: the key of the page. `at`: of a programme its beginning."""

    id: int
    item_id: int
    state: str
    title: str
    place: str
    at: int
    stage: str
    percent: int


class Pages(NamedTuple):
    """The three queries of a list."""

    older: Query[ListedRow]
    newer: Query[ListedRow]
    ahead: Query[Count]


def newest(table: Table) -> ColumnElement[int]:
    """The key of a list that begins with what changed last."""
    return table.c.updated_at * _ROOM + table.c.id % _ROOM


def soonest(table: Table) -> ColumnElement[int]:
    """The key of a list that begins with what comes first."""
    return SOONEST_TOP - (table.c.starts_at * _ROOM + table.c.id % _ROOM)


def pages(key: ColumnElement[int], columns: tuple[Any, ...], *where: ColumnElement[bool]) -> Pages:
    """The queries of the rows that meet these conditions. `columns`: those of ListedRow but the key."""
    listed = select(key, *columns).where(*where)
    most = bindparam("most", type_=BigInteger)
    return Pages(
        Query(listed.where(key < _key).order_by(key.desc()).limit(most), ListedRow),
        Query(listed.where(key > _key).order_by(key).limit(most), ListedRow),
        Query(select(func.count()).where(key > _key, *where), Count),
    )
