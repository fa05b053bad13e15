"""The thin platform: the same part of the Bot API as the sandbox, without its strictness, so that it is not the limit.

It queues what people do, hands it out by getUpdates, answers calls with messages as long as real ones, and tells
`listener` of each call that reaches a person.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from typing import Any, Protocol
from urllib.parse import unquote_plus

import orjson

from benchmarks.http1 import Connection

CHAT = re.compile(rb"(?:^|&)chat_id=(\d+)")
_PRESS = re.compile(rb"(?:^|&)callback_query_id=(\d+)")
_EDITED = re.compile(rb"(?:^|&)message_id=(\d+)")
_OFFSET = re.compile(rb"(?:^|&)offset=(-?\d+)")
_LIMIT = re.compile(rb"(?:^|&)limit=(\d+)")
_WAIT = re.compile(rb"(?:^|&)timeout=(\d+)")
_MARKUP = re.compile(rb"(?:^|&)reply_markup=([^&]*)")
_TRUE = b'{"ok":true,"result":true}'
_ME = orjson.dumps(
    {"ok": True, "result": {"id": 137, "is_bot": True, "first_name": "Shahr137", "username": "shahr137_bot"}}
)
PRESS_BASE = 1_000  # a press's id is the person's number times this plus a count


class Listener(Protocol):
    """Who plays the people."""

    def heard(self, person: int, method: str, body: bytes, message_id: int) -> bytes:
        """A call reached this person; answers the message that the platform returns for it."""


class Stage(Protocol):
    """A platform that people can act on."""

    listener: Listener | None
    url: str

    @property
    def polled(self) -> asyncio.Event: ...
    async def open(self) -> None: ...
    async def close(self) -> None: ...
    def new_message(self) -> int: ...
    def push(self, update: dict[str, Any]) -> None: ...


class Platform:
    """One bot's platform on one loopback port."""

    def __init__(self) -> None:
        self.listener: Listener | None = None
        self._polled = asyncio.Event()
        self.url = ""
        self._updates: deque[tuple[int, bytes]] = deque()
        self._next = 437_000_001
        self._messages = 0
        self._waiting: tuple[Connection, asyncio.TimerHandle, int] | None = None
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Connection(self._handle), "127.0.0.1", 0, backlog=512)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        if self._waiting is not None:
            self._waiting[1].cancel()
        if self._server is not None:
            self._server.close()

    @property
    def polled(self) -> asyncio.Event:
        """Set by the first poll."""
        return self._polled

    def new_message(self) -> int:
        """The next message's id."""
        self._messages += 1
        return self._messages

    def push(self, update: dict[str, Any]) -> None:
        """Queue an update; a waiting poll gets it with whatever else happens in this round of the loop."""
        number = self._next
        self._next += 1
        if not self._updates and self._waiting is not None:
            asyncio.get_running_loop().call_soon(self._serve)
        self._updates.append((number, orjson.dumps({"update_id": number, **update})))

    def _handle(self, connection: Connection, method: str, body: bytes) -> None:
        match method.lower():
            case "getupdates":
                self._poll(connection, body)
            case "getme":
                connection.answer(_ME)
            case "answercallbackquery":
                found = _PRESS.search(body)
                if found and self.listener is not None:
                    self.listener.heard(int(found.group(1)) // PRESS_BASE, method, body, 0)
                connection.answer(_TRUE)
            case _:
                connection.answer(self._message(method, body))

    def _message(self, method: str, body: bytes) -> bytes:
        found = CHAT.search(body)
        if found is None or self.listener is None:
            return _TRUE
        edited = _EDITED.search(body)
        number = int(edited.group(1)) if edited else self.new_message()
        return self.listener.heard(int(found.group(1)), method, body, number)

    def _poll(self, connection: Connection, body: bytes) -> None:
        self._polled.set()
        offset = number_in(_OFFSET, body, 0)
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        if self._waiting is not None:
            self._waiting[1].cancel()
        limit, wait = number_in(_LIMIT, body, 100), number_in(_WAIT, body, 0)
        timer = asyncio.get_running_loop().call_later(wait, self._serve)
        self._waiting = (connection, timer, limit)
        if self._updates:
            self._serve()

    def _serve(self) -> None:
        if self._waiting is None:
            return
        connection, timer, limit = self._waiting
        self._waiting = None
        timer.cancel()
        batch = [body for _, body in list(self._updates)[:limit]] if self._updates else []
        connection.answer(b'{"ok":true,"result":[' + b",".join(batch) + b"]}")


def number_in(pattern: re.Pattern[bytes], body: bytes, default: int) -> int:
    """The number that a form's field holds."""
    found = pattern.search(body)
    return int(found.group(1)) if found else default


def markup_in(body: bytes) -> dict[str, Any]:
    """The keyboard of a call; empty where it has none."""
    found = _MARKUP.search(body)
    return orjson.loads(unquote_plus(found.group(1).decode())) if found else {}


def now_date() -> int:
    """The date of a message, in seconds since 1970."""
    return int(time.time())
