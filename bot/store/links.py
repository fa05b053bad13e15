"""Two accounts, one person: one-time codes, the merging of two people, and what is linked."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, case, delete, exists, func, select, tuple_, update

from bot.store.person import Address
from bot.store.statements import Count, Query, Statement, word
from bot.store.supporters import recount
from bot.store.tables import (
    accounts,
    cases,
    dialogues,
    guesses,
    link_codes,
    metadata,
    people,
    roles,
    subscriptions,
    supporters,
)

_KEPT = bindparam("kept", type_=BigInteger)
_GONE = bindparam("gone", type_=BigInteger)


class CodeRow(NamedTuple):
    """A code that still works, whose it is, and how to reach them."""

    id: int
    person_id: int
    account_id: int
    channel: str
    chat_id: int
    lang: str
    simple: bool

    @property
    def address(self) -> Address:
        return Address(self.account_id, self.channel, self.chat_id, self.person_id, self.lang or "fa", self.simple)


class LinkedRow(NamedTuple):
    """An account of a person."""

    account_id: int
    channel: str
    chat_id: int
    reachable: bool


CODE = Query(
    select(
        link_codes.c.id,
        people.c.id,
        accounts.c.id,
        accounts.c.channel,
        accounts.c.chat_id,
        people.c.lang,
        people.c.simple,
    )
    .join_from(link_codes, people, link_codes.c.person_id == people.c.id)
    .join(accounts, accounts.c.person_id == people.c.id)
    .where(
        link_codes.c.hash == bindparam("hash"),
        link_codes.c.used_at == 0,
        link_codes.c.expires_at > bindparam("now"),
    )
    .order_by(accounts.c.seen_at.desc()),
    CodeRow,
)
LIVE = Query(
    select(link_codes.c.id).where(link_codes.c.used_at == 0, link_codes.c.expires_at > bindparam("now")).limit(1), Count
)
LINKED = Query(
    select(accounts.c.id, accounts.c.channel, accounts.c.chat_id, accounts.c.reachable)
    .where(accounts.c.person_id == bindparam("person_id"), accounts.c.id != bindparam("account_id"))
    .order_by(accounts.c.id),
    LinkedRow,
)
WITHDRAW = Statement(
    update(link_codes)
    .where(
        link_codes.c.person_id == bindparam("person_id"),
        link_codes.c.used_at == 0,
        link_codes.c.hash != bindparam("hash"),
    )
    .values(used_at=bindparam("now"))
)


class GuessRow(NamedTuple):
    """How many wrong codes there were, and when the first of them."""

    n: int
    first_at: int | None


_wrong = select(func.count(), func.min(guesses.c.at)).where(
    guesses.c.kind == word("link"), guesses.c.at > bindparam("since")
)
MY_GUESSES = Query(_wrong.where(guesses.c.person_id == bindparam("person_id")), GuessRow)
ALL_GUESSES = Query(_wrong, GuessRow)


def _repointed() -> list[Statement]:
    """Every column of every table that points at a person; dialogues are chosen among before."""
    return [
        Statement(update(table).where(column == _GONE).values({column.name: _KEPT}))
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column is people.c.id for key in column.foreign_keys)
    ]


def _worse_dialogues() -> Statement:
    """Of two dialogues of a name the open one stays, of two such the one gone on with last."""
    other, both = dialogues.alias(), (_KEPT, _GONE)
    rank, rank_of_other = (
        tuple_(d.c.step != word(""), d.c.updated_at, d.c.person_id == _KEPT) for d in (dialogues, other)
    )
    rival = exists().where(other.c.name == dialogues.c.name, other.c.person_id.in_(both), rank_of_other > rank)
    return Statement(delete(dialogues).where(dialogues.c.person_id.in_(both), rival))


_twin = roles.alias()
_double = exists().where(
    _twin.c.person_id == roles.c.person_id,
    _twin.c.role == roles.c.role,
    _twin.c.department == roles.c.department,
    _twin.c.revoked_at == 0,
    _twin.c.id < roles.c.id,
)
_both = (_KEPT, _GONE)
_reported = select(cases.c.id).where(cases.c.person_id.in_(_both))
_other = supporters.alias()
_stays = (supporters.c.left_at == 0, supporters.c.person_id == _KEPT)
_other_stays = (_other.c.left_at == 0, _other.c.person_id == _KEPT)
_same_case = exists().where(
    _other.c.case_id == supporters.c.case_id,
    _other.c.person_id.in_(_both),
    tuple_(*_other_stays) > tuple_(*_stays),
)
# Nobody supports their own report; of two rows for one case that one stays which is not over.
_ONE_SUPPORTER = [
    Statement(
        update(supporters)
        .where(supporters.c.person_id.in_(_both), supporters.c.left_at == 0, supporters.c.case_id.in_(_reported))
        .values(left_at=bindparam("now", type_=BigInteger))
    ),
    Statement(delete(supporters).where(supporters.c.person_id.in_(_both), _same_case)),
]
_chosen = subscriptions.alias()
_chosen_too = exists().where(_chosen.c.topic == subscriptions.c.topic, _chosen.c.person_id == _KEPT)
_his = people.alias()


def _of_gone(name: str) -> object:
    return select(_his.c[name]).where(_his.c.id == _GONE).scalar_subquery()


# `kept` takes over all that `gone` had. What only one of them had said about themselves is true of both.
MERGE = [
    Statement(
        update(people)
        .where(people.c.id == _KEPT)
        .values(
            {
                **{
                    name: case((people.c[name] != word(""), people.c[name]), else_=_of_gone(name))
                    for name in ("lang", "name", "area")
                },
                "blocked_until": func.max(people.c.blocked_until, _of_gone("blocked_until")),
                "stopped_at": func.max(people.c.stopped_at, _of_gone("stopped_at")),
                "created_at": func.min(people.c.created_at, _of_gone("created_at")),
            }
        )
    ),
    _worse_dialogues(),
    *_ONE_SUPPORTER,
    Statement(delete(subscriptions).where(subscriptions.c.person_id == _GONE, _chosen_too)),
    *_repointed(),
    Statement(recount(_KEPT)),
    Statement(delete(roles).where(roles.c.person_id == _KEPT, roles.c.revoked_at == 0, _double)),
    Statement(delete(people).where(people.c.id == _GONE)),
]
