"""The log in one list: newest first, by pages, without what is inspection's alone."""

from __future__ import annotations

from contextlib import closing

from bot.actions.audit import note_staff
from bot.actions.duty import set_duty
from bot.domain.draft import Place
from bot.store.audit import LOG_NEWER, LOG_OLDER, LogRow
from bot.store.cases import NEWEST
from bot.store.driver import connect
from tests.house import STAFF, House

REPORTER, DISPATCHER, INSPECTOR = 101, 102, 103


async def log(home: House, key: int = NEWEST, most: int = 20) -> list[LogRow]:
    async with home.work() as work:
        return await work.query(LOG_OLDER, key=key, most=most)


async def filled(home: House) -> None:
    """Three cases and three changes of duty, in turns; and a confidential case."""
    await home.gives(DISPATCHER, "dispatcher")
    await home.gives(INSPECTOR, "officer", "inspection")
    await home.files(REPORTER, STAFF)
    for turn in range(3):
        await home.files(REPORTER, place=Place(35.1667 + turn * 0.01, 47.8047))
        async with home.work(DISPATCHER) as work:
            await set_duty(work, on=bool(turn % 2))


async def test_cases_and_people_stand_in_one_list_newest_first(home: House) -> None:
    await filled(home)
    rows = await log(home)
    assert [row.kind for row in rows] == ["duty-off", "filed", "duty-on", "filed", "duty-off", "filed"]
    assert [row.id for row in rows] == sorted((row.id for row in rows), reverse=True)


async def test_pages_follow_each_other_both_ways(home: House) -> None:
    await filled(home)
    whole = await log(home)
    first, second = await log(home, most=4), await log(home, whole[3].id, most=4)
    assert first + second == whole
    async with home.work() as work:
        assert await work.query(LOG_NEWER, key=whole[4].id, most=4) == first[::-1]


async def test_a_reporter_is_not_named_even_where_they_work_here(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    await home.files(DISPATCHER)
    [row] = await log(home)
    assert not row.named


async def test_a_log_of_years_is_read_by_its_key(home: House) -> None:
    for query in (LOG_OLDER, LOG_NEWER):
        with closing(connect(home.store.path, read_only=True)) as connection:
            values = query.bound({"key": 1, "most": 10})
            told = " | ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query.sql}", values))
        assert "SEARCH events USING INTEGER PRIMARY KEY" in told
        assert "SEARCH staff_events USING INTEGER PRIMARY KEY" in told
        assert "SCAN cases" not in told


async def test_what_was_done_by_nobody_is_kept_too(home: House) -> None:
    async with home.work() as work:
        note_staff(work, "invited", role="admin", department="")
    [row] = await log(home)
    assert (row.kind, row.person_id, row.code) == ("invited", None, "")
