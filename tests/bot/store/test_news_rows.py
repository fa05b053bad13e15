"""Lists of news are read by an index, in their order, and no draft is in them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.store import news, tables
from bot.store.cases import NEWEST
from bot.store.search import all_words
from bot.store.statements import Query
from bot.store.store import Store


async def keep(store: Store, **more: Any) -> int:
    async with store.unit() as unit:
        work = await unit.work()
        values = {"state": "published", "title": "x", "created_at": 1, "updated_at": 1, **more}
        id_ = work.add(tables.news, **values)
        unit.merge(work)
        await store.commit(unit)
    return id_


async def ids(store: Store, query: Query[Any], key: int = NEWEST, **more: Any) -> list[int]:
    return [row.id for row in await store.read(query, key=key, most=9, **more)]


async def test_pinned_first_then_by_day_and_of_one_day_the_later_kept_first(store: Store) -> None:
    first, second = await keep(store, published_at=5), await keep(store, published_at=5)
    old, up = await keep(store, published_at=4), await keep(store, published_at=1, pinned_at=9)
    await keep(store, state="draft", published_at=6)
    assert await ids(store, news.ALL[0]) == [up, second, first, old]
    assert await ids(store, news.ALL[0], key=second) == [first, old]
    assert await ids(store, news.ALL[1], key=first) == [second, up]
    assert [row.n for row in await store.read(news.ALL[2], key=old)] == [3]
    assert [row.n for row in await store.read(news.ALL[2], key=0)] == [4]


@pytest.mark.parametrize(
    ("query", "index", "more"),
    [
        *((query, "news_shown", {}) for query in news.ALL),
        *((query, "news_kind", {"kind": "culture"}) for query in news.OF_KIND),
        *((query, "news_waiting", {}) for query in news.WAITING),
    ],
)
async def test_no_page_reads_the_whole_table(store: Store, query: Query[Any], index: str, more: dict[str, str]) -> None:
    values: Any = query.bound({"key": 7, "most": 5, **more})  # by name
    plan = await store.look(f"EXPLAIN QUERY PLAN {query.sql}", values)
    steps = [row[3] for row in plan]
    assert any(f"INDEX {index}" in step for step in steps)
    assert not [step for step in steps if step.startswith("SCAN news")]


async def test_words_are_found_as_they_are_now_and_in_what_is_out_alone(store: Store) -> None:
    one, other = await keep(store, found_by="آسفالت خیابان"), await keep(store, found_by="آسفالت کوچه", state="draft")
    begun = all_words("آسفا")
    assert await ids(store, news.FOUND[0], match=begun) == [one]
    async with store.unit() as unit:
        work = await unit.work()
        work.set(tables.news, one, found_by="پارک")
        work.set(tables.news, other, state="published")
        unit.merge(work)
        await store.commit(unit)
    assert await ids(store, news.FOUND[0], match=begun) == [other]
