"""A tiny platform on loopback, and the connection to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.channels.http import Http
from bot.channels.telegram import Telegram

TOKEN = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ_-"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Platform:
    """Answers each request as it is told, and keeps what it was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.uploads: dict[str, bytes] = {}
        self.headers: list[dict[str, str]] = []
        self.status = 200
        self.body = b'{"ok":true,"result":{"message_id":3}}'
        self.answer: Answer | None = None

    async def serve(self, request: web.Request) -> web.StreamResponse:
        fields = dict(await request.post())
        self.uploads = {name: field.file.read() for name, field in fields.items() if isinstance(field, web.FileField)}
        self.asked.append((request.path, fields))
        self.headers.append(dict(request.headers))
        if self.answer is not None:
            return await self.answer(request)
        return web.Response(status=self.status, body=self.body)


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    platform = Platform()
    runner = web.ServerRunner(web.Server(platform.serve), shutdown_timeout=0)  # type: ignore[arg-type]
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    platform.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield platform
    await runner.cleanup()


@pytest.fixture
async def http(platform: Platform) -> AsyncIterator[Http]:
    http = Http(Telegram(), TOKEN, platform.url)
    await http.start()
    yield http
    await http.close()


Handle = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Listen = Callable[[Handle], Awaitable[int]]


@pytest.fixture
async def listen() -> AsyncIterator[Listen]:
    """Opens a bare port that does what it is given; returns its number."""
    servers: list[asyncio.Server] = []

    async def start(handle: Handle) -> int:
        async def closed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await handle(reader, writer)
            finally:
                writer.close()

        server = await asyncio.start_server(closed, "127.0.0.1", 0)
        servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    yield start
    for server in servers:
        server.close()
        await server.wait_closed()
