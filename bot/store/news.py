"""The city's news: what is published, page by page and by words; what waits for editors; who asked for it."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
    tuple_,
)

from bot.store.search import COUNTED
from bot.store.statements import Count, Query, word
from bot.store.tables import accounts, broadcasts, news, renditions, subscriptions


class NewsRow(NamedTuple):
    id: int
    key: str
    address: str
    state: str
    kind: str
    area: str
    title: str
    words: str
    version: int
    pinned_at: int
    digest: str
    doubt: str
    author_id: int | None
    publish_at: int
    published_at: int
    edited_at: int
    dated_at: int


class NewsLine(NamedTuple):
    """What lists need of an item."""

    id: int
    state: str
    kind: str
    area: str
    title: str
    pinned_at: int
    publish_at: int
    published_at: int


_whole = select(*(news.c[name] for name in NewsRow._fields))
_line = [news.c[name] for name in NewsLine._fields]
BY_ID = Query(_whole.where(news.c.id == bindparam("news_id")), NewsRow)
BY_KEY = Query(_whole.where(news.c.key == bindparam("address"), news.c.key != word("")), NewsRow)

# Pinned first, then from new to old. What stands before and after an item is known by all three; a key that is no
# item's (the top, the bottom) compares as itself.
_key = bindparam("key", type_=BigInteger)
_published = news.c.state == word("published")
_order = (news.c.pinned_at, news.c.published_at, news.c.id)


def _of_key(name: str) -> ColumnElement[int]:
    found = select(news.c[name]).where(news.c.id == _key).scalar_subquery()
    return func.coalesce(found, _key)


_at = tuple_(_of_key("pinned_at"), _of_key("published_at"), _key)
_older, _newer = tuple_(*_order) < _at, tuple_(*_order) > _at
_descending, _ascending = [each.desc() for each in _order], list(_order)
_most = bindparam("most", type_=Integer)


def _listed(*where: ColumnElement[bool]) -> tuple[Query[NewsLine], Query[NewsLine], Query[Count]]:
    """Older and newer items than one, and how many stand before it."""
    these = select(*_line).where(_published, *where)
    return (
        Query(these.where(_older).order_by(*_descending).limit(_most), NewsLine),
        Query(these.where(_newer).order_by(*_ascending).limit(_most), NewsLine),
        Query(select(func.count()).select_from(news).where(_published, *where, _newer), Count),
    )


ALL = _listed()
OF_KIND = _listed(news.c.kind == bindparam("kind"))

# The newest thousand that have the words, then as above. `match` is made by `search.all_words`.
_index = table("news_index", column("rowid", BigInteger))
_match: ColumnElement[bool] = literal_column("news_index").op("MATCH")(bindparam("match"))
_hits = select(_index.c.rowid).where(_match).order_by(_index.c.rowid.desc()).limit(COUNTED).scalar_subquery()
FOUND = _listed(news.c.id.in_(_hits))

_waiting = news.c.state.in_([word("draft"), word("unsure"), word("scheduled")])


def _waits(*what: Any) -> Select[Any]:
    return select(*what).select_from(news).where(_waiting)


WAITING = (
    Query(_waits(*_line).where(news.c.id < _key).order_by(news.c.id.desc()).limit(_most), NewsLine),
    Query(_waits(*_line).where(news.c.id > _key).order_by(news.c.id).limit(_most), NewsLine),
    Query(_waits(func.count()).where(news.c.id > _key), Count),
)


class CastRow(NamedTuple):
    """What was sent of an item, with the screen in the source language."""

    id: int
    kind: str
    state: str
    version: int
    screen: str


CASTS = Query(
    select(broadcasts.c.id, broadcasts.c.kind, broadcasts.c.state, broadcasts.c.version, renditions.c.screen)
    .join_from(broadcasts, renditions, renditions.c.broadcast_id == broadcasts.c.id)
    .where(
        broadcasts.c.news_id == bindparam("news_id"),
        broadcasts.c.mode == word(""),
        renditions.c.version == broadcasts.c.version,
        renditions.c.lang == word("fa"),
        renditions.c.variant == word(""),
    )
    .order_by(broadcasts.c.id),
    CastRow,
)

# How many may hear of an item: counted without looking whether each can be reached just now.
_topic = subscriptions.c.topic == bindparam("topic")
_asked = _topic & (subscriptions.c.mode == word("now"))
_refused = _topic & (subscriptions.c.mode != word("now"))
ASKED_FOR = Query(select(func.count()).select_from(subscriptions).where(_asked), Count)
REFUSED = Query(select(func.count()).select_from(subscriptions).where(_refused), Count)
EVERYBODY = Query(select(func.count(accounts.c.person_id.distinct())).select_from(accounts), Count)
