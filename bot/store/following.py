"""Who follows a project or asked to be reminded of a programme: rows of `subscriptions`."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, literal_column, select

from bot.store.statements import Count, Query, word
from bot.store.tables import subscriptions


class WantRow(NamedTuple):
    id: int
    mode: str


WANT = Query(
    select(subscriptions.c.id, subscriptions.c.mode).where(
        subscriptions.c.person_id == bindparam("person_id"), subscriptions.c.topic == bindparam("topic")
    ),
    WantRow,
)
SOMEBODY = Query(
    select(subscriptions.c.id)
    .where(subscriptions.c.topic == bindparam("topic"), subscriptions.c.mode == word("now"))
    .limit(literal_column("1")),
    Count,
)
