"""Faults strike as told, leave behind what they say, and go away again."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Limits, Person, Sandbox
from bot.sandbox.faults import KINDS, Faults, Kind
from tests.bot.sandbox.conftest import Api


async def send(api: Api, person: Person, **more: Any) -> tuple[int, Any]:
    """Status and raw body; (0, error) when the connection broke."""
    data = {"chat_id": str(person.id), "text": "hello"}
    try:
        async with api.session.post(f"{api.base}/bot{api.token}/sendMessage", data=data, **more) as answer:
            return answer.status, await answer.read()
    except (aiohttp.ClientConnectionError, TimeoutError) as error:
        return 0, error


@pytest.mark.parametrize(
    ("kind", "status", "sent"),
    [
        ("429", 429, 0),
        ("500", 500, 0),
        ("502", 502, 0),
        ("reset", 0, 0),
        ("refuse", 400, 0),
        ("lost", 0, 1),
        ("late502", 502, 1),
        ("sliced", 200, 1),
        ("half", 200, 1),
        ("wrong", 200, 1),
        ("slow", 200, 1),
    ],
)
async def test_a_fault_strikes_once_and_leaves_what_it_says(
    sandbox: Sandbox, telegram: Api, reporter: Person, kind: Kind, status: int, sent: int
) -> None:
    fault = sandbox.telegram.faults.add(kind, "sendMessage", times=1, seconds=0.01)
    assert (await send(telegram, reporter))[0] == status
    assert len(reporter.inbox) == sent
    assert (await send(telegram, reporter))[0] == 200
    assert fault.hits == 1
    assert [call.status for call in sandbox.telegram.calls.of("sendMessage")] == [status, 200]


async def test_bodies_are_spoiled(sandbox: Sandbox, telegram: Api, reporter: Person) -> None:
    whole = (await send(telegram, reporter))[1]
    bodies = {}
    for kind in ("sliced", "half", "wrong", "502"):
        sandbox.telegram.faults.add(kind, "sendMessage", times=1)
        bodies[kind] = (await send(telegram, reporter))[1]
    assert len(bodies["sliced"]) == len(whole)
    assert len(bodies["half"]) == len(whole) // 2
    assert bodies["wrong"].startswith(b"[")
    assert bodies["502"].startswith(b"<html>")


async def test_a_call_that_is_never_answered_took_effect(sandbox: Sandbox, telegram: Api, reporter: Person) -> None:
    sandbox.telegram.faults.add("hang", "sendMessage", times=1)
    status, error = await send(telegram, reporter, timeout=aiohttp.ClientTimeout(total=0.05))
    assert (status, type(error)) == (0, TimeoutError)
    assert len(reporter.inbox) == 1


async def test_calls_during_an_announced_pause_are_counted(sandbox: Sandbox, telegram: Api, reporter: Person) -> None:
    neighbour = sandbox.telegram.person()
    neighbour.says("hello")
    sandbox.telegram.faults.add("429", "sendMessage", times=1, retry_after=30)
    status, body = await telegram.call("sendMessage", chat_id=reporter.id, text="a")
    assert (status, body["parameters"]) == (429, {"retry_after": 30})
    assert body["description"] == "Too Many Requests: retry after 30"
    await asyncio.sleep(0.11)
    assert (await telegram.call("sendMessage", chat_id=reporter.id, text="a"))[0] == 429
    await telegram.ok("sendMessage", chat_id=neighbour.id, text="a")
    assert sandbox.telegram.calls.early == 1


async def test_a_pause_can_cover_the_whole_bot(sandbox: Sandbox, bale: Api, neighbour: Person) -> None:
    other = sandbox.bale.person()
    other.says("hello")
    sandbox.bale.faults.add("429", times=1, retry_after=30, scope="bot")
    await bale.refused("sendMessage", chat_id=neighbour.id, text="a")
    assert await bale.refused("sendMessage", chat_id=other.id, text="a") == "429 bot limit exceed"


async def test_every_third_call_and_a_chance_are_reproducible(sandbox: Sandbox) -> None:
    faults = Faults(sandbox.clock)
    faults.add("500", every=3)
    assert [faults.pick("x") is not None for _ in range(6)] == [False, False, True] * 2
    faults.clear()
    faults.add("500", chance=0.5, seed=7)
    first = [faults.pick("x") is not None for _ in range(50)]
    faults.clear()
    faults.add("500", chance=0.5, seed=7)
    assert first == [faults.pick("x") is not None for _ in range(50)]
    assert 10 < sum(first) < 40
    assert faults.pick("getupdates") is None


async def test_updates_come_doubled_disordered_and_again(sandbox: Sandbox, telegram: Api, reporter: Person) -> None:
    for number in range(9):
        reporter.says(f"{number}")
    plain = [each["update_id"] for each in await telegram.ok("getUpdates")]
    sandbox.telegram.faults.add("doubled", times=1)
    doubled = [each["update_id"] for each in await telegram.ok("getUpdates", offset=1)]
    sandbox.telegram.faults.add("disordered", times=1, seed=1)
    disordered = [each["update_id"] for each in await telegram.ok("getUpdates", offset=2)]
    sandbox.telegram.faults.add("replayed", times=1)
    replayed = [each["update_id"] for each in await telegram.ok("getUpdates", offset=plain[5])]
    assert doubled == sorted(plain * 2)
    assert disordered != plain
    assert sorted(disordered) == plain
    assert replayed == plain


def test_an_unknown_fault_is_named(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="no fault 'typo'"):
        sandbox.telegram.faults.add("typo")  # type: ignore[arg-type]
    assert len(KINDS) == len(set(KINDS))


async def test_an_outage_refuses_connections_and_ends(sandbox: Sandbox, telegram: Api, bale: Api) -> None:
    poll = asyncio.create_task(telegram.call("getUpdates", timeout=10))
    await sandbox.telegram.bot.updates.polled.wait()
    sandbox.telegram.goes_down()
    with pytest.raises(aiohttp.ClientConnectionError):
        await poll
    with pytest.raises(aiohttp.ClientConnectorError):
        await telegram.call("getMe")
    await bale.ok("getMe")
    sandbox.telegram.comes_back()
    await telegram.ok("getMe")


async def test_rates_are_limited_a_chat_and_a_bot(sandbox: Sandbox, telegram: Api, reporter: Person) -> None:
    sandbox.telegram.limits = Limits(bot_burst=4, chat_burst=3)
    for _ in range(3):
        await telegram.ok("sendMessage", chat_id=reporter.id, text="a")
    assert await telegram.refused("sendMessage", chat_id=reporter.id, text="a") == (
        "429 Too Many Requests: retry after 1"
    )
    others = [sandbox.telegram.person() for _ in range(2)]
    for other in others:
        other.says("hello")
    await telegram.ok("sendMessage", chat_id=others[0].id, text="a")
    statuses = [(await telegram.call("sendMessage", chat_id=others[1].id, text="a"))[0] for _ in range(2)]
    assert 429 in statuses
    await telegram.refused("answerCallbackQuery", callback_query_id="1")
    sandbox.telegram.limits = None


async def test_bale_limits_without_a_word_on_how_long(sandbox: Sandbox, bale: Api, neighbour: Person) -> None:
    sandbox.bale.limits = Limits(chat_burst=1, wordless=True)
    await bale.ok("sendMessage", chat_id=neighbour.id, text="a")
    status, body = await bale.call("sendMessage", chat_id=neighbour.id, text="a")
    assert (status, body) == (429, {"ok": False, "error_code": 429, "description": "bot limit exceed"})


async def test_counting_without_recording(sandbox: Sandbox, telegram: Api, reporter: Person) -> None:
    sandbox.telegram.calls.record = False
    await telegram.ok("sendMessage", chat_id=reporter.id, text="a")
    assert (list(sandbox.telegram.calls), sandbox.telegram.calls.count("sendMessage")) == ([], 1)
