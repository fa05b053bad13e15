"""A list of the desk as a file: asked for by an official, made with the rights that they have when it is made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import orjson

from bot.actions.city import City
from bot.actions.lists import BOTTOM, LISTS, MOST_ROWS, TOP, bounds_of, desk_list
from bot.actions.searching import Asked, narrowed
from bot.actions.sight import Sight, sight_with
from bot.clock import Clock, utc
from bot.errors import NotFound
from bot.media.cells import Cell, Column, write_sheet
from bot.media.erase import unkeep
from bot.media.vault import Draft, Vault
from bot.store import export_rows, people, tables
from bot.store.attachments import WantedRow
from bot.store.cases import NEWEST
from bot.store.export_rows import SHEET_MIME
from bot.store.person import Address
from bot.store.search import FOUND_OLDER
from bot.store.sheet_rows import ROWS, SheetRow
from bot.store.store import Store
from bot.store.work import Work
from bot.talk.cases import area_name, place, state_of, topic
from bot.talk.reader import Reader
from bot.talk.screen import Media

NAME = "shahr137-list.xlsx"
_PAGE = 500
_COLUMNS: tuple[tuple[str, int], ...] = (
    ("list-col-code", 10),
    ("list-col-category", 24),
    ("list-col-area", 16),
    ("list-col-place", 32),
    ("list-col-status", 20),
    ("list-col-words", 60),
    ("list-col-filed", 12),
    ("list-col-due", 12),
    ("list-col-ended", 12),
    ("list-col-department", 20),
    ("list-col-holder", 16),
    ("list-col-people", 8),
    ("list-col-reopened", 8),
    ("list-col-referrals", 8),
    ("list-col-urgent", 8),
)


class Sheet:
    """The maker of wanted rows of kind "list". Made twice after a kill, it is said once: with the row's *done*."""

    def __init__(self, store: Store, vault: Vault, clock: Clock, city: City) -> None:
        self._store = store
        self._vault = vault
        self._clock = clock
        self._city = city

    async def __call__(self, row: WantedRow) -> None:
        """Raises NotFound for who has no account or no role any more, OSError when the disk is full."""
        address, sight = await self._asker(row.person_id)
        found = await self._rows(row, sight)
        reader = self._city.reader(address)
        with self._vault.draft() as draft:
            await asyncio.to_thread(self._write, draft, reader, found)
            await self._keep(row, draft, len(found))

    async def _asker(self, person_id: int) -> tuple[Address, Sight]:
        roles = [role for role in await self._store.read(export_rows.ROLES, person_id=person_id) if not role.revoked_at]
        async with self._store.unit() as unit:
            work = await unit.work()
            address, sight = await _address(work, person_id), await sight_with(work, roles)
        if not (sight.desks or sight.everything):
            raise NotFound
        return address, sight

    async def _rows(self, row: WantedRow, sight: Sight) -> list[SheetRow]:
        what, ids = orjson.loads(row.data), list[int]()
        page = self._search_page(what, sight) if "search" in what else self._list_page(what, sight, row)
        key = NEWEST if "search" in what else TOP
        while len(ids) < MOST_ROWS and (more := await page(key)):
            ids += [case_id for _, case_id in more]
            key = more[-1][0]
        given = orjson.dumps(ids[:MOST_ROWS]).decode()
        return await self._store.read(ROWS, ids=given)

    def _search_page(self, what: dict[str, Any], sight: Sight) -> _Page:
        params = narrowed(Asked.load(what["search"]), sight).params()

        async def page(key: int) -> list[tuple[int, int]]:
            return [(row.id, row.id) for row in await self._store.read(FOUND_OLDER, key=key, most=_PAGE, **params)]

        return page

    def _list_page(self, what: dict[str, Any], sight: Sight, wanted: WantedRow) -> _Page:
        name = what["list"] if what["list"] in LISTS else LISTS[0]
        bounds = bounds_of(sight, self._city, wanted.person_id, wanted.created_at)

        async def page(key: int) -> list[tuple[int, int]]:
            rows = await self._store.read(desk_list(name, sight).older, key=key, most=_PAGE, **bounds)
            return [(row.id, row.case_id) for row in rows if row.id < BOTTOM]

        return page

    def _write(self, draft: Draft, reader: Reader, found: list[SheetRow]) -> None:
        columns = [Column(reader.line(text), width) for text, width in _COLUMNS]
        rows = [cells(self._city, reader, row) for row in found]
        rtl = reader.texts.is_rtl(reader.lang)
        write_sheet(draft.path, reader.line("list-sheet"), columns, rows, utc(self._clock.now()), rtl=rtl)
        draft.measure()

    async def _keep(self, row: WantedRow, draft: Draft, count: int) -> None:
        async with self._vault.lock:
            sha256, kept = await draft.keep(), False
            try:
                await self._settle(row, draft.size, sha256, count)
                kept = True
            finally:
                if not kept:
                    await unkeep(self._store, self._vault, sha256)

    async def _settle(self, row: WantedRow, size: int, sha256: str, count: int) -> None:
        async with self._store.unit() as unit:
            work = await unit.work()
            to = await _address(work, row.person_id)
            file = {"kind": "document", "bot": "", "file_id": "", "name": NAME, "mime": SHEET_MIME}
            kept = {"state": "stored", "sha256": sha256, "size": size, "created_at": work.now}
            attachment = work.add(tables.attachments, person_id=to.person_id, **file, **kept)
            reader = self._city.reader(to)
            cut = reader.rich("desk-export-cut", max=MOST_ROWS) if count >= MOST_ROWS else ()
            said = reader.rich("desk-export-ready", count=count)
            work.say(reader.screen(said, cut, media=(Media("document", attachment),)), to)
            work.set(tables.wanted, row.id, state="done", error="")
            unit.merge(work)
            await self._store.commit(unit)


_Page = Callable[[int], Any]
"""From a key: the keys and case ids of the next rows."""


async def _address(work: Work, person_id: int) -> Address:
    found = await people.addresses(work, [person_id])
    if person_id not in found:
        raise NotFound
    return found[person_id]


def cells(city: City, reader: Reader, row: SheetRow) -> list[Cell]:
    """One case as a row, in the order of the columns. Of a confidential one neither words nor place leave the desk."""
    pack = city.pack
    secret = reader.line("list-private") if row.private else ""
    words = reader.line("desk-text-hidden") if row.hidden else row.words
    department = pack.departments.get(row.department)
    return [
        row.code,
        topic(reader, pack, row.category),
        "" if row.private else area_name(reader, pack, row.area),
        secret or place(reader, pack, row),
        state_of(reader, row, short=True),
        secret or words,
        _day(reader, row.created_at),
        _day(reader, row.target_at),
        _day(reader, row.ended_at),
        department.name(reader.lang) if department else "",
        row.holder,
        row.supporters + 1,
        row.reopened,
        row.referrals,
        reader.line("list-yes") if row.urgent else "",
    ]


def _day(reader: Reader, at: int | None) -> str:
    return reader.dates.short(reader.lang, at) if at else ""
