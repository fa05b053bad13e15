"""A programme as a calendar file (iCalendar): taken along by a citizen, and taken again after it moved."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, tzinfo

import orjson

from bot.actions.city import City
from bot.actions.programmes import load_public
from bot.clock import utc
from bot.errors import NotFound
from bot.media.erase import unkeep
from bot.media.vault import Draft, Vault
from bot.store import people, tables
from bot.store.attachments import WantedRow
from bot.store.programmes import ProgrammeRow
from bot.store.store import Store
from bot.talk.screen import Media

NAME = "shahr137-programme.ics"
MIME = "text/calendar"
YEAR = timedelta(days=366)


class CalendarFile:
    """The maker of wanted rows of kind "calendar". Made twice after a kill, it is said once: with the row's *done*."""

    def __init__(self, store: Store, vault: Vault, city: City) -> None:
        self._store = store
        self._vault = vault
        self._city = city

    async def __call__(self, row: WantedRow) -> None:
        """Raises NotFound for who has no account any more or what is shown no more, OSError when the disk is full."""
        async with self._store.unit() as unit:
            programme = await load_public(await unit.work(), orjson.loads(row.data)["programme"])
        with self._vault.draft() as draft:
            await asyncio.to_thread(self._write, draft, programme)
            await self._keep(row, draft)

    def _write(self, draft: Draft, programme: ProgrammeRow) -> None:
        pack = self._city.pack
        draft.path.write_bytes(calendar(programme, pack.time.zone, pack.city.slug))
        draft.measure()

    async def _keep(self, row: WantedRow, draft: Draft) -> None:
        async with self._vault.lock:
            sha256, kept = await draft.keep(), False
            try:
                await self._settle(row, draft.size, sha256)
                kept = True
            finally:
                if not kept:
                    await unkeep(self._store, self._vault, sha256)

    async def _settle(self, row: WantedRow, size: int, sha256: str) -> None:
        async with self._store.unit() as unit:
            work = await unit.work()
            to = (await people.addresses(work, [row.person_id])).get(row.person_id)
            if to is None:
                raise NotFound
            file = {"kind": "document", "bot": "", "file_id": "", "name": NAME, "mime": MIME}
            kept = {"state": "stored", "sha256": sha256, "size": size, "created_at": work.now}
            attachment = work.add(tables.attachments, person_id=to.person_id, **file, **kept)
            reader = self._city.reader(to)
            said = reader.rich("programme-calendar")
            work.say(reader.screen(said, media=(Media("document", attachment),)), to)
            work.set(tables.wanted, row.id, state="done", error="")
            unit.merge(work)
            await self._store.commit(unit)


def calendar(row: ProgrammeRow, zone: tzinfo, city: str) -> bytes:
    """The file. The same programme keeps its UID; SEQUENCE is its version, so that what moved takes the place of what
    a calendar has already. Imports the library where it is used.
    """
    from icalendar import Calendar, Event

    event, whole = Event(), Calendar()
    event.add("uid", f"programme-{row.id}@{city}.shahr137")
    event.add("sequence", row.version)
    event.add("dtstamp", utc(row.updated_at))
    event.add("dtstart", _local(row.starts_at, zone))
    event.add("dtend", _local(row.over_at, zone))
    event.add("summary", row.title)
    for name, value in (("description", row.words), ("location", row.place)):
        if value:
            event.add(name, value)
    if row.lat is not None and row.lon is not None:
        event.add("geo", (row.lat, row.lon))
    event.add("status", "CANCELLED" if row.state == "cancelled" else "CONFIRMED")
    for name, value in (("prodid", "-//shahr137//programmes//FA"), ("version", "2.0"), ("method", "PUBLISH")):
        whole.add(name, value)
    whole.add_component(event)
    day = utc(row.starts_at).date()
    whole.add_missing_timezones(day - YEAR, day + YEAR)  # what the zone did in other years nobody needs
    return bytes(whole.to_ical())


def _local(at: int, zone: tzinfo) -> datetime:
    return utc(at // 1000 * 1000).astimezone(zone)
