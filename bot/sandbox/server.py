"""The sandbox on the network: one loopback port a platform, so that an outage of one can refuse connections.

async with serve(sandbox) as server:
    settings.telegram_api_url = server.url("telegram")
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Any

import orjson
from aiohttp import BodyPartReader, web
from yarl import URL

from bot.sandbox.door import CUT, Answer, Door
from bot.sandbox.params import Params, Upload
from bot.sandbox.platform import Platform
from bot.sandbox.world import Sandbox

_NOT_FOUND = b'{"ok":false,"error_code":404,"description":"Not Found"}'


class Server:
    """Where the platforms listen."""

    def __init__(self, ports: dict[str, Port]) -> None:
        self._ports = ports

    def url(self, platform: str) -> str:
        """The base for TELEGRAM_API_URL or BALE_API_URL, as http://127.0.0.1:4711"""
        return f"http://127.0.0.1:{self._ports[platform].number}"


@contextlib.asynccontextmanager
async def serve(sandbox: Sandbox, ports: dict[str, int] | None = None) -> AsyncIterator[Server]:
    """Serve both platforms on 127.0.0.1 until the block ends; any free port unless `ports` names one."""
    opened: dict[str, Port] = {
        each.name: Port(each, (ports or {}).get(each.name, 0)) for each in (sandbox.telegram, sandbox.bale)
    }
    try:
        for port in opened.values():
            await port.open()
        yield Server(opened)
    finally:
        for port in opened.values():
            await port.close()


class Port:
    """One platform's port. In an outage it stays bound but does not listen: connecting is refused."""

    def __init__(self, platform: Platform, number: int) -> None:
        self._platform = platform
        self._door = Door(platform)
        self._web = web.Server(self._handle, handler_cancellation=True, access_log=None)
        self._server: asyncio.Server | None = None
        self._socket = _bound(number)
        self.number: int = self._socket.getsockname()[1]
        self._opening: asyncio.Task[None] | None = None

    async def open(self) -> None:
        self._platform.add_gate(self._gate)
        if not self._platform.down:
            await self._listen()

    async def close(self) -> None:
        self._platform.remove_gate(self._gate)
        if self._opening is not None:
            await self._opening
        self._refuse()
        self._socket.close()
        await self._web.shutdown(0.05)

    async def _listen(self) -> None:
        self._server = await asyncio.get_running_loop().create_server(self._web, sock=self._socket, backlog=1024)

    def _gate(self, down: bool) -> None:
        if down:
            self._refuse()
            self._socket = _bound(self.number)
        else:
            self._socket.listen(1024)
            self._opening = asyncio.get_running_loop().create_task(self._listen())

    def _refuse(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for connection in list(self._web.connections):
            if connection.transport is not None:
                connection.transport.abort()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/bot"):
            token, _, method = path[4:].partition("/")
            params = await self._params(request)
            if params is None:
                return web.Response(status=404, body=_NOT_FOUND, content_type="application/json")
            return await _reply(request, await self._door.call(token, method, params))
        if path.startswith("/file/bot"):
            token, _, name = path[9:].partition("/")
            return await _reply(request, await self._door.download(token, name))
        return web.Response(status=404, body=_NOT_FOUND, content_type="application/json")

    async def _params(self, request: web.BaseRequest) -> Params | None:
        """The call's parameters; None for a JSON body that this platform does not take."""
        values: dict[str, Any] = dict(request.query) if request.query_string else {}
        kind = request.content_type
        if kind == "multipart/form-data":
            return await _multipart(request, values)
        body = await request.content.read()
        if not body:
            return Params(values)
        if kind != "application/json":
            # yarl unquotes in C: a Persian text costs 5 µs instead of 47.
            form = URL.build(path="/", query_string=body.decode(errors="replace"), encoded=True).query
            return Params({**values, **form})
        try:
            sent = orjson.loads(body)
        except orjson.JSONDecodeError:
            return None
        if not isinstance(sent, dict) or (self._platform.profile.picky_json and _nested(sent)):
            return None
        return Params(values | sent)


def _nested(sent: dict[str, Any]) -> bool:
    return isinstance(sent.get("chat_id"), int) or isinstance(sent.get("reply_markup"), dict)


async def _multipart(request: web.BaseRequest, values: dict[str, Any]) -> Params:
    files: dict[str, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        # read() would stop at aiohttp's own limit for a body; the platforms' limits are checked later.
        content = b"".join([chunk async for chunk in _chunks(part)])
        if part.filename is None:
            values[part.name] = content.decode()
        else:
            files[part.name] = Upload(part.filename, part.headers.get("Content-Type"), content)
    return Params(values, files)


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk(1 << 18):
        yield bytes(chunk)


async def _reply(request: web.BaseRequest, answer: Answer) -> web.StreamResponse:
    kind = "application/json" if answer.json else "text/html"
    fault = None if answer.fault is None else answer.fault.kind
    if fault == "hang":
        await asyncio.Event().wait()
    if answer.status == CUT and request.transport is not None:
        request.transport.abort()
    if fault in ("sliced", "half"):
        return await _in_pieces(request, answer, fault == "half")
    return web.Response(status=answer.status or 200, body=answer.body, content_type=kind)


async def _in_pieces(request: web.BaseRequest, answer: Answer, half: bool) -> web.StreamResponse:
    """The body three bytes a time; half: whole as HTTP goes, but its JSON ends in the middle."""
    body = answer.body[: len(answer.body) // 2] if half else answer.body
    response = web.StreamResponse(status=answer.status, headers={"Content-Type": "application/json"})
    response.content_length = len(body)
    await response.prepare(request)
    for at in range(0, len(body), 3):
        await response.write(body[at : at + 3])
        await asyncio.sleep(0)
    await response.write_eof()
    return response


def _bound(number: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", number))
    listener.setblocking(False)
    return listener
