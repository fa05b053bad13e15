"""Updates in: what failed, what is suspected of killing the process, what may be forgotten."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.store.statements import Count, Query, Statement, word
from bot.store.tables import failed_updates, suspects

_suspect = insert(suspects).values(bot=bindparam("bot"), update_id=bindparam("update_id"), attempts=1)
SUSPECT = Statement(
    _suspect.on_conflict_do_update(
        index_elements=[suspects.c.bot, suspects.c.update_id], set_={"attempts": suspects.c.attempts + 1}
    ).returning(suspects.c.attempts)
)
CLEAR_SUSPECT = Statement(
    delete(suspects).where(suspects.c.bot == bindparam("bot"), suspects.c.update_id == bindparam("update_id"))
)


CLEAR_SUSPECTS = Statement(delete(suspects).where(suspects.c.bot == bindparam("bot")))


class FailedRow(NamedTuple):
    id: int
    bot: str
    update_id: int
    raw: str
    error: str
    attempts: int
    state: str
    failed_at: int


_columns = [failed_updates.c[name] for name in FailedRow._fields]
WANTED_AGAIN = Query(
    select(*_columns)
    .where(failed_updates.c.state == word("wanted"), failed_updates.c.bot == bindparam("bot"))
    .order_by(failed_updates.c.id)
    .limit(100),
    FailedRow,
)
# Counted and taken back before it runs: what kills the process is not run again until somebody asks again.
RUN_AGAIN = Statement(
    update(failed_updates)
    .where(failed_updates.c.id == bindparam("id_"), failed_updates.c.state == word("wanted"))
    .values(state="failed", attempts=failed_updates.c.attempts + 1)
    .returning(failed_updates.c.id)
)
WANT_ONE = Statement(update(failed_updates).where(failed_updates.c.id == bindparam("id_")).values(state="wanted"))
FAILED_AGAIN = Statement(
    update(failed_updates).where(failed_updates.c.id == bindparam("id_")).values(error=bindparam("error"))
)
FAILED = Query(
    select(*_columns).where(failed_updates.c.state != word("done")).order_by(failed_updates.c.id).limit(1_000),
    FailedRow,
)
WANT_AGAIN = Statement(
    update(failed_updates)
    .where(failed_updates.c.state == word("failed"))
    .values(state="wanted")
    .returning(failed_updates.c.id)
)


FAILED_COUNT = Query(select(func.count()).where(failed_updates.c.state != word("done")), Count)
