"""What filing must know: how many reports somebody filed lately."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from bot.store.statements import Query, word
from bot.store.tables import cases


class FiledRow(NamedTuple):
    """How many, and when the oldest of them was filed."""

    n: int
    oldest: int | None


# What was taken back does not count.
FILED = Query(
    select(func.count(), func.min(cases.c.created_at)).where(
        cases.c.person_id == bindparam("person"),
        cases.c.created_at > bindparam("since"),
        cases.c.state != word("cancelled"),
    ),
    FiledRow,
)
