"""The sandbox as the platform: strict, and so slower than the bots; it shows that the thin platform hides nothing."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import urlencode

import orjson

from benchmarks.platform import Listener
from bot.sandbox.message import JSON
from bot.sandbox.server import serve
from bot.sandbox.world import Sandbox


class StrictPlatform:
    """The same to the people as `Platform`."""

    def __init__(self) -> None:
        self.listener: Listener | None = None
        self.url = ""
        self._sandbox = Sandbox()
        self._telegram = self._sandbox.telegram
        self._telegram.calls.record = False
        self._closing = AsyncExitStack()
        self._sandbox.subscribers.append(self._hears)

    @property
    def polled(self) -> asyncio.Event:
        """Set while a poll waits."""
        return self._telegram.bot.updates.polled

    async def open(self) -> None:
        server = await self._closing.enter_async_context(serve(self._sandbox))
        self.url = server.url("telegram")

    async def close(self) -> None:
        await self._closing.aclose()

    def new_message(self) -> int:
        """The next message's id."""
        return self._telegram.bot.next_message_id()

    def push(self, update: dict[str, Any]) -> None:
        """Queue an update of somebody, who is made known to the sandbox when they first act."""
        query = update.get("callback_query")
        number = (query or update["message"])["from"]["id"]
        if number not in self._telegram.people:
            self._telegram.person("شهروند", number=number).chat.started = True
        if query:
            query["id"] = self._telegram.bot.press(number, query["data"], old_client=False).id
        self._telegram.bot.updates.push_raw(update)

    def _hears(self, event: JSON) -> None:
        if self.listener is None:
            return
        if event["event"] == "toast":
            self.listener.heard(event["person"], "answerCallbackQuery", b"", 0)
        elif event["event"] in ("message", "edited") and event["message"]["by_bot"]:
            message = event["message"]
            method = "sendMessage" if event["event"] == "message" else "editMessageText"
            self.listener.heard(message["chat_id"], method, _form(message), message["id"])


def _form(message: JSON) -> bytes:
    rows = [[{"text": each["text"], "callback_data": each["data"]} for each in row] for row in message["rows"]]
    return urlencode({"reply_markup": orjson.dumps({"inline_keyboard": rows}).decode()}).encode() if rows else b""
