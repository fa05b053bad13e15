"""What citizens and the 137 centre write to each other: found again by a reply to it, and counted."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Text, bindparam, cast, func, literal_column, select

from bot.store.statements import Count, Query
from bot.store.tables import messages, outbox

_PREFIX = "human:"  # of the outbox's `collapse`: never said twice, so it collapses nothing


class MessageRow(NamedTuple):
    """`person_id`: the citizen whose conversation it is, whoever wrote this part of it."""

    id: int
    person_id: int


def key(message_id: int) -> str:
    """How the outbox knows which message it shows."""
    return f"{_PREFIX}{message_id}"


BY_REPLY = Query(
    select(messages.c.id, messages.c.person_id)
    .join_from(outbox, messages, outbox.c.collapse == literal_column(f"'{_PREFIX}'").concat(cast(messages.c.id, Text)))
    .where(outbox.c.account_id == bindparam("account_id"), outbox.c.message_id == bindparam("message_id"))
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
