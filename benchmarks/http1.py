"""As much of HTTP/1.1 as bots speak to their platform, as thin as Python allows: the load must not be the limit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
Handle = Callable[["Connection", str, bytes], None]


class Connection(asyncio.Protocol):
    """One connection of the bot. `handle(connection, method, body)` is called for each request, and must `answer`."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass of asyncio's

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self._transport = None

    @property
    def open(self) -> bool:
        return self._transport is not None

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer + data if self._buffer else data
        while (end := buffer.find(b"\r\n\r\n")) > 0:
            start = end + 4
            stop = start + _length(buffer, end)
            if len(buffer) < stop:
                break
            path = buffer[: buffer.index(b"\r\n")].split(b" ", 2)[1]
            method = path.partition(b"?")[0].rpartition(b"/")[2].decode()
            self._handle(self, method, buffer[start:stop])
            buffer = buffer[stop:]
        self._buffer = buffer

    def answer(self, body: bytes) -> None:
        """Answer 200 with this JSON."""
        if self._transport is not None:
            self._transport.write(_HEAD % len(body) + body)


def _length(buffer: bytes, end: int) -> int:
    head = buffer[:end].lower()
    at = head.find(b"content-length:")
    if at < 0:
        return 0
    line_end = head.find(b"\r\n", at)
    return int(head[at + 15 : line_end if line_end > 0 else end])
