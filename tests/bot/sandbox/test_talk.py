"""A person and a bot talk through the sandbox."""

from __future__ import annotations

import aiohttp
import pytest

from bot.sandbox import Sandbox, serve

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
