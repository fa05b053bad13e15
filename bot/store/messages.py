"""What citizens and the 137 centre write to each other: found again by a reply to it, and counted."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, cast, func, literal_column, select

from bot.store.statements import Count, Query
from bot.store.tables import messages, outbox

_PREFIX = "human:"  # of the outbox's `collapse`: never said twice, so it collapses nothing
# As the index says it: SQLite uses a partial index only for conditions that it can read.
TALK = (outbox.c.collapse >= literal_column("'human:'")) & (outbox.c.collapse < literal_column("'human;'"))
TALK_MESSAGE = cast(func.substr(outbox.c.collapse, len(_PREFIX) + 1), BigInteger)


class MessageRow(NamedTuple):
    """`person_id`: the citizen whose conversation it is, whoever wrote this part of it."""

    id: int
    person_id: int


def key(message_id: int, part: str = "") -> str:
    """How the outbox knows which message it shows. `part` tells its words from its file."""
    return f"{_PREFIX}{message_id}{part}"


BY_REPLY = Query(
    select(messages.c.id, messages.c.person_id)
    .join_from(outbox, messages, messages.c.id == TALK_MESSAGE)
    .where(TALK, outbox.c.account_id == bindparam("account_id"), outbox.c.message_id == bindparam("message_id"))
    .limit(1),
    MessageRow,
)
WRITTEN_SINCE = Query(
    select(func.count()).where(
        messages.c.person_id == bindparam("person_id"),
        messages.c.by.is_(None),
        messages.c.created_at >= bindparam("since"),
    ),
    Count,
)
