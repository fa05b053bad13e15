"""Programmes of the city."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, case, literal_column, select

from bot.domain.programme import LASTS
from bot.store.city_lists import newest, pages, soonest
from bot.store.statements import Count, Query, word
from bot.store.tables import programmes, timers, wanted


class ProgrammeRow(NamedTuple):
    id: int
    state: str
    title: str
    words: str = ""
    starts_at: int = 0
    ends_at: int = 0
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    reason: str = ""
    version: int = 1
    updated_at: int = 0

    @property
    def over_at(self) -> int:
        """When it is over, announced or not."""
        return self.ends_at or self.starts_at + LASTS


PROGRAMME = Query(
    select(*(programmes.c[name] for name in ProgrammeRow._fields)).where(programmes.c.id == bindparam("id_")),
    ProgrammeRow,
)
_columns = (
    *(programmes.c[name] for name in ("id", "state", "title", "place", "starts_at")),
    literal_column("''"),
    literal_column("0"),
)
_over_at = case((programmes.c.ends_at > 0, programmes.c.ends_at), else_=programmes.c.starts_at + LASTS)
COMING = pages(
    soonest(programmes),
    _columns,
    programmes.c.state.in_([word("published"), word("cancelled")]),
    _over_at > bindparam("now", type_=BigInteger),
)
ALL_PROGRAMMES = pages(newest(programmes), _columns)

REMINDER = "programme-reminder"
"""The job of the timer."""
TO_COME = Query(
    select(timers.c.due_at).where(
        timers.c.job == literal_column(f"'{REMINDER}'"),
        timers.c.subject_id == bindparam("id_"),
        timers.c.done_at == 0,
    ),
    Count,
)
CALENDAR_WAITING = Query(
    select(wanted.c.id)
    .where(
        wanted.c.person_id == bindparam("person_id"),
        wanted.c.kind == word("calendar"),
        wanted.c.state == word("wanted"),
        wanted.c.created_at > bindparam("since"),
    )
    .limit(literal_column("1")),
    Count,
)
