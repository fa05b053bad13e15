"""What people chose to be told."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert

from bot.store.statements import Query, Statement
from bot.store.tables import subscriptions


class WishRow(NamedTuple):
    topic: str
    mode: str


WANTED_OF = Query(
    select(subscriptions.c.topic, subscriptions.c.mode).where(subscriptions.c.person_id == bindparam("person_id")),
    WishRow,
)
_wish = insert(subscriptions).values(
    {name: bindparam(name) for name in ("id", "person_id", "topic", "mode", "updated_at")}
)
WISH = Statement(
    _wish.on_conflict_do_update(
        index_elements=[subscriptions.c.person_id, subscriptions.c.topic],
        set_={"mode": _wish.excluded.mode, "updated_at": _wish.excluded.updated_at},
    )
)
