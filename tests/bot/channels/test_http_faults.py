"""What went wrong on the way: certainly not sent, or perhaps sent."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.channels.base import Call, Kind
from bot.channels.http import Http
from bot.channels.telegram import Telegram
from bot.errors import SettingError
from tests.bot.channels.conftest import TOKEN, Listen, Platform

CALL = Call("sendMessage", {"chat_id": "1", "text": "سلام"}, {})


@asynccontextmanager
async def connected(url: str, proxy: str = "") -> AsyncIterator[Http]:
    http = Http(Telegram(), TOKEN, url, proxy)
    await http.start()
    try:
        yield http
    finally:
        await http.close()


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(10)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def tunnel_to_a_filter(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    await reader.read(10)
    writer.write(b"this is no handshake")
    await writer.drain()


async def refusing_proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")
    await writer.drain()


async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    target = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
    host, _, port = target.partition(":")
    there, back = await asyncio.open_connection(host, int(port))
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")

    async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(1024):
            sink.write(data)

    pumps = [asyncio.create_task(pump(reader, back)), asyncio.create_task(pump(there, writer))]
    _, open_ = await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
    for each in open_:  # a server waits for its connections, so one side's end must be the other's too
        each.cancel()
    back.close()


async def test_nobody_listening_is_not_sent() -> None:
    async with connected(f"http://127.0.0.1:{closed_port()}") as http:
        assert (await http.call(CALL)).kind is Kind.RETRY


async def test_a_broken_handshake_is_not_sent(listen: Listen) -> None:
    async with connected(f"https://127.0.0.1:{await listen(reset)}") as http:
        assert (await http.call(CALL)).kind is Kind.RETRY


async def test_an_absent_proxy_is_not_sent() -> None:
    async with connected("http://127.0.0.1:9", f"socks5://127.0.0.1:{closed_port()}") as http:
        assert (await http.call(CALL)).kind is Kind.RETRY


async def test_a_proxy_that_refuses_is_not_sent(listen: Listen) -> None:
    async with connected("https://127.0.0.1:9", f"http://127.0.0.1:{await listen(refusing_proxy)}") as http:
        assert (await http.call(CALL)).kind is Kind.RETRY


async def test_a_handshake_broken_behind_the_proxy_is_not_sent(listen: Listen) -> None:
    async with connected("https://127.0.0.1:9", f"http://127.0.0.1:{await listen(tunnel_to_a_filter)}") as http:
        assert (await http.call(CALL)).kind is Kind.RETRY


async def test_a_working_proxy_carries_the_call(platform: Platform, listen: Listen) -> None:
    async with connected(platform.url, f"http://127.0.0.1:{await listen(tunnel)}") as http:
        assert (await http.call(CALL)).message_id == 3


async def test_a_reset_after_the_request_is_uncertain(listen: Listen) -> None:
    async with connected(f"http://127.0.0.1:{await listen(reset)}") as http:
        assert (await http.call(CALL)).kind is Kind.UNCERTAIN


async def test_no_answer_in_time_is_uncertain(platform: Platform, http: Http) -> None:
    released = asyncio.Event()

    async def never(_: web.Request) -> web.StreamResponse:
        await released.wait()
        return web.Response()

    platform.answer = never
    assert (await http.call(CALL, timeout=0.05)).kind is Kind.UNCERTAIN
    assert len(platform.asked) == 1
    released.set()


async def test_an_answer_cut_off_in_the_middle_is_uncertain(listen: Listen) -> None:
    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok":true')
        await writer.drain()

    async with connected(f"http://127.0.0.1:{await listen(half)}") as http:
        assert (await http.call(CALL)).kind is Kind.UNCERTAIN


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (502, b"<html>Bad Gateway</html>", Kind.UNCERTAIN),
        (200, b'{"ok":tr', Kind.UNCERTAIN),
        (200, b'{"ok":false,"error_code":403,"description":"Forbidden"}', Kind.BLOCKED),
        (302, b"", Kind.RETRY),
    ],
)
async def test_an_answer_is_classified(platform: Platform, http: Http, status: int, body: bytes, kind: Kind) -> None:
    platform.status, platform.body = status, body
    assert (await http.call(CALL)).kind is kind


async def test_the_environment_s_proxies_are_not_used(
    platform: Platform, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    assert (await http.call(CALL)).kind is Kind.SENT


@pytest.mark.parametrize("proxy", ["ftp://user:secret@x:1", "http://user:secret@x:port", "http://"])
async def test_a_wrong_proxy_names_its_variable_and_not_its_password(proxy: str) -> None:
    with pytest.raises(SettingError, match="TELEGRAM_PROXY") as caught:
        await Http(Telegram(), TOKEN, "", proxy).start()
    assert "secret" not in str(caught.value)
