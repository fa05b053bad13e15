"""The sandbox in a process of its own, driven with the same words."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox import Button, Person, Sandbox
from bot.sandbox.remote import RemotePerson, RemoteSandbox
from tests.bot.sandbox.conftest import Api

KEYBOARD = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


@pytest.fixture
async def urls() -> AsyncIterator[dict[str, str]]:
    """The addresses of a sandbox process, which must end by itself when told to."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot.sandbox", stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    urls: dict[str, str] = json.loads(await process.stdout.readline())
    yield urls
    async with RemoteSandbox(urls["control"]) as sandbox:
        await sandbox.shutdown()
    async with asyncio.timeout(10):
        assert await process.wait() == 0


async def tell(alice: Person | RemotePerson, api: Api) -> list[str]:
    """A scenario that knows not where the sandbox is."""
    heard = []
    mine = await alice.starts()
    for number, text in enumerate(("سلام", "دوم")):
        await api.ok("sendMessage", chat_id=alice.id, text=text, reply_markup=KEYBOARD)
        heard.append((await alice.answer()).text)
        await alice.edits(mine, f"{number}")
    press = await alice.presses("Go")
    await api.ok("answerCallbackQuery", callback_query_id=press.id, text="باشد")
    heard.append(await press.answer())
    photo = await alice.sends_photo(b"\xff\xd8\xff", "caption")
    await alice.replies(photo, "reply")
    await alice.sends_pin(35.1, 47.8, accuracy=20)
    await api.ok("sendMessage", chat_id=alice.id, text="پایان", reply_markup={"keyboard": [["منو"]]})
    heard.append((await alice.sees("پایان")).text)
    await alice.types_key("منو")
    return [*heard, alice.last.text, *alice.keyboard[0], *alice.toasts]


EXPECTED = ["سلام", "دوم", "باشد", "پایان", "پایان", "منو", "باشد"]


async def test_the_same_scenario_here_and_in_another_process(
    sandbox: Sandbox, telegram: Api, urls: dict[str, str], session: aiohttp.ClientSession
) -> None:
    assert await tell(await sandbox.telegram.person(), telegram) == EXPECTED
    async with RemoteSandbox(urls["control"]) as remote:
        there = Api(session, urls["telegram"], "4711:secret")
        alice = await remote.telegram.person("Alice")
        assert await tell(alice, there) == EXPECTED
        updates = await there.ok("getUpdates")
        assert [next(reversed(each)) for each in updates] == [
            "message",
            "edited_message",
            "edited_message",
            "callback_query",
            *["message"] * 4,
        ]
        with pytest.raises(AssertionError, match="no button 'nowhere'"):
            await alice.presses("nowhere")
        with pytest.raises(AssertionError, match="Alice waited"):
            await alice.answer(within=0.01)
        assert [each.text for each in await alice.inbox()] == ["سلام", "دوم", "پایان"]


async def test_another_process_takes_faults_switches_and_counts(
    urls: dict[str, str], session: aiohttp.ClientSession
) -> None:
    async with RemoteSandbox(urls["control"]) as remote:
        bale = Api(session, urls["bale"], "4711:secret")
        neighbour = await remote.bale.person("Neighbour")
        await neighbour.says("hello")
        await remote.bale.fault("500", "sendMessage", times=1)
        assert (await bale.call("sendMessage", chat_id=neighbour.id, text="a"))[0] == 500
        await remote.bale.switch(limits={"chat_burst": 1})
        await bale.ok("sendMessage", chat_id=neighbour.id, text="a")
        assert (await bale.call("sendMessage", chat_id=neighbour.id, text="a"))[0] == 429
        await neighbour.presses(Button("forged", "x"))
        await remote.bale.switch(down=True)
        with pytest.raises(aiohttp.ClientConnectionError):
            await bale.call("getMe")
        await remote.bale.switch(down=False, revoke="4711:secret")
        assert (await bale.call("getMe"))[0] == 404
        stats = await remote.bale.stats()
        assert stats["calls"]["sendmessage 500"] == stats["calls"]["sendmessage 429"] == 1
        assert stats["updates"] == {"waiting": 2, "acknowledged": 0, "lost": 0}


async def test_subscribers_see_what_happens(sandbox: Sandbox, telegram: Api) -> None:
    with sandbox.subscribe() as events:
        await tell(sandbox.telegram.person(), telegram)
    kinds = [events.get_nowait()["event"] for _ in range(events.qsize())]
    assert kinds[:4] == ["message", "message", "edited", "message"]
    assert {"pressed", "toast"} <= set(kinds)
    assert not sandbox.subscribers
