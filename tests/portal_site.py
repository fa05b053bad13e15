"""A portal like a DouranPortal on loopback, whose pages change, with the tricks of a hostile server to switch on."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from ipaddress import ip_address

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.domain.address import Ip, is_public
from bot.pack.portal import News
from bot.portal.fetch import Fetcher

HOST, OUTSIDE, INSIDE, REBOUND = "qorveh.ir", "kurdpress.ir", "inside.qorveh.ir", "rebound.qorveh.ir"
LIST = f"http://{HOST}/fa-IR/DouranPortal/4801"
FEED = f"http://{HOST}/rss"
HERE, TRAP = "127.0.0.1", "127.0.0.2"
CHROME = "پورتال سازمانی"
WORDS = (
    "شهرداری از شنبه خیابان امام را آسفالت می‌کند و راه‌بندان تا پایان هفته خواهد بود.",
    "رانندگان می‌توانند از خیابان‌های کناری بگذرند.",
)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Piece:
    """One item of the site."""

    title: str
    words: tuple[str, ...] = WORDS
    date: str = "۱۴۰۵/۰۹/۰۳"
    pictures: tuple[str, ...] = ()


@dataclass
class Site:
    """`pieces` by number, the newest first in the list. `asked`: paths in order. `trapped`: connections to the place
    that nobody may be led to.
    """

    pieces: dict[int, Piece] = field(default_factory=dict)
    tricks: dict[str, Handler] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    etag: str = ""
    trapped: int = 0
    port: int = 0
    trap_port: int = 0
    resolved: int = 0

    def address(self, number: int, slug: str = "خبر") -> str:
        """As the list gives it."""
        return f"http://{HOST}{_path(number)}/{slug}"

    def fetcher(self) -> Fetcher:
        """The real one, for which this loopback address alone is as good as public."""
        return Fetcher(_judge, lambda: _Names(self))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        self.headers.append(dict(request.headers))
        if trick := self.tricks.get(request.path):
            return await trick(request)
        if request.path in self.files:
            return web.Response(body=self.files[request.path], content_type="image/jpeg")
        if request.path == "/fa-IR/DouranPortal/4801":
            return self._marked(request, self._list(), "text/html")
        if request.path == "/rss":
            return self._marked(request, self._feed(), "application/rss+xml")
        for number, piece in self.pieces.items():
            if request.path.startswith(f"{_path(number)}/"):
                return web.Response(text=_page(piece), content_type="text/html")
        return web.Response(status=404)

    def _marked(self, request: web.Request, text: str, kind: str) -> web.Response:
        if self.etag and request.headers.get("If-None-Match") == self.etag:
            return web.Response(status=304, headers={"ETag": self.etag})
        return web.Response(text=text, content_type=kind, headers={"ETag": self.etag} if self.etag else {})

    def _list(self) -> str:
        rows = "".join(
            f"<tr><td><a href='{_path(number)}/خبر?utm_source=list'>{piece.title}</a>"
            f"<span class='date'>{piece.date}</span></td></tr>"
            for number, piece in sorted(self.pieces.items(), reverse=True)
        )
        return f"<html><body>{CHROME}<table id='ctl01_ctl00_myDataList'>{rows}</table></body></html>"

    def _feed(self) -> str:
        items = "".join(
            f"<item><title>{piece.title}</title><link>{self.address(number)}</link>"
            f"<description>&lt;p&gt;{piece.words[0]}&lt;/p&gt;</description></item>"
            for number, piece in sorted(self.pieces.items(), reverse=True)
        )
        return f"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>{items}</channel></rss>"


def settings(news: News, **more: object) -> News:
    """The pack's settings with this site as the source."""
    known = {"list_url": LIST, "hosts": (HOST, OUTSIDE, INSIDE, REBOUND), "picture_mb": 1}
    return news.model_copy(update={**known, **more})


@contextlib.asynccontextmanager
async def portal_site() -> AsyncIterator[Site]:
    """The site, until the block ends."""
    site = Site()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", site.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    door = web.TCPSite(runner, HERE, 0)
    await door.start()
    site.port = runner.addresses[0][1]
    trap = await asyncio.start_server(_trapping(site), TRAP, 0)
    site.trap_port = trap.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        trap.close()
        await runner.cleanup()


def _trapping(site: Site) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def trapped(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        site.trapped += 1
        writer.close()

    return trapped


class _Names(AbstractResolver):
    """The portal's names lead to the site; others to the trap: at once, or from the second time on."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        site = self._site
        site.resolved += host == REBOUND
        trapped = host == INSIDE or (host == REBOUND and site.resolved > 1)
        where, port = (TRAP, site.trap_port) if trapped else (HERE, site.port)
        return [ResolveResult(hostname=host, host=where, port=port, family=socket.AF_INET, proto=0, flags=0)]

    async def close(self) -> None:
        pass


def _judge(address: Ip) -> bool:
    return address == ip_address(HERE) or is_public(address)


def _path(number: int) -> str:
    return f"/fa-IR/DouranPortal/4801/news/view/3/{number}"


def _page(piece: Piece) -> str:
    words = "".join(f"<p>{each}</p>" for each in piece.words)
    pictures = "".join(f"<img src='{each}'>" for each in piece.pictures)
    return (
        f"<html><head><title>{CHROME}</title></head><body><nav>{CHROME}</nav><h1>{piece.title}</h1>"
        f"<span class='date'>{piece.date}</span><div class='news-body'>{words}{pictures}"
        f"<script>alert(1)</script><div class='share'>هم‌رسانی</div></div><footer>گروه دوران V</footer></body></html>"
    )


# tricks


def redirect(to: str) -> Handler:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": to})

    return answer


def answers(body: bytes, *, kind: str = "text/html", encoding: str = "", status: int = 200) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": kind, **({"Content-Encoding": encoding} if encoding else {})}
        response = web.StreamResponse(status=status, headers=headers)
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            for start in range(0, len(body), 65_536):  # what the site itself needs is not the reader's memory
                await response.write(body[start : start + 65_536])
        return response

    return answer


def bomb(megabytes: int) -> bytes:
    """Zeros, packed a thousandfold."""
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(pack.compress(bytes(1 << 20)) for _ in range(megabytes)) + pack.flush()


def packed(text: str) -> bytes:
    return gzip.compress(text.encode())


def endless(piece: bytes = b"<p>" * 20_000, pause: float = 0.0) -> Handler:
    """A body that never ends; with a pause between its pieces it drips."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            while True:
                await response.write(piece)
                await asyncio.sleep(pause)
        return response

    return answer


BILLION = (
    b"<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY a 'ha'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><rss><channel><item><title>&j;</title><link>http://qorveh.ir/1</link></item></channel></rss>"
)
OUTER = (
    b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    b"<rss><channel><item><title>&x;</title><link>http://qorveh.ir/1</link></item></channel></rss>"
)
