"""People: whom to speak to, who has which role."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import orjson
from sqlalchemy import BigInteger, Text, bindparam, column, exists, func, select, update

from bot.store.person import Address
from bot.store.statements import Query, Statement
from bot.store.tables import accounts, dialogues, people, roles
from bot.store.work import Work

_given = select(func.json_each(bindparam("ids", type_=Text)).table_valued(column("value", BigInteger)).c.value)


class AccountRow(NamedTuple):
    person_id: int
    account_id: int
    channel: str
    chat_id: int
    lang: str
    simple: bool
    reachable: bool

    @property
    def address(self) -> Address:
        return Address(self.account_id, self.channel, self.chat_id, self.person_id, self.lang or "fa", self.simple)


_account_columns = (
    people.c.id,
    accounts.c.id,
    accounts.c.channel,
    accounts.c.chat_id,
    people.c.lang,
    people.c.simple,
    accounts.c.reachable,
)
# The account that a person used last comes first; a reachable one before one that is not.
_latest = (accounts.c.reachable.desc(), accounts.c.seen_at.desc(), accounts.c.id)
ACCOUNTS = Query(
    select(*_account_columns)
    .join_from(accounts, people, accounts.c.person_id == people.c.id)
    .where(people.c.id.in_(_given.scalar_subquery()))
    .order_by(*_latest),
    AccountRow,
)

# The same of those who want to be told things.
LISTENERS = Query(
    select(*_account_columns)
    .join_from(accounts, people, accounts.c.person_id == people.c.id)
    .where(people.c.id.in_(_given.scalar_subquery()), people.c.stopped_at == 0)
    .order_by(*_latest),
    AccountRow,
)


class StaffRow(NamedTuple):
    """An official's account with one of their roles."""

    person_id: int
    account_id: int
    channel: str
    chat_id: int
    lang: str
    simple: bool
    reachable: bool
    name: str
    duty: bool
    role: str
    department: str
    role_id: int

    @property
    def address(self) -> Address:
        return Address(self.account_id, self.channel, self.chat_id, self.person_id, self.lang or "fa", self.simple)


STAFF = Query(
    select(*_account_columns, people.c.name, people.c.duty, roles.c.role, roles.c.department, roles.c.id)
    .join_from(roles, people, roles.c.person_id == people.c.id)
    .join(accounts, accounts.c.person_id == people.c.id)
    .where(roles.c.revoked_at == 0)
    .order_by(*_latest),
    StaffRow,
)


async def addresses(work: Work, person_ids: Iterable[int]) -> dict[int, Address]:
    """One address for each of these people: the account that they used last."""
    found: dict[int, Address] = {}
    for row in await work.query(ACCOUNTS, ids=orjson.dumps(list(person_ids)).decode()):
        found.setdefault(row.person_id, row.address)
    return found


async def listeners(work: Work, person_ids: Iterable[int]) -> dict[int, Address]:
    """The same for who has not asked for silence."""
    found: dict[int, Address] = {}
    for row in await work.query(LISTENERS, ids=orjson.dumps(list(person_ids)).decode()):
        found.setdefault(row.person_id, row.address)
    return found


class RoleRow(NamedTuple):
    """A role of somebody, with their name."""

    id: int
    person_id: int
    role: str
    department: str
    revoked_at: int
    name: str


_role = select(*(roles.c[name] for name in RoleRow._fields[:-1]), people.c.name).join_from(
    roles, people, roles.c.person_id == people.c.id
)
ROLE = Query(_role.where(roles.c.id == bindparam("role_id")), RoleRow)
ROLES_OF = Query(
    _role.where(roles.c.person_id.in_(_given.scalar_subquery()), roles.c.revoked_at == 0).order_by(roles.c.id), RoleRow
)
# What somebody was in the middle of at the desk. Its dialogues begin with "desk-".
END_DESK_DIALOGUES = Statement(
    update(dialogues)
    .where(dialogues.c.person_id == bindparam("person_id"), dialogues.c.name.like("desk-%"))
    .values(step="", draft="{}", updated_at=bindparam("now"))
)
LEAVE_DESK = Statement(
    update(people).where(people.c.id == bindparam("person_id"), people.c.focus.like("desk-%")).values(focus="")
)


class SenderRow(NamedTuple):
    """Somebody who reports: until when not, and whether they work here."""

    id: int
    blocked_until: int
    erased_at: int
    official: bool


_works_here = exists().where(roles.c.person_id == people.c.id, roles.c.revoked_at == 0)
SENDER = Query(
    select(people.c.id, people.c.blocked_until, people.c.erased_at, _works_here).where(
        people.c.id == bindparam("person_id")
    ),
    SenderRow,
)


class NameRow(NamedTuple):
    id: int
    name: str


NAMES = Query(select(people.c.id, people.c.name).where(people.c.id.in_(_given.scalar_subquery())), NameRow)


async def names(work: Work, person_ids: Iterable[int]) -> dict[int, str]:
    """What officials are called; "" for who has no name here (any more)."""
    return {row.id: row.name for row in await work.query(NAMES, ids=orjson.dumps(list(person_ids)).decode())}


async def is_reachable(work: Work, person_id: int) -> bool:
    """Whether any account of theirs still takes our messages, and they want them."""
    rows = await work.query(LISTENERS, ids=orjson.dumps([person_id]).decode())
    return any(row.reachable for row in rows)
