"""Our side of the process that reads pages."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import orjson

from bot.pack.portal import News
from bot.portal.errors import Trouble, Unreadable
from bot.portal.fetch import Page

WALL = 20.0  # seconds for one page, waiting for a processor included
MOST = 4 << 20  # bytes of its answer
_CHUNK = 65_536
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list or feed says of an item. `at`: the moment that a feed gives; `date`: the words that stand there."""

    url: str
    title: str
    date: str
    words: str
    at: int


@dataclass(frozen=True, slots=True)
class Article:
    """What an item's own page says."""

    title: str
    date: str
    words: str
    pictures: tuple[str, ...]


async def read_entries(page: Page, news: News) -> list[Entry]:
    """The items of a list or feed, those at its top. Raises Unreadable."""
    what: Literal["feed", "list"] = "feed" if news.feed_url else "list"
    found = await _read(what, page, news.list.model_dump(), news.most_items)
    return [Entry(**entry) for entry in found["entries"]]


async def read_article(page: Page, news: News) -> Article:
    """One item. Raises Unreadable."""
    found = await _read("article", page, news.article.model_dump(), news.most_pictures)
    return Article(found["title"], found["date"], found["words"], tuple(found["pictures"]))


async def _read(what: str, page: Page, selectors: dict[str, Any], most: int) -> dict[str, Any]:
    ask = {"what": what, "url": page.url, "charset": page.charset, "selectors": selectors, "most": most}
    # Without our environment: a page that got hold of the process finds no token there.
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.portal.parse"), stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=_ROOT, env={}
    )
    try:
        async with asyncio.timeout(WALL):
            assert process.stdin is not None
            assert process.stdout is not None
            await _write(process.stdin, orjson.dumps(ask) + b"\n", page.body)
            said = await process.stdout.read()
    except BaseException as error:
        process.kill()
        if isinstance(error, TimeoutError):
            raise Unreadable("slow") from None
        raise
    finally:
        await process.wait()
    return _answer(said)


async def _write(into: asyncio.StreamWriter, head: bytes, body: bytes) -> None:
    """In pieces: the pipe would keep a second copy of a large page. A process that is gone has no need of the rest."""
    with suppress(ConnectionError):
        into.write(head)
        for start in range(0, len(body), _CHUNK):
            into.write(body[start : start + _CHUNK])
            await into.drain()
    into.close()


def _answer(said: bytes) -> dict[str, Any]:
    try:
        found: dict[str, Any] = orjson.loads(said) if len(said) <= MOST else {"error": "large"}
    except orjson.JSONDecodeError:  # it was ended by one of its limits
        raise Unreadable("large") from None
    if found["error"]:
        raise Unreadable(cast(Trouble, found["error"]))
    return found
