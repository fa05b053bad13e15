"""News that come from the portal: as what they are known, which wait for an editor, and how its source is."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import BigInteger, Text, bindparam, column, delete, func, select

from bot.store.statements import Query, Statement, word
from bot.store.tables import news, shown, sources


class SourceRow(NamedTuple):
    id: int
    etag: str
    modified: str
    read_at: int
    good_at: int
    failures: int
    told_at: int


class NewsRow(NamedTuple):
    """An item as the reader and its editors need it."""

    id: int
    key: str
    address: str
    state: str
    title: str
    words: str
    version: int
    digest: str
    doubt: str
    author_id: int | None
    dated_at: int
    published_at: int


class WaitingRow(NamedTuple):
    """How many wait, and how many of them since a moment."""

    n: int
    fresh: int


class AddressRow(NamedTuple):
    address: str
    title: str


class CastRow(NamedTuple):
    id: int
    kind: str


class PictureRow(NamedTuple):
    id: int
    key: str


SOURCE = Query(
    select(*(sources.c[name] for name in SourceRow._fields)).where(sources.c.key == bindparam("key")), SourceRow
)
_news = select(*(news.c[name] for name in NewsRow._fields))
BY_ID = Query(_news.where(news.c.id == bindparam("news_id")), NewsRow)
# The word for "not empty" lets SQLite take the partial index.
BY_KEY = Query(_news.where(news.c.key == bindparam("key"), news.c.key != word("")), NewsRow)
BY_DIGEST = Query(
    _news.where(
        news.c.digest == bindparam("digest"),
        news.c.digest != word(""),
        news.c.created_at > bindparam("since", type_=BigInteger),
    )
    .order_by(news.c.id)
    .limit(1),
    NewsRow,
)
# As the partial index says it: SQLite does not see that one state is among the three.
_open = news.c.state.in_([word(state) for state in ("draft", "unsure", "scheduled")])
_unsure = _open & (news.c.state == word("unsure"))
WAITING = Query(_news.where(_unsure).order_by(news.c.id).limit(1), NewsRow)
_fresh = func.count().filter(news.c.created_at > bindparam("since", type_=BigInteger))
WAITING_COUNT = Query(select(func.count(), _fresh).select_from(news).where(_unsure), WaitingRow)
# What the source may still change: read again where the source itself says that nothing is new.
RECENT = Query(
    select(news.c.address, news.c.title)
    .where(
        news.c.state == word("published"),
        news.c.published_at > bindparam("since", type_=BigInteger),
        news.c.address != word(""),
    )
    .order_by(news.c.published_at.desc(), news.c.id.desc())
    .limit(bindparam("most")),
    AddressRow,
)
_own = (shown.c.owner == word("news"), shown.c.owner_id == bindparam("news_id"), shown.c.key != word(""))
PICTURES = Query(select(shown.c.id, shown.c.key).where(*_own).order_by(shown.c.id), PictureRow)
_keys = select(func.json_each(bindparam("keys", type_=Text)).table_valued(column("value", Text)).c.value)
HIDE_OTHERS = Statement(delete(shown).where(*_own, shown.c.key.not_in(_keys.scalar_subquery())))
HIDE_FILE = Statement(delete(shown).where(shown.c.attachment_id == bindparam("attachment_id")))
