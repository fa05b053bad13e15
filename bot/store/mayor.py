"""What replaced the pack's message of the mayor."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, func, select

from bot.store.statements import Count, Query
from bot.store.tables import mayor_messages, people


class MayorRow(NamedTuple):
    id: int
    words: str
    dated: str
    sha256: str
    author_id: int | None
    created_at: int
    name: str | None


_key = bindparam("key", type_=BigInteger)
_row = select(*(mayor_messages.c[name] for name in MayorRow._fields[:-1]), people.c.name).join_from(
    mayor_messages, people, mayor_messages.c.author_id == people.c.id, isouter=True
)
NEWEST = Query(_row.order_by(mayor_messages.c.id.desc()).limit(1), MayorRow)
ONE = Query(_row.where(mayor_messages.c.id == bindparam("message_id")), MayorRow)
OLDER = Query(
    _row.where(mayor_messages.c.id < _key).order_by(mayor_messages.c.id.desc()).limit(bindparam("most")), MayorRow
)
NEWER = Query(_row.where(mayor_messages.c.id > _key).order_by(mayor_messages.c.id).limit(bindparam("most")), MayorRow)
COUNT = Query(select(func.count()).select_from(mayor_messages).where(mayor_messages.c.id > _key), Count)
