"""Broadcasts while they are under way: their rows, the screens they share, and what became of each delivery."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Text, bindparam, exists, func, literal_column, select, update

from bot.store.outbox import WaitingRow
from bot.store.statements import Count, Query, Statement, word
from bot.store.tables import accounts, broadcasts, outbox, renditions


def _number(name: str) -> Any:
    return bindparam(name, type_=BigInteger)


class RenditionRow(NamedTuple):
    screen: str


RENDITION = Query(select(renditions.c.screen).where(renditions.c.id == _number("rendition_id")), RenditionRow)


class LanguageRow(NamedTuple):
    id: int
    lang: str
    variant: str


_versions = select(func.max(renditions.c.version)).where(renditions.c.broadcast_id == _number("broadcast_id"))
NEWEST = Query(_versions, Count)
LANGUAGES = Query(  # of the newest version
    select(renditions.c.id, renditions.c.lang, renditions.c.variant).where(
        renditions.c.broadcast_id == _number("broadcast_id"), renditions.c.version == _versions.scalar_subquery()
    ),
    LanguageRow,
)


class BroadcastRow(NamedTuple):
    id: int
    kind: str
    mode: str
    relation: str
    state: str
    template: str
    title: str
    content: str
    audience: str
    version: int
    parent_id: int | None
    news_id: int | None
    author_id: int | None
    approver_id: int | None
    reason: str
    size: int
    send_at: int
    ends_at: int
    expires_at: int
    started_at: int
    finished_at: int
    cursor: int
    phase: int
    card_id: int
    counts: str
    created_at: int


_columns = tuple(broadcasts.c[name] for name in BroadcastRow._fields)
BROADCAST = Query(select(*_columns).where(broadcasts.c.id == _number("broadcast_id")), BroadcastRow)
CHILDREN = Query(select(*_columns).where(broadcasts.c.parent_id == _number("parent_id")), BroadcastRow)
# What ended is looked at until the last of its messages has landed.
_now = ("counting", "sending", "stopped", "expired")
ACTIVE = Query(
    select(*_columns)
    .where(broadcasts.c.finished_at == literal_column("0"), broadcasts.c.state.in_([word(state) for state in _now]))
    .order_by(broadcasts.c.id),
    BroadcastRow,
)


# What became of its deliveries.
class StateRow(NamedTuple):
    state: str
    n: int


_its = outbox.c.broadcast_id == _number("broadcast_id")
STATES = Query(select(outbox.c.state, func.count()).where(_its).group_by(outbox.c.state), StateRow)
IN_STATE = Query(select(func.count()).where(_its, outbox.c.state == bindparam("state", type_=Text)), Count)
DEFERRED = Query(
    select(func.count()).where(_its, outbox.c.state == word("waiting"), outbox.c.due_at > _number("now")), Count
)


class ErrorRow(NamedTuple):
    error: str
    n: int


ERRORS = Query(
    select(outbox.c.error, func.count())
    .where(_its, outbox.c.state == word("dead"))
    .group_by(outbox.c.error)
    .order_by(func.count().desc())
    .limit(literal_column("3")),
    ErrorRow,
)

_waiting = (_its, outbox.c.state == word("waiting"))
PAUSE = Statement(update(outbox).where(*_waiting).values(state="paused"))
STOP = Statement(
    update(outbox)
    .where(_its, outbox.c.state.in_([word("waiting"), word("paused")]))
    .values(state=bindparam("to", type_=Text))
)
# Not one that somebody has paused since the broadcaster looked.
_goes = exists().where(broadcasts.c.id == _number("broadcast_id"), broadcasts.c.state == word("sending"))
_paused = select(outbox.c.id).where(_its, outbox.c.state == word("paused"), _goes).order_by(outbox.c.id)
RESUME = Statement(
    update(outbox)
    .where(outbox.c.id.in_(_paused.limit(_number("most"))))
    .values(state="waiting")
    .returning(*(outbox.c[name] for name in WaitingRow._fields))
)
# A corrected text is for whoever has not got it yet; what is on its way goes as it is.
_new = renditions.alias()
_old = renditions.alias()
_successor = (
    select(_new.c.id)
    .join_from(_old, _new, (_new.c.broadcast_id == _old.c.broadcast_id) & (_new.c.version == _number("version")))
    .where(_old.c.id == outbox.c.rendition_id, _new.c.lang.in_([_old.c.lang, literal_column("'fa'")]))
    .order_by((_new.c.lang == _old.c.lang).desc())
    .limit(literal_column("1"))
    .scalar_subquery()
)
CORRECT = Statement(
    update(outbox).where(_its, outbox.c.state.in_([word("waiting"), word("paused")])).values(rendition_id=_successor)
)


# Messages with a text before this version that are on their way or failed for now; those wait with the old text.
_version = select(_old.c.version).where(_old.c.id == outbox.c.rendition_id).scalar_subquery()
OUTDATED = Query(
    select(func.count()).where(
        _its, outbox.c.state.in_([word("waiting"), word("sending")]), _version < _number("version")
    ),
    Count,
)
PROLONG = Statement(
    update(outbox)
    .where(_its, outbox.c.state.in_([word("waiting"), word("paused"), word("sending")]))
    .values(expires_at=_number("until"))
)


class CardRow(NamedTuple):
    """The message that shows the progress, as far as it went out."""

    account_id: int
    channel: str
    chat_id: int
    message_id: int
    person_id: int


CARD = Query(
    select(outbox.c.account_id, outbox.c.channel, outbox.c.chat_id, outbox.c.message_id, accounts.c.person_id)
    .join_from(outbox, accounts, accounts.c.id == outbox.c.account_id)
    .where(outbox.c.id == _number("card_id")),
    CardRow,
)
