"""How somebody stands with the city: what a returning person is told."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from bot.domain.case import OPEN, REPORT
from bot.store.statements import Count, Query, word
from bot.store.tables import cases

OPEN_CASES = Query(
    select(func.count())
    .select_from(cases)
    .where(
        cases.c.person_id == bindparam("person_id"),
        cases.c.state.in_([word(state) for state in sorted(OPEN)]),
        cases.c.kind == word(REPORT),
    ),
    Count,
)
