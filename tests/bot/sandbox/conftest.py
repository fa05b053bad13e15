"""A sandbox on loopback and a bare client for each platform, so that nothing of ours is between test and server."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.clock import TurnedClock
from bot.sandbox import Person, Sandbox, Server, serve


class Api:
    """Calls one platform as a bot. Nested values are sent as JSON text, files as parts."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self.session = session
        self.base = url
        self.token = token

    async def call(self, method: str, **params: Any) -> tuple[int, dict[str, Any]]:
        """HTTP status and body."""
        files = {name: value for name, value in params.items() if isinstance(value, bytes)}
        data = {name: _text(value) for name, value in params.items() if name not in files}
        form: Any = data
        if files:
            form = aiohttp.FormData(data)
            for name, content in files.items():
                form.add_field(name, io.BytesIO(content), filename=f"{name}.bin")
        async with self.session.post(f"{self.base}/bot{self.token}/{method}", data=form) as answer:
            return answer.status, await answer.json(content_type=None)

    async def ok(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        status, body = await self.call(method, **params)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> str:
        """Code and description of a call that must fail, as "400 Bad Request: …"."""
        status, body = await self.call(method, **params)
        assert not body["ok"]
        assert status == body["error_code"]
        return f"{body['error_code']} {body['description']}"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def sandbox(clock: TurnedClock) -> Sandbox:
    return Sandbox(clock)


@pytest.fixture
async def server(sandbox: Sandbox) -> AsyncIterator[Server]:
    async with serve(sandbox) as server:
        yield server


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        yield session


@pytest.fixture
def telegram(session: aiohttp.ClientSession, server: Server) -> Api:
    return Api(session, server.url("telegram"), "4711:secret")


@pytest.fixture
def bale(session: aiohttp.ClientSession, server: Server) -> Api:
    return Api(session, server.url("bale"), "4712:secret")


@pytest.fixture
def reporter(sandbox: Sandbox) -> Person:
    """Somebody on Telegram who has pressed start."""
    reporter = sandbox.telegram.person("Reporter")
    reporter.starts()
    return reporter


@pytest.fixture
def neighbour(sandbox: Sandbox) -> Person:
    """Somebody on Bale who has pressed start."""
    neighbour = sandbox.bale.person("Neighbour")
    neighbour.starts()
    return neighbour
