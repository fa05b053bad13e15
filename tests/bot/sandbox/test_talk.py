"""A person and a bot talk through the sandbox."""

from __future__ import annotations

import aiohttp
import pytest

from bot.sandbox import Message, Sandbox, serve

TOKEN = "4711:secret"


async def test_a_start_is_answered_and_its_button_pressed() -> None:
    sandbox = Sandbox()
    alice = sandbox.telegram.person("Alice")
    async with serve(sandbox) as server, aiohttp.ClientSession(f"{server.url('telegram')}/bot{TOKEN}/") as bot:
        alice.starts("c-lamp")
        async with bot.post("getUpdates", data={"timeout": "5"}) as answer:
            (update,) = (await answer.json())["result"]
        assert update["message"]["text"] == "/start c-lamp"
        keyboard = '{"inline_keyboard":[[{"text":"Go","callback_data":"go"}]]}'
        text = {"chat_id": str(alice.id), "text": "<b>Hello</b> &amp; good day", "parse_mode": "HTML"}
        await bot.post("sendMessage", data={**text, "reply_markup": keyboard})
        hello = await alice.answer()
        assert (hello.text, hello.buttons) == ("Hello & good day", ["Go"])
        press = alice.presses("Go")
        await bot.post("answerCallbackQuery", data={"callback_query_id": press.id, "text": "Gone"})
        assert await press.answer() == "Gone"
        assert alice.toasts == ["Gone"]


async def test_waiting_in_vain_says_what_came() -> None:
    alice = Sandbox().bale.person("Alice")
    with pytest.raises(AssertionError, match="Alice waited"):
        await alice.answer(within=0.01)


async def test_a_phone_is_told_to_a_page_as_json() -> None:
    alice = Sandbox().telegram.person("Alice")
    alice.says("hello")
    phone = alice.as_json()
    assert (phone["platform"], phone["keyboard"], phone["blocked"]) == ("telegram", [], False)
    assert [Message.from_json(each).text for each in phone["messages"]] == ["hello"]


async def test_messages_are_taken_one_by_one_and_forgotten_with_the_next_act() -> None:
    sandbox = Sandbox()
    alice = sandbox.telegram.person("Alice")
    async with serve(sandbox) as server, aiohttp.ClientSession(f"{server.url('telegram')}/bot{TOKEN}/") as bot:
        alice.starts()
        for text in "abcd":
            await bot.post("sendMessage", data={"chat_id": str(alice.id), "text": text})
        assert [(await alice.answer()).text, (await alice.sees("c")).text] == ["a", "c"]
        assert [each.text for each in alice.unread] == ["d"]
        alice.says("next")
        assert alice.unread == []
        assert [each.text for each in alice.inbox] == list("abcd")
