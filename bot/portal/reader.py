"""The portal's reader: what is due is read outside any transaction, then each item is kept in a short one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from bot.actions.city import City
from bot.actions.portal import Reading, keep_item
from bot.actions.sources import begin_reading, source_failed, source_read
from bot.clock import DAY, HOUR, MINUTE, Clock
from bot.domain.item import Doubt, Item
from bot.portal.errors import Unreadable
from bot.portal.fetch import Fetcher, Page
from bot.portal.judging import is_ours, make_item
from bot.portal.reading import Article, Entry, read_article, read_entries
from bot.store import portal
from bot.store.portal import SourceRow
from bot.store.store import Store

log = structlog.get_logger(__name__)
NEVER = SourceRow(0, "", "", 0, 0, 0, 0)
IN_A_ROW = 3  # pages that can't be had, before the rest is left for the next time
WHOLE = 6  # hours after which a source that says "unchanged" is read whole all the same


@dataclass(frozen=True, slots=True)
class Found:
    """One reading. `missed`: pages that could not be had. `page`: the list or feed itself."""

    page: Page
    listed: frozenset[str]
    items: Sequence[Item]
    missed: int


class Portal:
    """`look` is woken every minute; whether a reading is due the rows say."""

    def __init__(self, store: Store, clock: Clock, city: City, fetcher: Fetcher) -> None:
        self._store = store
        self._clock = clock
        self._city = city
        self._fetcher = fetcher
        self._turn = asyncio.Lock()

    async def look(self) -> None:
        """Read the source when it is due. While a reading goes on, another look does nothing."""
        if self._turn.locked():
            return
        async with self._turn:
            await self._look()

    async def _look(self) -> None:
        news = self._city.pack.news
        if not news.source:
            return
        rows = await self._store.read(portal.SOURCE, key=news.source)
        row = rows[0] if rows else NEVER
        if row.read_at and self._clock.now() < row.read_at + news.every_minutes * MINUTE:
            return
        row = await self._begun(row)
        try:
            found = await self._found(row)
        except Unreadable as trouble:
            log.warning("portal_unread", trouble=trouble.trouble, failures=row.failures + 1)
            await self._failed(row, trouble)
            return
        for item in found.items:
            await self._keep(item, Reading(not row.good_at, found.listed))
        await self._read(row, found.page)

    async def _found(self, row: SourceRow) -> Found:
        news = self._city.pack.news
        whole = not row.good_at or (self._clock.now() // HOUR) % WHOLE == 0
        marks = ("", "") if whole else (row.etag, row.modified)
        page = await self._fetcher.page(news.source, news.hosts, *marks)
        entries = await self._recent() if page.unchanged else await read_entries(page, news)
        items, missed = await self._items(entries)
        if not page.unchanged:
            _check_shape(entries, items, missed)
        listed = frozenset(item.key for item in items)
        return Found(page, listed, [item for item in items if is_ours(self._city, item)], missed)

    async def _recent(self) -> list[Entry]:
        """Where the list is as it was, an item may still have been edited."""
        news = self._city.pack.news
        since = self._clock.now() - news.max_age_days * DAY
        rows = await self._store.read(portal.RECENT, since=since, most=news.most_items)
        return [Entry(row.address, row.title, "", "", 0) for row in rows]

    async def _items(self, entries: Sequence[Entry]) -> tuple[list[Item], int]:
        """Each page once, one after another: a portal is no fast machine. What can't be had comes next time."""
        items, missed, in_a_row = list[Item](), 0, 0
        for entry in entries:
            try:
                items.append(await self.item(entry))
                in_a_row = 0
            except Unreadable as trouble:
                log.info("portal_page_unread", trouble=trouble.trouble)
                missed, in_a_row = missed + 1, in_a_row + 1
                if in_a_row >= IN_A_ROW and trouble.trouble in ("slow", "unreachable"):
                    break
        return items, missed

    async def item(self, entry: Entry) -> Item:
        """What this address says. Raises Unreadable when it can't be had; a page of another shape makes a doubt."""
        article: Article | None = None
        try:
            page = await self._fetcher.page(entry.url, self._city.pack.news.hosts)
            article = await read_article(page, self._city.pack.news)
        except Unreadable as trouble:
            if trouble.trouble not in ("empty", "garbage"):
                raise
        return make_item(self._city, entry, article, self._clock.now())

    async def _begun(self, row: SourceRow) -> SourceRow:
        """The reading counts from now on: one that ends the process does not come at once again."""
        async with self._store.unit() as unit:
            work = await unit.work()
            begun = begin_reading(work, self._city, row)
            unit.merge(work)
            await self._store.commit(unit)
        return begun

    async def _keep(self, item: Item, reading: Reading) -> None:
        async with self._store.unit() as unit:
            work = await unit.work()
            kept = await keep_item(work, self._city, item, reading)
            unit.merge(work)
            await self._store.commit(unit)
        log.debug("portal_item", kept=str(kept))

    async def _failed(self, row: SourceRow, trouble: Unreadable) -> None:
        async with self._store.unit() as unit:
            work = await unit.work()
            await source_failed(work, self._city, row, trouble.trouble)
            unit.merge(work)
            await self._store.commit(unit)

    async def _read(self, row: SourceRow, page: Page) -> None:
        async with self._store.unit() as unit:
            work = await unit.work()
            await source_read(work, self._city, row, (page.etag, page.modified))
            unit.merge(work)
            await self._store.commit(unit)


def _check_shape(entries: Sequence[Entry], items: Sequence[Item], missed: int) -> None:
    """Raises Unreadable when no page of a whole list can be had, or none has any words: then the portal changed."""
    if entries and missed == len(entries):
        raise Unreadable("unreachable")
    if len(items) >= IN_A_ROW and all(Doubt.BODY in item.doubts for item in items):
        raise Unreadable("empty")
