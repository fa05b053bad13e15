"""What was told to all since a time, for the daily summary."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, func, literal_column, select

from bot.store.statements import Query, word
from bot.store.tables import broadcasts, timers


class LastRow(NamedTuple):
    at: int | None


# The one before this: when it was due, whenever it ran.
LAST = Query(
    select(func.max(timers.c.due_at)).where(
        timers.c.job == word("summary"), timers.c.done_at > 0, timers.c.id != bindparam("timer_id", type_=BigInteger)
    ),
    LastRow,
)


class ToldRow(NamedTuple):
    kind: str
    title: str
    audience: str
    at: int
    news_id: int | None


_topical = func.json_extract(broadcasts.c.audience, literal_column("'$.topic'"))
TOLD = Query(
    select(
        broadcasts.c.kind,
        broadcasts.c.title,
        broadcasts.c.audience,
        broadcasts.c.started_at,
        broadcasts.c.news_id,
    )
    .where(
        broadcasts.c.mode == word(""),
        broadcasts.c.parent_id.is_(None),
        broadcasts.c.state.in_([word(state) for state in ("sending", "paused", "done", "expired")]),
        broadcasts.c.started_at > bindparam("since", type_=BigInteger),
        broadcasts.c.started_at <= bindparam("until", type_=BigInteger),
        _topical == broadcasts.c.kind,  # what only followers of something were told is no news for all
    )
    .order_by(broadcasts.c.started_at)
    .limit(bindparam("most")),
    ToldRow,
)
