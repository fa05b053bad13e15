"""What a list that an official takes along holds of each case. No number of a caller, nothing of who reported."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import BigInteger, Text, bindparam, column, func, literal_column, select

from bot.store.statements import Count, Query, word
from bot.store.tables import cases, people, wanted


class SheetRow(NamedTuple):
    """A case as a row of a sheet; `holder`: what colleagues call who has it."""

    id: int
    code: str
    category: str
    area: str
    lat: float | None
    address: str
    landmark: str
    words: str
    state: str
    closed_how: str
    urgent: bool
    private: bool
    hidden: bool
    department: str
    created_at: int
    target_at: int | None
    ended_at: int
    supporters: int
    reopened: int
    referrals: int
    kind: str
    holder: str


_given = func.json_each(bindparam("ids", type_=Text)).table_valued(
    column("key", BigInteger), column("value", BigInteger)
)
ROWS = Query(
    select(*(cases.c[name] for name in SheetRow._fields[:-1]), func.coalesce(people.c.name, word("")))
    .select_from(_given.join(cases, cases.c.id == _given.c.value).outerjoin(people, people.c.id == cases.c.holder_id))
    .order_by(_given.c.key),
    SheetRow,
)
"""The cases with these ids (a JSON list), in the list's order."""

WAITING = Query(
    select(wanted.c.id)
    .where(
        wanted.c.person_id == bindparam("person_id"),
        wanted.c.kind == word("list"),
        wanted.c.state == word("wanted"),
        wanted.c.created_at > bindparam("since"),
    )
    .limit(literal_column("1")),
    Count,
)
