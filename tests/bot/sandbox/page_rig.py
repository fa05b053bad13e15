"""A served page with its phones, and a bare bot on each platform that says what a test tells it to say."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.clock import TurnedClock
from bot.sandbox import Person, Sandbox, serve
from bot.sandbox.page import Page
from bot.sandbox.phones import Phone
from bot.sandbox.story import Step, presses, says
from bot.web.server import WebServer, bind

TOWN = {
    "centre": [35.0, 47.0],
    "areas": [{"name": "مرکز", "rings": [[[46.98, 34.98], [47.02, 34.98], [47.02, 35.02], [46.98, 35.02]]]}],
}

# Alice asks; Bahar waits for a button, and presses it.
STORY = (
    Step("alice", "آلیس می‌پرسد.", says("چه خبر؟")),
    Step("bahar", "بهار می‌پذیرد.", presses("بله", under="درست است؟")),
)


@dataclass
class Rig:
    """`url` has no slash at its end. `updates(person)` are those that the person's bot has not fetched."""

    sandbox: Sandbox
    page: Page
    url: str
    session: aiohttp.ClientSession
    bots: dict[str, str]

    def person(self, key: str) -> Person:
        return self.page.phones[key].person

    async def calls(self, platform: str, method: str, **params: Any) -> Any:
        """The result of a Bot API call; files are bytes, other values go as JSON."""
        form = aiohttp.FormData()
        for name, value in params.items():
            if isinstance(value, bytes):
                form.add_field(name, io.BytesIO(value), filename=name)
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        async with self.session.post(f"{self.bots[platform]}/{method}", data=form) as answer:
            body = await answer.json(content_type=None)
        assert body["ok"], body
        return body["result"]

    async def says(self, key: str, text: str, **params: Any) -> int:
        """The bot's text to a phone; its message id."""
        person = self.person(key)
        sent = await self.calls(person.platform.name, "sendMessage", chat_id=person.id, text=text, **params)
        number: int = sent["message_id"]
        return number

    async def heard(self, key: str, count: int = 1) -> list[dict[str, Any]]:
        """The next updates of the phone's bot, waiting for them; they are acknowledged."""
        platform, got = self.person(key).platform.name, list[dict[str, Any]]()
        async with asyncio.timeout(10):
            while len(got) < count:
                offset = got[-1]["update_id"] + 1 if got else None
                got += await self.calls(platform, "getUpdates", timeout=5, **({"offset": offset} if offset else {}))
        await self.calls(platform, "getUpdates", timeout=0, offset=got[-1]["update_id"] + 1)
        return got


@contextlib.asynccontextmanager
async def rig(
    reset: Callable[[], None] | None = None, started: bool = False, story: Sequence[Step] = ()
) -> AsyncIterator[Rig]:
    """Two phones: `alice` on Telegram and `bahar` on Bale; `started`: both have opened the bot already."""
    sandbox = Sandbox(TurnedClock())
    phones = [
        Phone("alice", "citizen", sandbox.telegram.person("Alice")),
        Phone("bahar", "dispatcher", sandbox.bale.person("Bahar")),
    ]
    page = Page(sandbox, phones, reset)
    page.map = TOWN
    page.player.offer(story)
    listener = bind("127.0.0.1", 0)
    listener.listen()  # so that whoever connects before the server runs waits instead of being refused
    web = WebServer(page.routes, listener)
    async with serve(sandbox) as server, aiohttp.ClientSession() as session:
        bots = {name: f"{server.url(name)}/bot4711:secret" for name in ("telegram", "bale")}
        running = asyncio.create_task(web.run())
        rigged = Rig(sandbox, page, web.url, session, bots)
        try:
            if started:
                for phone in phones:
                    phone.person.starts()
                    await rigged.heard(phone.key)
            yield rigged
        finally:
            web.stop()
            page.close()
            await running
