"""Updates in: each has its effect once, none stops the rest, and nothing is acknowledged before it is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.errors import StorageFull
from bot.store import inbox
from bot.store.driver import Busy, connect
from tests.faults.desk import TOKEN, Desk, Killed, desk, polling
from tests.faults.hand_clock import HandClock, quiet, until
from tests.faults.watch import watch

USER = {"id": 7, "is_bot": False, "first_name": "Alice"}


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as made:
        yield made


def kill(_: object) -> None:
    raise Killed


async def test_a_batch_is_handled_in_order_and_answered_once_each(door: Desk) -> None:
    await door.intake.take([door.update(str(number)) for number in range(5)])
    assert door.handled == ["0", "1", "2", "3", "4"]
    assert await door.said() == 5


async def test_an_update_that_comes_again_has_no_second_effect(door: Desk) -> None:
    batch = [door.update("a"), door.update("b")]
    await door.intake.take([*batch, batch[0]])
    await door.intake.take(batch[::-1])
    assert door.handled == ["a", "b"]


async def test_the_same_id_with_another_body_is_a_new_update(door: Desk) -> None:
    await door.intake.take([door.update("a", number=5)])
    await door.intake.take([door.update("after a silent week", number=5)])
    assert door.handled == ["a", "after a silent week"]


async def test_one_failing_update_among_a_hundred_costs_only_itself(door: Desk) -> None:
    texts = [str(number) for number in range(99)]
    batch = [door.update(text, user) for user, text in enumerate([*texts[:50], "boom", *texts[50:]], 1)]
    await door.intake.take(batch)
    assert door.handled == texts
    ((number, error, state, attempts),) = await door.failed()
    assert (number, state, attempts) == (51, "failed", 1)
    assert "Traceback" in error
    assert "ValueError" in error


async def test_who_wrote_it_gets_an_apology_and_nothing_of_what_failed(door: Desk) -> None:
    await door.intake.take([door.update("boom")])
    ((screen,),) = await door.store.look("SELECT screen FROM outbox")
    assert "مشکلی در سامانه" in screen
    assert "answer to" not in screen


@pytest.mark.parametrize("deed", ["row", "huge"])
async def test_rows_that_the_database_refuses_cost_only_their_own_update(door: Desk, deed: str) -> None:
    await door.intake.take([door.update("a"), door.update(deed), door.update("b")])
    assert await door.said() == 3
    ((_, error, state, _),) = await door.failed()
    assert state == "failed"
    assert "Error" in error or "Refused" in error
    await door.intake.take([door.update("c")])
    assert door.handled[-1] == "c"


@pytest.mark.parametrize(
    "body",
    [
        {"message": {"text": "no id, no chat"}},
        {"message": {"message_id": "x", "date": "y", "chat": {"id": 7, "type": "private"}, "from": USER}},
        {"message": []},
        {"callback_query": {"id": 1, "from": {"id": 7}}},
        {"message": {"chat": {"id": 7, "type": "private"}, "from": USER, "date": 10**18, "message_id": 1}},
        {"what": {"is": "this"}},
        {},
    ],
)
async def test_an_update_that_cannot_be_parsed_is_kept_or_ignored_and_the_rest_handled(
    door: Desk, body: dict[str, Any]
) -> None:
    await door.intake.take([{"update_id": 900, **body}, door.update("after it")])
    assert door.handled == ["after it"]


@pytest.mark.parametrize("odd", [None, "5", 5.5, True, 2**70, [1]])
async def test_an_update_without_a_usable_id_is_passed_over(door: Desk, odd: object) -> None:
    await door.intake.take([{"update_id": odd, "message": {"text": "?"}}, door.update("after it")])
    assert door.handled == ["after it"]


async def test_lone_surrogates_and_zeros_are_cleaned_before_anything_is_kept(door: Desk) -> None:
    await door.intake.take([door.update("a\0b\ud800c")])
    assert door.handled == ["ab?c"]


async def test_retry_runs_a_failed_update_again_and_only_once(door: Desk) -> None:
    await door.intake.take([door.update("boom")])
    del door.deeds["boom"]
    await door.store.at_once(inbox.WANT_AGAIN)
    await door.intake._again()
    door.clock.advance(3)  # type: ignore[attr-defined]
    await door.intake._again()
    assert door.handled == ["boom"]
    assert [row[2:] for row in await door.failed()] == [("done", 2)]


@pytest.mark.parametrize("deed", ["boom", "row", "huge"])
async def test_what_fails_again_stays_failed_and_does_not_stop_the_queue(door: Desk, deed: str) -> None:
    await door.intake.take([door.update(deed)])
    await door.store.at_once(inbox.WANT_AGAIN)
    await door.intake._again()
    assert [row[2:] for row in await door.failed()] == [("failed", 2)]
    await door.intake.take([door.update("next")])
    assert door.handled[-1] == "next"


async def test_what_kills_the_process_when_run_again_is_not_run_at_every_start(door: Desk) -> None:
    await door.intake.take([door.update("boom")])
    door.deeds["boom"] = kill
    await door.store.at_once(inbox.WANT_AGAIN)
    with pytest.raises(Killed):
        await door.intake._again()
    await door.restart()
    await door.intake._again()
    assert [row[2] for row in await door.failed()] == ["failed"]


async def test_a_kill_in_the_midst_of_a_batch_leaves_no_trace_of_it(door: Desk) -> None:
    door.deeds["die"] = kill
    await door.dies("a", "die")
    assert await door.said() == 0
    assert await door.store.look("SELECT count(*) FROM inbox") == [(0,)]


async def test_what_kills_the_process_each_time_is_set_aside_after_three_tries_alone(door: Desk) -> None:
    batch, starts = [door.update("a"), door.update("die"), door.update("b")], 0
    door.deeds["die"] = kill
    while starts < 10:
        try:
            await door.intake.take(batch)
            break
        except Killed:
            starts += 1
            await door.restart()
    assert starts == 4, "once in the batch, and three times alone"
    assert sorted(door.handled[-2:] + door.handled[:1]) == ["a", "a", "b"]
    assert door.handled.count("b") == 1
    assert [row[0] for row in await door.failed()] == [batch[1]["update_id"]]
    await door.store.at_once()
    assert await door.store.look("SELECT count(*) FROM suspects") == [(0,)]


async def test_suspicions_of_earlier_lives_are_forgotten_once_the_first_batch_is_through(door: Desk) -> None:
    await door.store.at_once(inbox.SUSPECT, bot=door.intake.bot, update_id=4711)
    await door.store.at_once(inbox.SUSPECT, bot="bale:731", update_id=4711)
    await door.restart()
    await door.intake.take([door.update("a")])
    await door.store.at_once()
    assert await door.store.look("SELECT bot FROM suspects") == [("bale:731",)]


async def test_after_a_clean_stop_nothing_is_taken_one_by_one(door: Desk) -> None:
    await door.store.close()
    door.store = await type(door.store).open(door.path, door.clock)
    door.renew()
    assert not door.intake._careful


async def test_an_update_of_a_group_or_channel_gets_silence(door: Desk) -> None:
    group = door.update("hello")
    group["message"]["chat"] = {"id": -100, "type": "supergroup", "title": "neighbours"}
    post = {"update_id": 99, "channel_post": group["message"] | {"from": None}}
    await door.intake.take([group, post])
    assert await door.said() == 0
    assert await door.store.look("SELECT count(*) FROM people WHERE id > 0") == [(0,)]
    assert await door.failed() == []


async def test_who_stops_the_bot_is_unreachable_at_once_and_reachable_when_they_come_back(door: Desk) -> None:
    await door.intake.take([door.update("hello")])
    await door.intake.take([_membership(door, "kicked")])
    assert await door.store.look("SELECT reachable FROM accounts") == [(0,)]
    await door.intake.take([_membership(door, "member")])
    assert await door.store.look("SELECT reachable FROM accounts") == [(1,)]


async def test_who_stops_the_bot_and_writes_again_in_one_batch_is_reachable(door: Desk) -> None:
    await door.intake.take([door.update("hello")])
    await door.intake.take([_membership(door, "kicked"), _membership(door, "member"), door.update("back")])
    assert await door.store.look("SELECT reachable FROM accounts") == [(1,)]


async def test_a_stranger_who_stops_the_bot_is_not_written_down(door: Desk) -> None:
    await door.intake.take([_membership(door, "kicked")])
    assert await door.store.look("SELECT count(*) FROM people WHERE id > 0") == [(0,)]


def _membership(door: Desk, status: str) -> dict[str, Any]:
    bot = {"id": 137, "is_bot": True, "first_name": "Shahr137"}
    states = {"kicked": {"until_date": 0}, "member": {}}
    chat: dict[str, Any] = {"chat": {"id": 7, "type": "private"}, "from": USER, "date": 1}
    for name, each in (("old_chat_member", "member"), ("new_chat_member", status)):
        chat[name] = {"user": bot, "status": each, **states[each]}
    return {"update_id": next(door.numbers), "my_chat_member": chat}


async def test_a_flood_is_taken_whole_and_its_answers_marked_to_collapse(door: Desk) -> None:
    await door.intake.take([door.update(str(number)) for number in range(25)])
    assert len(door.handled) == 25
    assert await door.store.look("SELECT count(*) FROM outbox WHERE collapse = 'flood'") == [(1,)]
    assert await door.said() == 21


async def test_a_batch_that_waits_for_the_database_is_not_counted_twice_as_a_flood(door: Desk) -> None:
    batch = [door.update(str(number)) for number in range(15)]
    other = connect(door.path)
    other.execute("BEGIN IMMEDIATE")
    await _short_of_patience(door)
    for _ in range(3):
        with pytest.raises(Busy):
            await door.intake.take(batch)
    other.execute("ROLLBACK")
    other.close()
    await door.intake.take(batch)
    assert await door.store.look("SELECT count(*) FROM outbox WHERE collapse = 'flood'") == [(0,)]


async def _short_of_patience(door: Desk) -> None:
    await door.store._database.run(lambda connection: connection.execute("PRAGMA busy_timeout = 20").fetchall())


async def test_while_another_holds_the_database_nothing_is_acknowledged_and_then_all_goes_on(door: Desk) -> None:
    alice = door.sandbox.telegram.person()
    await _short_of_patience(door)
    other = connect(door.path)
    other.execute("BEGIN IMMEDIATE")
    async with polling(door.intake):
        alice.says("hello")
        await until(lambda: "nothing can be stored" in door.intake.trouble)
        await quiet()
        assert len(alice.bot.updates) == 1
        other.execute("ROLLBACK")
        other.close()
        await _passing(door, lambda: door.handled == ["hello"])
        await _passing(door, lambda: not len(alice.bot.updates))
    assert door.intake.trouble == ""


async def _passing(door: Desk, true: Any) -> None:
    """Until it holds, while time passes."""
    clock = door.clock
    assert isinstance(clock, HandClock)

    def step() -> bool:
        clock.advance(0.05)
        return bool(true())

    await until(step)


async def test_a_full_disk_acknowledges_nothing_tells_each_person_once_and_recovers_by_itself(door: Desk) -> None:
    told: list[int] = []
    door.intake.storage_full = told.append
    await door.intake.take([door.update("before")])
    await _no_more_pages(door, True)
    long = "x" * 4_000
    batch = [door.update(long, user) for user in (7, 8, 8, *range(20, 60))]
    for _ in range(3):
        with pytest.raises(StorageFull):
            await door.intake.take(batch)
    assert sorted(told) == [7, 8, *range(20, 60)]
    await _no_more_pages(door, False)
    await door.intake.take(batch)
    assert await door.store.look("SELECT count(*) FROM inbox") == [(1 + len(batch),)]
    assert await door.failed() == []


async def _no_more_pages(door: Desk, full: bool) -> None:
    def limit(connection: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0] if full else 1_000_000
        connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()

    await door.store._database.run(limit)


async def test_the_offset_moves_only_after_the_commit(door: Desk) -> None:
    alice = door.sandbox.telegram.person()
    seen: list[tuple[int, int]] = []

    door.deeds["watch"] = lambda _: seen.append((len(alice.bot.updates), alice.bot.updates.acknowledged))
    door.store.told.append(lambda said, _: seen.append((len(alice.bot.updates), alice.bot.updates.acknowledged)))
    async with polling(door.intake):
        alice.says("watch")
        await until(lambda: alice.bot.updates.acknowledged == 1)
    assert seen == [(1, 0), (1, 0)], "not acknowledged while handled, nor when the commit was just made"

    alice = door.sandbox.telegram.person()
    door.deeds["die"] = kill
    alice.says("die")
    with pytest.raises(Killed):
        await door.intake.run()
    assert len(alice.bot.updates) == 1


async def test_ids_that_begin_anew_at_a_lower_number_are_heard(door: Desk) -> None:
    alice = door.sandbox.telegram.person()
    async with polling(door.intake):
        alice.says("before")
        await until(lambda: door.handled == ["before"])
        alice.bot.updates.restart_ids(5)
        alice.says("after")
        await until(lambda: door.handled == ["before", "after"])
        await until(lambda: not len(alice.bot.updates))


async def test_after_a_silent_week_it_asks_without_an_offset(door: Desk) -> None:
    assert isinstance(door.clock, HandClock)
    await door.intake._poll()
    door.intake._acknowledge([door.update("x", number=10**9)])
    door.clock.advance(7 * 86_400)
    door.sandbox.telegram.person().says("hello")
    await door.intake._poll()
    assert door.intake._offset is None


async def test_a_refused_token_is_asked_with_once_a_minute_and_serves_again_when_accepted(door: Desk) -> None:
    assert isinstance(door.clock, HandClock)
    platform, heard = door.sandbox.telegram, list[bool]()
    door.intake.heard = heard.append
    platform.revoke(TOKEN)
    async with polling(door.intake):
        await until(lambda: door.intake.trouble == "the token is not accepted")
        for _ in range(5):
            door.clock.advance(59.9)
            await quiet(0.01)
        assert platform.calls.counts["getupdates", 401] <= 6
        assert set(heard) == {False}
        platform.revoked.clear()
        platform.person().says("hello")
        await _passing(door, lambda: door.handled == ["hello"])
    assert heard[-1] is True


async def test_an_unreachable_platform_is_asked_again_within_seconds(door: Desk) -> None:
    platform = door.sandbox.telegram
    platform.goes_down()
    alice = platform.person()
    async with polling(door.intake):
        await until(lambda: door.intake.trouble.startswith("unreachable"))
        alice.says("hello")
        for _ in range(10):
            door.clock.advance(5)  # type: ignore[attr-defined]
            await quiet(0.005)
        platform.comes_back()
        at = door.clock.monotonic()
        await _passing(door, lambda: door.handled == ["hello"])
    assert door.clock.monotonic() - at <= 6


async def test_the_end_of_an_outage_is_known_and_told_though_nobody_writes(door: Desk) -> None:
    platform, heard = door.sandbox.telegram, list[bool]()
    door.intake.heard = heard.append
    platform.goes_down()
    async with polling(door.intake):
        await until(lambda: door.intake.trouble.startswith("unreachable"))
        platform.comes_back()
        await _passing(door, lambda: not door.intake.trouble)
    assert heard[-1] is True


@pytest.mark.parametrize("kind", ["half", "wrong", "502", "reset", "500"])
async def test_an_answer_that_is_no_answer_is_asked_for_again(door: Desk, kind: Any) -> None:
    platform = door.sandbox.telegram
    fault = platform.faults.add(kind, "getUpdates", times=2)
    alice = platform.person()
    alice.says("hello")
    async with polling(door.intake):
        await _passing(door, lambda: door.handled == ["hello"])
    assert fault.hits == 2


async def test_an_update_without_an_id_alone_in_the_queue_is_not_asked_for_without_pause(door: Desk) -> None:
    platform = door.sandbox.telegram
    platform.bot.updates.push_raw({"update_id": "none", "message": {}})
    async with polling(door.intake):
        await until(lambda: platform.calls.count("getupdates") >= 1)
        await quiet()
        assert platform.calls.count("getupdates") <= 2


@pytest.mark.parametrize(
    "text",
    [
        rb'"a\ud800b"',
        b"1e999",
        b"1" + b"0" * 400,
        b"18446744073709551615",
        b"-1e-400",
        rb'"\u0000\u001b[31m"',
        b'{"a":' * 200 + b"1" + b"}" * 200,
        b'"' + b"e\xcc\x81" * 4_000 + b'"',
    ],
)
async def test_bytes_that_no_honest_program_writes_do_not_stop_the_queue(door: Desk, text: bytes) -> None:
    updates = watch(door.sandbox.telegram)
    alice = door.sandbox.telegram.person()
    head = b'{"update_id":%d,"message":{"message_id":1,"date":1,"chat":{"id":7,"type":"private"},"from":{"id":7,'
    updates.push_bytes(head + b'"is_bot":false,"first_name":"A"},"text":' + text + b"}}")
    alice.says("after it")
    async with polling(door.intake):
        await _passing(door, lambda: "after it" in door.handled)
        await _passing(door, lambda: not len(updates))
