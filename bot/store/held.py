"""What a restore holds back: looked at, dropped, or released in slices by the running service."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, func, select, update

from bot.store.outbox import WaitingRow
from bot.store.statements import Count, Query, Statement, word
from bot.store.tables import outbox, wanted

RELEASE = "release"  # the key in `meta` by which `release --send` asks the service


class HeldRow(NamedTuple):
    channel: str
    n: int
    oldest: int
    newest: int


_held = (outbox.c.state == word("held")) & outbox.c.channel.in_([word("telegram"), word("bale")])
_files = wanted.c.state == word("held")
HELD = Query(
    select(outbox.c.channel, func.count(), func.min(outbox.c.created_at), func.max(outbox.c.created_at))
    .where(_held)
    .group_by(outbox.c.channel),
    HeldRow,
)
HELD_FILES = Query(select(func.count()).select_from(wanted).where(_files), Count)

# Not silently, but never in the way of replies: each keeps its priority. What a restore held may have gone out.
_slice = select(outbox.c.id).where(_held).order_by(outbox.c.id).limit(bindparam("most"))
SEND = Statement(
    update(outbox)
    .where(outbox.c.id.in_(_slice))
    .values(state="waiting", due_at=0)
    .returning(*(outbox.c[name] for name in WaitingRow._fields))
)
SEND_FILES = Statement(update(wanted).where(_files).values(state="wanted", due_at=0))
DROP = Statement(update(outbox).where(_held).values(state="collapsed", error="dropped after a restore"))
DROP_FILES = Statement(update(wanted).where(_files).values(state="failed", error="dropped after a restore"))
