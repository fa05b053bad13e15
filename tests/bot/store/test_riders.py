"""Results that ride: what the database refuses among them costs neither an update nor the other results."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, update

from bot.store import inbox, outbox, tables
from bot.store.driver import FlushRefused
from bot.store.statements import Statement
from bot.store.store import Store
from bot.store.work import Arrival, Work

GONE = {"attachment_id": 999, "bot": "telegram:1", "file_id": "x"}  # of a file that was erased meanwhile
SUSPECT = {"bot": "telegram:1", "update_id": 5}


async def take(store: Store, number: int) -> None:
    arrival = Arrival(number, str(number), 7, 7)
    async with store.unit("telegram", "telegram:1", [arrival]) as unit:
        unit.merge(await unit.work(arrival))
        await store.commit(unit)


async def test_a_result_that_is_refused_costs_an_update_only_its_first_try(store: Store) -> None:
    store.ride(outbox.UPLOADED, [GONE])
    with pytest.raises(FlushRefused):
        await take(store, 1)
    await take(store, 1)
    assert await store.look("SELECT count(*) FROM inbox") == [(1,)]
    await store.at_once()
    assert not store.riding


async def test_the_good_results_beside_it_are_written(store: Store) -> None:
    await store.at_once(inbox.SUSPECT, **SUSPECT)
    store.ride(outbox.UPLOADED, [GONE])
    store.ride(inbox.CLEAR_SUSPECT, [SUSPECT])
    await store.at_once()
    assert await store.look("SELECT count(*) FROM suspects") == [(0,)]
    assert not store.riding


async def test_a_statement_beside_a_refused_result_still_runs(store: Store) -> None:
    store.ride(outbox.UPLOADED, [GONE])
    assert await store.at_once(inbox.SUSPECT, **SUSPECT) == [(1,)]


@pytest.mark.parametrize("value", [{"update_id": 2**70}, {"bot": "a\ud800"}])
async def test_a_result_that_no_column_holds_is_dropped(store: Store, value: dict[str, object]) -> None:
    store.ride(inbox.CLEAR_SUSPECT, [SUSPECT | value])
    await store.at_once()
    assert not store.riding


async def test_a_statement_that_is_refused_itself_says_so(store: Store) -> None:
    with pytest.raises(FlushRefused):
        await store.at_once(outbox.UPLOADED, **GONE)


async def test_an_older_result_is_never_written_over_a_newer_one(store: Store) -> None:
    async with store.unit("telegram", "telegram:1", [Arrival(1, "1", 7, 7)]) as unit:
        work = await unit.work(Arrival(1, "1", 7, 7))
        number = work.add(tables.additions, case_id=_case(work), person_id=work.person.id, words="", created_at=0)
        unit.merge(work)
        await store.commit(unit)
    change = tables.additions
    statement = Statement(update(change).where(change.c.id == number).values(words=bindparam("words_")))
    store.ride(outbox.UPLOADED, [GONE])
    store.ride(statement, [{"words_": "older"}])
    with pytest.raises(FlushRefused):
        await take(store, 2)
    await store.at_once(statement, words_="newer")
    assert await store.look("SELECT words FROM additions") == [("newer",)]


def _case(work: Work) -> int:
    row = {"category": "", "department": "", "state": "received", "created_at": 0, "updated_at": 0}
    return work.add(tables.cases, code="1", person_id=work.person.id, **row)
