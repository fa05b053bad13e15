"""What is due by the clock: rows that moves and reports leave behind, and that say by themselves whether they ran."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import BigInteger, Text, bindparam, column, func, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.store.statements import Count, Query, Statement
from bot.store.tables import timers
from bot.store.work import Work

_jobs = func.json_each(bindparam("jobs", type_=Text)).table_valued(column("value", Text))


class TimerRow(NamedTuple):
    id: int
    job: str
    subject_id: int
    due_at: int
    move_id: int


DUE = Query(
    select(*(timers.c[name] for name in TimerRow._fields))
    .where(
        timers.c.done_at == 0,
        timers.c.due_at <= bindparam("now", type_=BigInteger),
        timers.c.job.in_(select(_jobs.c.value).scalar_subquery()),
    )
    .order_by(timers.c.due_at, timers.c.id)
    .limit(bindparam("most")),
    TimerRow,
)
# Taken under the writer's lock: whoever finds it undone does it.
UNDONE = Query(select(timers.c.id).where(timers.c.id == bindparam("id_"), timers.c.done_at == 0), Count)
_arm = insert(timers).values({name: bindparam(name) for name in ("id", "job", "subject_id", "due_at", "move_id")})
ARM = Statement(_arm.values(done_at=0, error="").on_conflict_do_nothing())
DISARM = Statement(
    update(timers)
    .where(
        timers.c.job == bindparam("job"),
        timers.c.subject_id == bindparam("subject_id"),
        timers.c.done_at == 0,
        timers.c.due_at <= bindparam("until", type_=BigInteger),
    )
    .values(done_at=bindparam("now", type_=BigInteger))
)


def arm(work: Work, job: str, subject_id: int, due_at: int, move_id: int = 0) -> None:
    """Let a job run at a time, once. `move_id`: only while the case is where that move brought it."""
    work.do(ARM, id=work.new_id(), job=job, subject_id=subject_id, due_at=due_at, move_id=move_id)
