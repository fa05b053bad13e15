"""Who gets a broadcast, a window of people at a time, so that no look takes long however few of them are meant.

Every condition that asks nothing is true. Read on the reading connection: what changed meanwhile is found when the
rows are written, each person's accounts once.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import orjson
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Text,
    and_,
    bindparam,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.sql.selectable import ScalarSelect

from bot.domain.broadcast import Audience
from bot.store.statements import Query, word
from bot.store.tables import accounts, cases, outbox, people, renditions, roles, subscriptions, supporters

WINDOW = 1_000  # people looked at together: some 3 ms
_NOBODY_ASKED: ColumnElement[str] = literal_column("'[]'")


class MeantRow(NamedTuple):
    """Whom to write to, how many broadcasts they got since `today`, and the message to change."""

    key: int
    account_id: int
    channel: str
    chat_id: int
    lang: str
    heard: int
    message_id: int


class LastRow(NamedTuple):
    """The last key of the window; None behind the last of all."""

    key: int | None


def _number(name: str) -> Any:
    return bindparam(name, type_=BigInteger)


def _given(name: str) -> Any:
    return select(func.json_each(bindparam(name, type_=Text)).table_valued(column("value", Text)).c.value)


def _any(name: str) -> ColumnElement[bool]:
    return bindparam(name, type_=Text) == _NOBODY_ASKED


_window = (
    select(people.c.id, people.c.lang, people.c.area, people.c.near)
    .where(
        people.c.id > _number("after"),
        people.c.created_at <= _number("joined"),
        people.c.stopped_at == 0,
        people.c.erased_at == 0,
    )
    .order_by(people.c.id)
    .limit(_number("window"))
    .subquery()
)
WINDOW_END = Query(select(func.max(_window.c.id)), LastRow)

_theirs = accounts.alias()
_account: ScalarSelect[Any] = (
    select(_theirs.c.id)
    .where(
        _theirs.c.person_id == _window.c.id,
        _theirs.c.reachable,
        or_(_any("channels"), _theirs.c.channel.in_(_given("channels"))),
    )
    .order_by(_theirs.c.seen_at.desc(), _theirs.c.id)
    .limit(1)
    .scalar_subquery()
)
_mode = (
    select(subscriptions.c.mode)
    .where(subscriptions.c.person_id == _window.c.id, subscriptions.c.topic == bindparam("topic"))
    .scalar_subquery()
)
_far = and_(
    _window.c.near,
    bindparam("about", type_=Text) != word(""),
    bindparam("about", type_=Text) != _window.c.area,
)
_bundles = select(func.count()).where(subscriptions.c.person_id == _window.c.id, subscriptions.c.mode == word("daily"))
_so_many = func.json_array_length(bindparam("daily", type_=Text))
_exactly = and_(
    or_(
        bindparam("near", type_=Text) == word(""),
        _window.c.near == (bindparam("near", type_=Text) == literal_column("'yes'")),
    ),
    _bundles.scalar_subquery() == _so_many,
    _bundles.where(subscriptions.c.topic.in_(_given("daily"))).scalar_subquery() == _so_many,
)
_wants = or_(
    bindparam("topic", type_=Text) == word(""), func.coalesce(_mode, bindparam("unasked", type_=Text)) == word("now")
)
_works = exists().where(roles.c.person_id == _window.c.id, roles.c.revoked_at == 0, roles.c.role.in_(_given("roles")))
_shares = or_(
    exists().where(cases.c.id == _number("case_id"), cases.c.person_id == _window.c.id),
    exists().where(
        supporters.c.case_id == _number("case_id"), supporters.c.person_id == _window.c.id, supporters.c.left_at == 0
    ),
)
_other = accounts.alias()
_has_it = exists().where(
    _other.c.person_id == _window.c.id,
    outbox.c.account_id == _other.c.id,
    outbox.c.broadcast_id.is_not(None),
    literal_column("+outbox.broadcast_id") == _number("broadcast_id"),  # the plus: found by account, not by broadcast
)
_heard = (
    select(func.count())
    .select_from(_other.join(outbox, outbox.c.account_id == _other.c.id))
    .where(
        _other.c.person_id == _window.c.id, outbox.c.broadcast_id.is_not(None), outbox.c.created_at >= _number("today")
    )
    .scalar_subquery()
)
_meant = (
    or_(_any("languages"), _window.c.lang.in_(_given("languages"))),
    or_(_any("areas"), _window.c.area.in_(_given("areas"))),
    or_(_any("roles"), _works),
    or_(_number("case_id") == 0, _shares),
    _wants,
    ~_far,
    or_(_any("daily"), _exactly),
)
MEANT = Query(
    select(
        _window.c.id, accounts.c.id, accounts.c.channel, accounts.c.chat_id, _window.c.lang, _heard, literal_column("0")
    )
    .join_from(_window, accounts, accounts.c.id == _account)
    .where(*_meant, ~_has_it)
    .order_by(_window.c.id),
    MeantRow,
)


class CountRow(NamedTuple):
    channel: str
    n: int


COUNT = Query(
    select(accounts.c.channel, func.count())
    .join_from(_window, accounts, accounts.c.id == _account)
    .where(*_meant)
    .group_by(accounts.c.channel),
    CountRow,
)

# Those whom another broadcast reached, in one of its states. `before`: only who got a text of an earlier version.
_got = (
    select(outbox.c.id, outbox.c.account_id, outbox.c.message_id)
    .where(
        outbox.c.broadcast_id == _number("parent_id"),
        outbox.c.state == bindparam("state", type_=Text),
        outbox.c.id > _number("after"),
    )
    .order_by(outbox.c.id)
    .limit(_number("window"))
    .subquery()
)
GOT_END = Query(select(func.max(_got.c.id)), LastRow)
_said = outbox.alias()
_has_this = exists().where(_said.c.account_id == _got.c.account_id, _said.c.broadcast_id == _number("broadcast_id"))
_early = (
    select(renditions.c.version)
    .join_from(outbox, renditions, renditions.c.id == outbox.c.rendition_id)
    .where(outbox.c.id == _got.c.id)
    .scalar_subquery()
)
REACHED = Query(
    select(
        _got.c.id,
        accounts.c.id,
        accounts.c.channel,
        accounts.c.chat_id,
        people.c.lang,
        literal_column("0"),
        _got.c.message_id,
    )
    .join_from(_got, accounts, accounts.c.id == _got.c.account_id)
    .join(people, people.c.id == accounts.c.person_id)
    .where(
        accounts.c.reachable,
        people.c.stopped_at == 0,
        ~_has_this,
        or_(_number("before") == 0, _early < _number("before")),
    )
    .order_by(_got.c.id),
    MeantRow,
)


def asked(audience: Audience, unasked: bool) -> dict[str, Any]:
    """What the queries take of an audience. `unasked`: whether who chose nothing gets the topic."""
    lists = {name: orjson.dumps(getattr(audience, name)).decode() for name in _LISTS}
    mode = "now" if unasked else "off"
    return {
        **lists,
        "topic": audience.topic,
        "about": audience.about,
        "case_id": audience.case_id,
        "unasked": mode,
        "near": audience.near,
    }


_LISTS = ("languages", "areas", "channels", "roles", "daily")
