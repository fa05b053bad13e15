"""A report that others share, in a house: they join it, the desk works on it, its reporter judges or is silent."""

from __future__ import annotations

from typing import Any

import orjson

from bot.actions.due import run_timer
from bot.actions.support import join, vote
from bot.store import tables
from bot.store.timers import TimerRow
from bot.talk import rich
from bot.talk import screen as screens
from tests.house import House
from tests.moves import case_of


async def joins(home: House, case_id: int, *users: int, channel: str = "telegram") -> None:
    for user in users:
        async with home.work(user, channel) as work:
            await join(work, home.city, case_id)


async def votes(home: House, user: int, case_id: int, answer: str) -> None:
    version = (await case_of(home, case_id)).version
    async with home.work(user) as work:
        await vote(work, home.city, case_id, answer, version)


async def set_case(home: House, case_id: int, **values: Any) -> None:
    async with home.work() as work:
        work.set(tables.cases, case_id, **values)


async def runs(home: House, job: str, case_id: int) -> None:
    """The newest timer of this job of the case is due."""
    columns = ", ".join(TimerRow._fields)
    sql = f"SELECT {columns} FROM timers WHERE job = ? AND subject_id = ? AND done_at = 0 ORDER BY id DESC"
    timer = TimerRow(*(await home.rows(sql, job, case_id))[0])
    async with home.work() as work:
        await run_timer(work, home.city, timer)


async def heard(home: House, user: int) -> list[str]:
    """What this person was told, oldest first."""
    sql = "SELECT o.screen FROM outbox o JOIN accounts a ON a.id = o.account_id WHERE a.user_id = ? ORDER BY o.id"
    return [rich.visible(screens.load(orjson.loads(row)).text) for (row,) in await home.rows(sql, user)]
