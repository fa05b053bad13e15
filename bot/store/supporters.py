"""Who has the same problem as a reporter, and what they say at its end."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from bot.store.statements import Query
from bot.store.tables import supporters


class SupporterRow(NamedTuple):
    id: int
    person_id: int
    vote: str


class VoteRow(NamedTuple):
    vote: str
    n: int


_here = (supporters.c.case_id == bindparam("case_id")) & (supporters.c.left_at == 0)
SUPPORTERS = Query(
    select(supporters.c.id, supporters.c.person_id, supporters.c.vote).where(_here).order_by(supporters.c.id),
    SupporterRow,
)
VOTES = Query(select(supporters.c.vote, func.count()).where(_here).group_by(supporters.c.vote), VoteRow)
SUPPORT = Query(
    select(supporters.c.id, supporters.c.person_id, supporters.c.vote).where(
        supporters.c.case_id == bindparam("case_id"), supporters.c.person_id == bindparam("person_id")
    ),
    SupporterRow,
)
