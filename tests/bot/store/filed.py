"""Cases put into a store directly, without the way through an action."""

from __future__ import annotations

import itertools
from typing import Any

from bot.store import tables
from bot.store.search import index_words
from bot.store.store import Store
from bot.understand.normalise import normalise

_codes = itertools.count(1)
_PLAIN: dict[str, Any] = {
    "category": "street_light",
    "department": "center137",
    "state": "received",
    "desk": "center137",
    "lat": 35.1667,
    "lon": 47.8047,
    "area": "center",
    "created_at": 1_000,
    "updated_at": 1_000,
}


async def file(store: Store, words: str = "", **values: Any) -> int:
    """A case that is like any other but for these values; answers its id."""
    [made] = await file_all(store, [values], words)
    return made


async def file_all(store: Store, rows: list[dict[str, Any]], words: str = "") -> list[int]:
    """Many at once, found by the same words."""
    async with store.unit() as unit:
        work = await unit.work()
        person_id = work.add(tables.people, created_at=1)
        every = {**_PLAIN, "person_id": person_id}
        ids = [work.add(tables.cases, code=str(next(_codes)), **{**every, **row}) for row in rows]
        for case_id in ids if words else ():
            index_words(work, case_id, normalise(words))
        unit.merge(work)
        await store.commit(unit)
    return ids


async def change(store: Store, case_id: int, **values: Any) -> None:
    async with store.unit() as unit:
        work = await unit.work()
        work.set(tables.cases, case_id, **values)
        unit.merge(work)
        await store.commit(unit)
