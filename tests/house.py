"""A city with a database and no platforms: actions are tried on it directly."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from bot.actions.city import City
from bot.actions.file_case import Filed, file_case
from bot.clock import TurnedClock
from bot.domain.calendar import OfficialDays
from bot.domain.code import Codes
from bot.domain.draft import Draft, Place
from bot.pack.load import load_pack
from bot.settings import ROOT
from bot.store import schema, tables
from bot.store.store import Store
from bot.store.work import Arrival, Work
from bot.talk.dates import Dates
from bot.talk.texts import Texts
from bot.understand.mind import Mind

LAMP, STAFF = "street_light", "staff_service"
PLACE = Place(35.1667, 47.8047, area="center")


@dataclass
class House:
    """People are numbers: each has one account, with the number as its user id."""

    store: Store
    city: City
    clock: TurnedClock
    _updates: Any = field(default_factory=lambda: itertools.count(1))

    @contextlib.asynccontextmanager
    async def work(self, user: int = 0, channel: str = "telegram") -> AsyncIterator[Work]:
        """A committed unit in which this person acts, or nobody."""
        number = next(self._updates)
        arrival = Arrival(number, str(number), user, user) if user else None
        async with self.store.unit(channel, "house", [arrival] if arrival else []) as unit:
            work = await unit.work(arrival)
            yield work
            unit.merge(work)
            await self.store.commit(unit)

    async def gives(self, user: int, role: str, department: str = "", channel: str = "telegram", **account: Any) -> int:
        """Makes somebody an official; answers their person's id."""
        async with self.work(user, channel) as work:
            work.add(tables.roles, person_id=work.person.id, role=role, department=department, created_at=work.now)
            if account:
                work.set(tables.accounts, work.person.account_id, **account)
        return work.person.id

    async def files(self, user: int, category: str = LAMP, words: str = "چراغ", **draft: Any) -> Filed:
        """A report of this person."""
        made = replace(Draft(((0, words),), place=PLACE, category=category), **draft)
        async with self.work(user) as work:
            return await file_case(work, self.city, made)

    async def rows(self, sql: str, *values: Any) -> list[Any]:
        return await self.store.look(sql, values)


@cache
def a_city() -> City:
    """Qorveh with everything confirmed. Read once: nothing changes it."""
    pack = load_pack(ROOT / "data" / "qorveh", ROOT / "data" / "demo")
    texts = Texts(pack.ftl, pack.languages.default, frozenset(pack.languages.rtl))
    calendar, mind = pack.working_time(OfficialDays()), Mind(pack)
    mind.warm()
    return City(pack, texts, Dates(texts, pack.time.zone), mind, Codes(bytes(range(32))), calendar, {})


@cache
def _whole() -> Path:
    path = Path(tempfile.mkdtemp()) / "whole.db"
    schema.prepare(path)
    return path


def furnish(path: Path) -> None:
    """A new database that the migrations made once: they take 50 milliseconds, in hundreds of tests."""
    if not path.exists():
        shutil.copy(_whole(), path)


@contextlib.asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    """A house in this folder."""
    clock = TurnedClock()
    furnish(folder / "house.db")
    store = await Store.open(folder / "house.db", clock)
    try:
        yield House(store, a_city(), clock)
    finally:
        await store.close()
