"""What filing must know: how many reports somebody filed lately, and how many files they sent."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from bot.store.statements import Count, Query, word
from bot.store.tables import attachments, cases


class FiledRow(NamedTuple):
    """How many of a kind, and when the oldest of them was filed."""

    n: int
    oldest: int | None


# What was taken back does not count.
FILED = Query(
    select(func.count(), func.min(cases.c.created_at)).where(
        cases.c.person_id == bindparam("person"),
        cases.c.created_at > bindparam("since"),
        cases.c.state != word("cancelled"),
        cases.c.kind == bindparam("kind"),
    ),
    FiledRow,
)
# Files of drafts that were thrown away count: they take our disk all the same.
SENT = Query(
    select(func.count()).where(
        attachments.c.person_id == bindparam("person"), attachments.c.created_at > bindparam("since")
    ),
    Count,
)
