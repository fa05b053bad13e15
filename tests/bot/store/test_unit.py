"""The unit of work: what is merged is one transaction, what is not merged never happened."""

from __future__ import annotations

import pytest

from bot.store import inbox, tables
from bot.store.driver import FlushRefused
from bot.store.store import Store
from bot.store.work import Arrival, Said, Work
from bot.talk.rich import Plain
from bot.talk.screen import Screen

BOT, CHANNEL = "telegram:1", "telegram"
HELLO = Screen((Plain("hello"),))


def arrival(number: int, user: int = 7, digest: str = "") -> Arrival:
    return Arrival(number, digest or f"body {number}", user, user)


async def handle(store: Store, *arrivals: Arrival, say: Screen = HELLO) -> int:
    """Take a batch as intake does; answers how many were handled."""
    handled = 0
    async with store.unit(CHANNEL, BOT, arrivals) as unit:
        for one in arrivals:
            if unit.claim(one):
                work = await unit.work(one)
                work.say(say)
                unit.merge(work)
                handled += 1
        await store.commit(unit)
    return handled


async def stage_nonsense(store: Store) -> None:
    """A row that the database does not take."""
    async with store.unit(CHANNEL, BOT, [arrival(1)]) as unit:
        work = await unit.work(arrival(1))
        work.add(tables.cases, code=None, person_id=work.person.id)
        unit.merge(work)
        await store.commit(unit)


async def test_a_second_delivery_of_an_update_is_not_handled_again(store: Store) -> None:
    assert await handle(store, arrival(1), arrival(2)) == 2
    assert await handle(store, arrival(2), arrival(3), arrival(3)) == 1
    assert await store.look("SELECT count(*) FROM outbox") == [(3,)]


async def test_the_same_id_with_another_body_is_a_new_update(store: Store) -> None:
    assert await handle(store, arrival(1)) == 1
    assert await handle(store, arrival(1, digest="after a silent week")) == 1


async def test_another_bot_may_have_the_same_ids(store: Store) -> None:
    await handle(store, arrival(1))
    async with store.unit(CHANNEL, "telegram:2", [arrival(1)]) as unit:
        assert unit.claim(arrival(1))


async def test_leaving_a_unit_without_commit_rolls_back(store: Store) -> None:
    async with store.unit(CHANNEL, BOT, [arrival(1)]) as unit:
        work = await unit.work(arrival(1))
        work.say(HELLO)
        unit.merge(work)
    assert await store.look("SELECT count(*) FROM people WHERE id > 0") == [(0,)]
    assert await handle(store, arrival(1)) == 1


async def test_a_work_that_is_not_merged_leaves_no_trace(store: Store) -> None:
    batch = [arrival(1), arrival(2, user=8)]
    async with store.unit(CHANNEL, BOT, batch) as unit:
        failed = await unit.work(batch[0])
        failed.say(HELLO)
        failed.begin("report", "open", {"words": "lost"})
        good = await unit.work(batch[1])
        good.say(HELLO)
        unit.merge(good)
        await store.commit(unit)
    assert await store.look("SELECT user_id FROM accounts") == [(8,)]
    assert await store.look("SELECT count(*) FROM dialogues") == [(0,)]


async def test_the_second_update_of_a_person_sees_what_the_first_did(store: Store) -> None:
    batch = [arrival(1), arrival(2)]
    async with store.unit(CHANNEL, BOT, batch) as unit:
        first = await unit.work(batch[0])
        first.begin("report", "open", {"n": 1})
        unit.merge(first)
        second = await unit.work(batch[1])
        assert second.dialogue("report").draft == {"n": 1}
        assert second.person.id == first.person.id
        second.go("report", "open", {"n": 2})
        unit.merge(second)
        await store.commit(unit)
    assert await store.look("SELECT draft, version FROM dialogues") == [('{"n":2}', 1)]


async def test_what_was_said_is_told_after_the_commit_and_not_before(store: Store) -> None:
    told: list[Said] = []
    store.told.append(lambda said, toasts: told.extend(said))
    async with store.unit(CHANNEL, BOT, [arrival(1)]) as unit:
        work = await unit.work(arrival(1))
        work.say(HELLO)
        unit.merge(work)
        await store.commit(unit)
        assert told == []
    assert [said.screen for said in told] == [HELLO]


async def test_a_flush_that_is_refused_takes_the_whole_batch_back(store: Store) -> None:
    with pytest.raises(FlushRefused):
        await stage_nonsense(store)
    assert await store.look("SELECT count(*) FROM inbox") == [(0,)]


async def test_results_that_rode_with_a_refused_commit_ride_again(store: Store) -> None:
    await handle(store, arrival(1))
    store.ride(inbox.CLEAR_SUSPECT, [{"bot": BOT, "update_id": 1}])
    with pytest.raises(FlushRefused):
        await stage_nonsense(store)
    assert store.riding
    await store.at_once()
    assert not store.riding


async def test_a_later_saying_with_the_same_key_takes_the_place_of_one_that_waits(store: Store) -> None:
    for number in (1, 2):
        async with store.unit(CHANNEL, BOT, [arrival(number)]) as unit:
            work = await unit.work(arrival(number))
            work.say(HELLO, collapse="report", after=1_000)
            unit.merge(work)
            await store.commit(unit)
    assert await store.look("SELECT state FROM outbox ORDER BY id") == [("collapsed",), ("waiting",)]


async def test_ids_are_never_given_twice_even_after_a_rollback(store: Store) -> None:
    seen: list[int] = []
    for number in range(3):
        async with store.unit(CHANNEL, BOT, [arrival(number)]) as unit:
            work: Work = await unit.work(arrival(number))
            seen += [work.new_id() for _ in range(5)]
    assert len(set(seen)) == len(seen)


async def test_after_an_unclean_stop_the_store_says_so(store: Store) -> None:
    await store.put("running", "yes")
    again = await Store.open(store.path, store._clock)
    assert again.unclean
    await again.close()


async def test_a_dialogue_that_is_over_keeps_its_version_so_that_its_buttons_are_stale(store: Store) -> None:
    async with store.unit(CHANNEL, BOT, [arrival(1)]) as unit:
        work = await unit.work(arrival(1))
        work.begin("report", "open")
        work.end("report")
        work.keep("filed", {"place": "here"})
        assert not work.dialogue("report")
        assert work.dialogue("report").version == 1
        assert work.dialogue("filed").draft == {"place": "here"}
        assert work.begin("report", "open").version == 2
