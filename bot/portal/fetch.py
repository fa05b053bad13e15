"""One page or picture of the portal over HTTP, with everything limited that a hostile server could overdo.

Whether an address is public is judged of the very address that is connected to, at each redirect anew, so that a name
which answers otherwise a moment later gains nothing.
"""

from __future__ import annotations

import asyncio
import socket
import zlib
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    InvalidURL,
    TCPConnector,
    ThreadedResolver,
)
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.domain.address import Ip, is_public, may_ask, read_ip
from bot.portal.errors import Unreadable

MOST = 5 << 20  # bytes, unpacked
SECONDS = 10.0  # for all of it, redirects included
REDIRECTS = 5
_CHUNK = 65_536
_ON = (301, 302, 303, 307, 308)
_HEADERS = {"User-Agent": "Shahr137", "Accept-Encoding": "gzip, deflate", "Accept": "*/*"}
Judge = Callable[[Ip], bool]


@dataclass(frozen=True, slots=True)
class Page:
    """What came. `url`: where it was found in the end. Without a body it is as it was (`unchanged`)."""

    url: str
    body: bytes
    charset: str = ""
    etag: str = ""
    modified: str = ""
    unchanged: bool = False


class _Checked(AbstractResolver):
    """Answers only addresses that are judged well; a name with one that is not is refused whole."""

    def __init__(self, inner: AbstractResolver, judge: Judge) -> None:
        self._inner = inner
        self._judge = judge

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        for each in found:
            ip = read_ip(each["host"])
            if ip is None or not self._judge(ip):
                raise Unreadable("private")
        return found

    async def close(self) -> None:
        await self._inner.close()


class Fetcher:
    """`judge`: which addresses may be connected to; tests on loopback bring their own, no setting does. A fetcher
    keeps no connection, no cookie and no name between two calls.
    """

    def __init__(self, judge: Judge = is_public, resolver: Callable[[], AbstractResolver] = ThreadedResolver) -> None:
        self._judge = judge
        self._resolver = resolver

    async def page(self, url: str, hosts: Collection[str], etag: str = "", modified: str = "") -> Page:
        """The page, or that it is unchanged. Raises Unreadable."""
        asked = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
        async with self._open(url, hosts, asked) as (response, found):
            marks = response.headers.get("ETag", "")[:200], response.headers.get("Last-Modified", "")[:100]
            if response.status == 304:
                return Page(found, b"", "", *marks, unchanged=True)
            body = b"".join([chunk async for chunk in _unpacked(response, MOST)])
            return Page(found, body, _charset(response), *marks)

    async def stream(self, url: str, hosts: Collection[str], most: int) -> AsyncIterator[bytes]:
        """The bytes of a file, in pieces. Raises Unreadable."""
        async with self._open(url, hosts, {}) as (response, _):
            async for chunk in _unpacked(response, most):
                yield chunk

    @asynccontextmanager
    async def _open(
        self, url: str, hosts: Collection[str], headers: dict[str, str]
    ) -> AsyncIterator[tuple[ClientResponse, str]]:
        try:
            async with asyncio.timeout(SECONDS), AsyncExitStack() as opened:
                session = await opened.enter_async_context(self._session())
                for _ in range(REDIRECTS + 1):
                    self._check(url, hosts)
                    get = session.get(URL(url), allow_redirects=False, headers=headers)
                    response = await opened.enter_async_context(get)
                    if response.status not in _ON:
                        _check_status(response.status)
                        yield response, url
                        return
                    url = _next(url, response.headers.get("Location", ""))
                raise Unreadable("redirects")
        except TimeoutError:
            raise Unreadable("slow") from None
        except (ClientError, OSError, ValueError):  # aiohttp's words hold the address
            raise Unreadable("unreachable") from None

    def _session(self) -> ClientSession:
        connector = TCPConnector(
            resolver=_Checked(self._resolver(), self._judge),
            use_dns_cache=False,
            force_close=True,
            socket_factory=self._socket,
        )
        return ClientSession(
            connector=connector,
            cookie_jar=DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            timeout=ClientTimeout(total=SECONDS),
            headers=_HEADERS,
            max_line_size=8_190,
            max_field_size=8_190,
        )

    def _socket(self, address: tuple[Any, Any, int, str, tuple[Any, ...]]) -> socket.socket:
        """The last gate before a connection, whatever way led here."""
        family, kind, protocol, _, where = address
        ip = read_ip(str(where[0]))
        if ip is None or not self._judge(ip):
            raise Unreadable("private")
        return socket.socket(family, kind, protocol)

    def _check(self, url: str, hosts: Collection[str]) -> None:
        ip = _literal(url)
        if ip is not None and not self._judge(ip):
            raise Unreadable("private")
        if not may_ask(url, hosts):
            raise Unreadable("foreign")


def _literal(url: str) -> Ip | None:
    """The address that stands in the place of a name."""
    try:
        return read_ip(urlsplit(url).hostname or "")
    except ValueError:
        return None


def _next(url: str, location: str) -> str:
    if not location:
        raise Unreadable("redirects")
    try:
        return urljoin(url, location)
    except ValueError:
        raise Unreadable("redirects") from None


def _check_status(status: int) -> None:
    if status in (401, 403):
        raise Unreadable("login")
    if status not in (200, 304):
        raise Unreadable("refused")


def _charset(response: ClientResponse) -> str:
    try:
        return response.charset or ""
    except (InvalidURL, ValueError, RuntimeError):
        return ""


async def _unpacked(response: ClientResponse, most: int) -> AsyncIterator[bytes]:
    """The body in pieces, never more than `most` bytes of it, and never one piece that is larger than it must be."""
    form = response.headers.get("Content-Encoding", "").strip().lower()
    if form not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Unreadable("compression")
    unpacker = None if form in ("", "identity") else _Unpacker(form)
    size = 0
    async for packed in response.content.iter_chunked(_CHUNK):
        for piece in unpacker.pieces(packed) if unpacker else (packed,):
            size += len(piece)
            if size > most:
                raise Unreadable("large")
            yield piece
    if unpacker:
        unpacker.check_whole()


class _Unpacker:
    """gzip, or deflate as servers mean it: with its head or without."""

    def __init__(self, form: str) -> None:
        self._maybe_raw = form == "deflate"
        self._inflate = zlib.decompressobj(15 if self._maybe_raw else 31)

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        """One small piece at a time: of what a bomb holds, no more is unpacked than is asked for."""
        if self._maybe_raw and packed and packed[0] & 0x0F != 8:
            self._inflate = zlib.decompressobj(-15)
        self._maybe_raw = False
        try:
            while packed and not self._inflate.eof:
                yield self._inflate.decompress(packed, _CHUNK)
                packed = self._inflate.unconsumed_tail
        except zlib.error:
            raise Unreadable("compression") from None

    def check_whole(self) -> None:
        """Raises Unreadable when it was cut off."""
        if not self._inflate.eof:
            raise Unreadable("compression")
