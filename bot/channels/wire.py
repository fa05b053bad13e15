"""One pool of connections to one platform, and the one place where the faults of HTTP are told apart.

What fails while connecting (name, address, proxy, TLS, waiting for a free connection) certainly was not sent; what
fails later may have been taken. The address of a call holds the token, so nothing of the client's exceptions is passed
on, not even as a cause.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, FormData, TCPConnector
from aiohttp_socks import ProxyConnector
from yarl import URL

from bot.channels.errors import FileRefused, NotSent, Unanswered, Unreachable

_CONNECT = 10.0  # seconds for everything until the request can be written
_CHUNK = 65_536
_SKIPPED = ("Accept", "Accept-Encoding")
_HEADERS = {"User-Agent": "Shahr137"}  # a CDN may refuse callers without a name
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class _NotConnectedError(ClientError):
    """Any failure of a connector, whatever its own name."""


class _Direct(TCPConnector):
    async def connect(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return await super().connect(*args, **kwargs)
        except Exception:  # aiohttp, its proxies and TLS each raise their own
            failed = _NotConnectedError()
        raise failed


class _Proxied(_Direct, ProxyConnector):
    """The same through a proxy."""


class Wire:
    """To be made inside a running loop, and closed. The environment's proxies are never used."""

    def __init__(self, proxy: str = "") -> None:
        """`proxy`: http:// or socks5://, names are then looked up behind it. Raises ValueError for another address."""
        options: dict[str, Any] = {"limit": 100, "ttl_dns_cache": 300}
        connector = _Proxied.from_url(proxy, rdns=True, **options) if proxy else _Direct(**options)
        self._session = ClientSession(
            connector=connector,
            cookie_jar=DummyCookieJar(),
            headers=_HEADERS,
            skip_auto_headers=_SKIPPED,
            trust_env=False,
        )

    async def close(self) -> None:
        await self._session.close()

    async def post(self, url: URL, body: bytes | FormData, seconds: float) -> tuple[int, bytes]:
        """Status and body of the answer. Raises NotSent or Unanswered; `seconds` begin when connected."""
        failed: NotSent | Unanswered
        try:
            async with self._session.post(
                url,
                data=body,
                headers=_FORM if isinstance(body, bytes) else None,
                timeout=_limits(seconds),
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except Exception as fault:  # looked at, never passed on
            failed = _told(fault)
        raise failed

    async def get(self, url: URL, seconds: float) -> AsyncIterator[bytes]:
        """The body piece by piece; each within `seconds`. Raises FileRefused or Unreachable."""
        failed: FileRefused | Unreachable
        limits = ClientTimeout(total=None, connect=_CONNECT, sock_read=seconds)
        try:
            async with self._session.get(url, timeout=limits, allow_redirects=False) as response:
                if response.status == 200:
                    async for chunk in response.content.iter_chunked(_CHUNK):
                        yield chunk
                    return
            failed = _no_file(response.status)
        except (ClientError, OSError):
            failed = Unreachable("The file was cut off on its way.")
        raise failed


def encode(params: dict[str, str]) -> bytes:
    """The urlencoded form, by yarl's quoting in C: six times as fast as urllib's for Persian. Half characters go."""
    return URL.build(query=params).raw_query_string.encode()


def _limits(seconds: float) -> ClientTimeout:
    return ClientTimeout(total=_CONNECT + seconds, connect=_CONNECT, sock_read=seconds)


def _told(fault: Exception) -> NotSent | Unanswered:
    return NotSent("No connection.") if isinstance(fault, _NotConnectedError) else Unanswered("No whole answer.")


def _no_file(status: int) -> FileRefused | Unreachable:
    if 400 <= status < 500 and status != 429:
        return FileRefused(f"The platform answers {status}.")
    return Unreachable(f"The platform answers {status}.")
