"""Pictures of the portal's items, as media fetches them: cleaned and kept like any file that somebody sends."""

from __future__ import annotations

from collections.abc import AsyncIterator

from bot.actions.city import City
from bot.channels.errors import FileRefused, Unreachable
from bot.portal.errors import Unreadable
from bot.portal.fetch import Fetcher

MB = 1 << 20
_PASSING = ("slow", "unreachable")


class Pictures:
    """The house of the "bot" whose file ids are addresses of pictures. Only the pack's hosts are asked."""

    def __init__(self, city: City, fetcher: Fetcher) -> None:
        self._city = city
        self._fetcher = fetcher

    async def file(self, file_id: str) -> tuple[str, int | None]:
        """An address is where the file is; its size nobody says beforehand."""
        return file_id, None

    async def stream(self, path: str) -> AsyncIterator[bytes]:
        """Its bytes. Raises FileRefused for good, Unreachable for now."""
        news = self._city.pack.news
        try:
            async for chunk in self._fetcher.stream(path, news.hosts, news.picture_mb * MB):
                yield chunk
        except Unreadable as trouble:
            if trouble.trouble in _PASSING:
                raise Unreachable(trouble.trouble) from None
            raise FileRefused(trouble.trouble) from None
