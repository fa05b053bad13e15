"""Who has the same problem as a reporter, and what they say at its end."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import BigInteger, BindParameter, Update, bindparam, func, select, update

from bot.store.statements import Query, Statement
from bot.store.tables import cases, supporters


class SupporterRow(NamedTuple):
    id: int
    person_id: int
    vote: str


class SupportRow(NamedTuple):
    """One person's, be it over: `left_at` is 0 while they are with the case."""

    id: int
    vote: str
    left_at: int


class VoteRow(NamedTuple):
    vote: str
    n: int


_case = supporters.c.case_id == bindparam("case_id")
_here = _case & (supporters.c.left_at == 0)
SUPPORTERS = Query(
    select(supporters.c.id, supporters.c.person_id, supporters.c.vote).where(_here).order_by(supporters.c.id),
    SupporterRow,
)
VOTES = Query(select(supporters.c.vote, func.count()).where(_here).group_by(supporters.c.vote), VoteRow)
SUPPORT = Query(
    select(supporters.c.id, supporters.c.vote, supporters.c.left_at).where(
        _case, supporters.c.person_id == bindparam("person_id")
    ),
    SupportRow,
)
CLEAR_VOTES = Statement(update(supporters).where(_case).values(vote="", voted_at=0))

LEAVE_CASE = Statement(
    update(supporters).where(_here).values(left_at=bindparam("now", type_=BigInteger), vote="", voted_at=0)
)
LEAVE_ALL = Statement(
    update(supporters)
    .where(supporters.c.person_id == bindparam("person_id", type_=BigInteger), supporters.c.left_at == 0)
    .values(left_at=bindparam("now", type_=BigInteger), vote="", voted_at=0)
)


def recount(person: BindParameter[int]) -> Update:
    """Let the counts of all cases that this person is or was with follow the rows."""
    theirs = select(supporters.c.case_id).where(supporters.c.person_id == person)
    here = (supporters.c.case_id == cases.c.id) & (supporters.c.left_at == 0)
    count = select(func.count()).where(here).correlate(cases).scalar_subquery()
    return update(cases).where(cases.c.id.in_(theirs)).values(supporters=count)
