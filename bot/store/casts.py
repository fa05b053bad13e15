"""Lists of broadcasts, and the one that a message was a delivery of."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, func, select

from bot.store.statements import Count, Query, word
from bot.store.tables import broadcasts, outbox


class CastRow(NamedTuple):
    id: int
    title: str
    state: str
    relation: str
    created_at: int
    send_at: int
    started_at: int


_key = bindparam("key", type_=BigInteger)
_columns = tuple(broadcasts.c[name] for name in CastRow._fields)
# What wrote itself (news, what followers are told, summaries) stands elsewhere.
_shown = (broadcasts.c.state != word("cancelled")) & broadcasts.c.relation.not_in([word("news"), word("summary")])
_list = select(*_columns).where(_shown).limit(bindparam("most"))
CASTS_OLDER = Query(_list.where(broadcasts.c.id < _key).order_by(broadcasts.c.id.desc()), CastRow)
CASTS_NEWER = Query(_list.where(broadcasts.c.id > _key).order_by(broadcasts.c.id), CastRow)
CASTS_COUNT = Query(select(func.count()).where(_shown, broadcasts.c.id > _key), Count)


class HeardRow(NamedTuple):
    id: int
    title: str


HEARD = Query(
    select(broadcasts.c.id, broadcasts.c.title)
    .join_from(outbox, broadcasts, broadcasts.c.id == outbox.c.broadcast_id)
    .where(
        outbox.c.account_id == bindparam("account_id"),
        outbox.c.message_id == bindparam("message_id"),
        outbox.c.broadcast_id.is_not(None),
    ),
    HeardRow,
)
