"""A page that an editor sent the link of: read after the commit, and shown to them as a draft."""

from __future__ import annotations

import orjson

from bot.actions.city import City
from bot.actions.portal import keep_asked
from bot.domain.rights import CITY_ROLES
from bot.errors import NotFound
from bot.portal.errors import Unreadable
from bot.portal.reader import Portal
from bot.portal.reading import Entry
from bot.store import export_rows, people, tables
from bot.store.attachments import WantedRow
from bot.store.person import Address
from bot.store.store import Store
from bot.store.work import Work
from bot.talk.portal import card

KIND = "page"


class Asked:
    """The maker of wanted rows of kind "page". Made twice after a kill, it is said once: with the row's *done*."""

    def __init__(self, store: Store, city: City, portal: Portal) -> None:
        self._store = store
        self._city = city
        self._portal = portal

    async def __call__(self, row: WantedRow) -> None:
        """Raises NotFound for who has no account or keeps no news any more."""
        held = await self._store.read(export_rows.ROLES, person_id=row.person_id)
        if not any(role.role in CITY_ROLES and not role.revoked_at for role in held):
            raise NotFound
        entry = Entry(orjson.loads(row.data)["url"], "", "", "", 0)
        try:
            item = await self._portal.item(entry)
        except Unreadable as trouble:
            await self._refused(row, trouble)
            return
        async with self._store.unit() as unit:
            work = await unit.work()
            to = await _address(work, row.person_id)
            reader = self._city.reader(to)
            kept = await keep_asked(work, self._city, item, row.person_id)
            head = "portal-page-taken" if kept.fresh else "portal-page-known"
            if kept.draft is None:
                work.say(reader.screen(reader.rich(f"portal-page-{kept.state}")), to)
            else:
                work.say(card(reader, kept.draft, len(item.pictures), head=head), to)
            work.set(tables.wanted, row.id, state="done", error="")
            unit.merge(work)
            await self._store.commit(unit)

    async def _refused(self, row: WantedRow, trouble: Unreadable) -> None:
        async with self._store.unit() as unit:
            work = await unit.work()
            to = await _address(work, row.person_id)
            reader = self._city.reader(to)
            work.say(reader.screen(reader.rich(f"portal-unread-{trouble.trouble}")), to)
            work.set(tables.wanted, row.id, state="done", error=trouble.trouble)
            unit.merge(work)
            await self._store.commit(unit)


async def _address(work: Work, person_id: int) -> Address:
    found = await people.addresses(work, [person_id])
    if person_id not in found:
        raise NotFound
    return found[person_id]
