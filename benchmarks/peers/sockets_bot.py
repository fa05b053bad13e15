"""The floor: the same calls by bare sockets: JSON in, a form out, no objects, no state but the step."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any
from urllib.parse import urlsplit

import orjson
import uvloop
import yarl

from benchmarks.peers.script import TOKEN, URL, Reply, load

CONNECTIONS = 16


class Line(asyncio.Protocol):
    """One connection for calls whose answers are only counted off."""

    def __init__(self, pool: deque[Line], queue: deque[bytes]) -> None:
        self._pool, self._queue, self._buffer = pool, queue, b""
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 or len(self._buffer) < end + 4 + _length(self._buffer[:end]):
            return
        self._buffer = b""
        if self._queue:
            self.transport.write(self._queue.popleft())
        else:
            self._pool.append(self)


class Sender:
    def __init__(self) -> None:
        self._pool: deque[Line] = deque()
        self._queue: deque[bytes] = deque()

    async def open(self, host: str, port: int) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(CONNECTIONS):
            _, line = await loop.create_connection(lambda: Line(self._pool, self._queue), host, port)
            self._pool.append(line)

    def send(self, request: bytes) -> None:
        if self._pool:
            self._pool.pop().transport.write(request)
        else:
            self._queue.append(request)


def _length(head: bytes) -> int:
    return int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])


def request(method: str, body: bytes) -> bytes:
    head = f"POST /bot{TOKEN}/{method} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body


def form(reply: Reply, params: dict[str, str]) -> bytes:
    """The form of one call; made anew for each, as texts differ from person to person."""
    if reply.text:
        params["text"] = reply.text
    if reply.html:
        params["parse_mode"] = "HTML"
    if reply.rows:
        rows = [[{"text": text, "callback_data": data} for text, data in row] for row in reply.rows]
        params["reply_markup"] = orjson.dumps({"inline_keyboard": rows}).decode()
    elif reply.keys:
        keys = [[{"text": text} for text, _ in row] for row in reply.keys]
        params["reply_markup"] = orjson.dumps({"keyboard": keys, "resize_keyboard": True}).decode()
    return yarl.URL.build(query=params).raw_query_string.encode()


async def main() -> None:
    turns = [turn.replies for turn in load()]
    address = urlsplit(URL)
    assert address.hostname
    assert address.port
    sender = Sender()
    await sender.open(address.hostname, address.port)
    reader, writer = await asyncio.open_connection(address.hostname, address.port, limit=1 << 24)
    steps: dict[int, int] = {}
    offset = 0
    while True:
        writer.write(request("getUpdates", b"timeout=50&limit=100&offset=%d" % offset))
        head = await reader.readuntil(b"\r\n\r\n")
        for update in orjson.loads(await reader.readexactly(_length(head)))["result"]:
            offset = update["update_id"] + 1
            answer(sender, turns, steps, update)


def answer(sender: Sender, turns: list[list[Reply]], steps: dict[int, int], update: dict[str, Any]) -> None:
    query = update.get("callback_query")
    message = query["message"] if query else update["message"]
    chat = message["chat"]["id"]
    step = steps.get(chat, 0)
    steps[chat] = step + 1
    for reply in turns[step]:
        params = {"chat_id": str(chat)}
        if reply.method == "answerCallbackQuery":
            params = {"callback_query_id": update["callback_query"]["id"]}
        elif reply.method == "editMessageText":
            params["message_id"] = str(message["message_id"])
        sender.send(request(reply.method, form(reply, params)))


if __name__ == "__main__":
    uvloop.run(main())
