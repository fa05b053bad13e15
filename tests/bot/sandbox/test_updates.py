"""getUpdates as the real servers do it."""

from __future__ import annotations

import asyncio

from bot.clock import DAY, TurnedClock
from bot.sandbox import Person, Sandbox
from tests.bot.sandbox.conftest import Api


async def texts(api: Api, **params: object) -> list[str]:
    return [update["message"]["text"] for update in await api.ok("getUpdates", **params)]


async def test_updates_come_again_until_the_offset_moves_past_them(telegram: Api, reporter: Person) -> None:
    reporter.says("lamp")
    first = await telegram.ok("getUpdates", limit=1)
    assert (await telegram.ok("getUpdates", offset=first[0]["update_id"]))[0] == first[0]
    rest = await telegram.ok("getUpdates", offset=first[0]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["lamp"]
    assert reporter.bot.updates.acknowledged == 1


async def test_the_same_offset_again_at_once_gives_one_update(telegram: Api, bale: Api, sandbox: Sandbox) -> None:
    for platform in (sandbox.telegram, sandbox.bale):
        for word in "abc":
            platform.person().says(word)
    assert await texts(telegram, offset=5) == ["a", "b", "c"]
    assert await texts(telegram, offset=5) == ["a"]
    assert [await texts(bale, offset=0) for _ in range(2)] == [["a", "b", "c"]] * 2


async def test_a_long_poll_ends_with_the_first_update(telegram: Api, reporter: Person) -> None:
    await telegram.ok("getUpdates", offset=reporter.bot.updates.push_raw({}) + 1, limit=1, timeout=0)
    waiting = asyncio.create_task(texts(telegram, timeout=10))
    await reporter.bot.updates.polled.wait()
    reporter.says("lamp")
    assert await waiting == ["lamp"]


async def test_a_second_poller_ends_the_first(telegram: Api, reporter: Person) -> None:
    updates = reporter.bot.updates
    updates.acknowledge(-1)
    updates.acknowledge(437_000_002)
    first = asyncio.create_task(telegram.refused("getUpdates", timeout=10))
    await reporter.bot.updates.polled.wait()
    second = asyncio.create_task(texts(telegram, timeout=10))
    assert (await first).startswith("409 Conflict: terminated by other getUpdates request")
    reporter.says("lamp")
    assert await second == ["lamp"]


async def test_a_webhook_left_set_conflicts_until_it_is_deleted(telegram: Api, bale: Api, reporter: Person) -> None:
    for api in (telegram, bale):
        await api.ok("setWebhook", url="https://x.ir/hook")
        assert (await api.refused("getUpdates")).startswith("409 Conflict: can't use getUpdates method while webhook")
        assert (await api.ok("getWebhookInfo"))["url"] == "https://x.ir/hook"
        await api.ok("deleteWebhook")
    assert await texts(telegram) == ["/start"]


async def test_kinds_that_were_not_asked_for_are_not_queued(telegram: Api, reporter: Person) -> None:
    await telegram.ok("getUpdates", allowed_updates=["message"])
    reporter.edits(reporter.says("a"), "b")
    reporter.blocks()
    kinds = {
        next(kind for kind in update if kind != "update_id") for update in await telegram.ok("getUpdates", offset=1)
    }
    assert kinds == {"message"}


async def test_updates_older_than_a_day_are_lost(telegram: Api, reporter: Person, clock: TurnedClock) -> None:
    clock.turn(DAY + 1000)
    reporter.says("new")
    assert await texts(telegram) == ["new"]
    assert reporter.bot.updates.lost == 1


async def test_bale_counts_from_nought_and_keeps_two_thousand(bale: Api, neighbour: Person) -> None:
    assert (await bale.ok("getUpdates", limit=1))[0]["update_id"] == 0
    for _ in range(2000):
        neighbour.says("a")
    assert (await bale.ok("getUpdates", limit=1))[0]["update_id"] == 1


async def test_ids_that_restart_after_silence_are_still_served(telegram: Api, reporter: Person) -> None:
    (start,) = await telegram.ok("getUpdates")
    reporter.bot.updates.restart_ids(1000)
    reporter.says("after a week")
    (update,) = await telegram.ok("getUpdates", offset=start["update_id"] + 1)
    assert (update["update_id"], update["message"]["text"]) == (1000, "after a week")


async def test_a_raw_update_is_delivered_once_even_with_an_old_id(telegram: Api, reporter: Person) -> None:
    (start,) = await telegram.ok("getUpdates")
    reporter.raw({"update_id": start["update_id"], "message": "nonsense"})
    offset = start["update_id"] + 1
    assert await telegram.ok("getUpdates", offset=offset) == [{"update_id": offset - 1, "message": "nonsense"}]
    reporter.says("a")
    assert await texts(telegram, offset=offset) == ["a"]


async def test_drained_waits_for_the_acknowledgement(telegram: Api, reporter: Person) -> None:
    (start,) = await telegram.ok("getUpdates")
    waiting = asyncio.create_task(reporter.bot.updates.drained())
    await telegram.ok("getUpdates", offset=start["update_id"] + 1, timeout=0, limit=1, allowed_updates=[])
    await waiting
