"""The scripts that open a unit: claim the batch, load its people with their roles and dialogues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import orjson
from sqlalchemy import BigInteger, Text, bindparam, column, func, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.store.driver import Connection
from bot.store.numbers import Block
from bot.store.person import Dialogue, Person, Role
from bot.store.statements import Statement, word
from bot.store.tables import accounts, dialogues, inbox, meta, outbox, roles
from bot.store.tables import people as people_table
from bot.store.work import Arrival

_each = func.json_each(bindparam("batch")).table_valued(column("value", Text))


def _item(place: int) -> Any:
    return func.json_extract(_each.c.value, literal_column(f"'$[{place}]'"))


_arrived = select(bindparam("bot", type_=Text), _item(0), _item(1), bindparam("now", type_=BigInteger)).where(
    _each.c.value.is_not(None)
)
_claim = insert(inbox).from_select(["bot", "update_id", "digest", "received_at"], _arrived)
# One statement dedupes and claims: the same id with the same body stops here; with another body (ids restart at
# random after a silent week) it is a new update.
CLAIM = Statement(
    _claim.on_conflict_do_update(
        index_elements=[inbox.c.bot, inbox.c.update_id],
        set_={"digest": _claim.excluded.digest, "received_at": _claim.excluded.received_at},
        where=inbox.c.digest != _claim.excluded.digest,
    ).returning(inbox.c.update_id, inbox.c.digest)
)

_users = select(func.json_each(bindparam("users")).table_valued(column("value", BigInteger)).c.value).scalar_subquery()
_here = (accounts.c.channel == bindparam("channel")) & accounts.c.user_id.in_(_users)
PEOPLE = Statement(
    select(
        people_table.c.id,
        accounts.c.id,
        accounts.c.channel,
        accounts.c.user_id,
        accounts.c.chat_id,
        people_table.c.lang,
        people_table.c.name,
        people_table.c.area,
        people_table.c.simple,
        people_table.c.focus,
        people_table.c.blocked_until,
        people_table.c.created_at,
        accounts.c.reachable,
        accounts.c.seen_at,
        people_table.c.duty,
        people_table.c.official_view,
        people_table.c.stopped_at,
        people_table.c.near,
    )
    .join_from(accounts, people_table, accounts.c.person_id == people_table.c.id)
    .where(_here)
)
ROLES = Statement(
    select(roles.c.person_id, roles.c.role, roles.c.department)
    .join_from(accounts, roles, (accounts.c.person_id == roles.c.person_id) & (roles.c.revoked_at == 0))
    .where(_here)
    .order_by(roles.c.id)
)
DIALOGUES = Statement(
    select(
        dialogues.c.person_id,
        dialogues.c.name,
        dialogues.c.step,
        dialogues.c.draft,
        dialogues.c.version,
        dialogues.c.updated_at,
    )
    .join_from(accounts, dialogues, accounts.c.person_id == dialogues.c.person_id)
    .where(_here)
)

_keep = insert(dialogues).values({c.name: bindparam(c.name) for c in dialogues.columns})
KEEP_DIALOGUE = Statement(
    _keep.on_conflict_do_update(
        index_elements=[dialogues.c.person_id, dialogues.c.name],
        set_={name: _keep.excluded[name] for name in ("step", "draft", "version", "updated_at")},
    )
)
COLLAPSE = Statement(
    update(outbox)
    .where(
        outbox.c.account_id == bindparam("account"),
        outbox.c.collapse == bindparam("key"),
        outbox.c.state == word("waiting"),
        outbox.c.collapse != word(""),
        outbox.c.id < bindparam("first"),
    )
    .values(state="collapsed")
)
_counter = insert(meta).values(key=bindparam("key"), value=bindparam("step"))
TAKE = Statement(
    _counter.on_conflict_do_update(
        index_elements=[meta.c.key], set_={"value": meta.c.value.op("+")(_counter.excluded.value)}
    ).returning(meta.c.value)
)


class Opened(NamedTuple):
    fresh: set[tuple[int, str]]
    people: dict[int, Person]
    block: Block


def open_(
    connection: Connection,
    wanted: tuple[int, int],
    bot: str,
    channel: str,
    arrivals: Sequence[Arrival],
    now: int,
) -> Opened:
    """BEGIN IMMEDIATE, claim, load. The blocks of numbers are taken before, so that a rollback can't give them back."""
    block = Block(take(connection, "ids", wanted[0]), take(connection, "numbers", wanted[1]))
    connection.execute("BEGIN IMMEDIATE")
    if not arrivals:
        return Opened(set(), {}, block)
    batch = orjson.dumps([[a.update_id, a.digest] for a in arrivals]).decode()
    fresh = set(connection.execute(CLAIM.sql, CLAIM.bound({"batch": batch, "bot": bot, "now": now})).fetchall())
    users = orjson.dumps(sorted({a.user_id for a in arrivals if a.user_id})).decode()
    return Opened(fresh, people(connection, channel, users), block)


def take(connection: Connection, key: str, count: int) -> int:
    """The first of `count` numbers that nobody got before, or 0 when none is wanted."""
    if not count:
        return 0
    after: int = int(connection.execute(TAKE.sql, TAKE.bound({"key": key, "step": count})).fetchall()[0][0])
    return after - count + 1


def people(connection: Connection, channel: str, users: str) -> dict[int, Person]:
    """The people behind these accounts of a channel, by user id. `users` is a JSON list."""
    params = {"channel": channel, "users": users}
    roles_of: dict[int, list[Role]] = {}
    for person_id, role, department in connection.execute(ROLES.sql, ROLES.bound(params)):
        roles_of.setdefault(person_id, []).append(Role(role, department))
    dialogues_of: dict[int, dict[str, Dialogue]] = {}
    for person_id, name, step, draft, version, updated_at in connection.execute(DIALOGUES.sql, params):
        dialogue = Dialogue(name, step, orjson.loads(draft), version, updated_at)
        dialogues_of.setdefault(person_id, {})[name] = dialogue
    found = [Person(*row) for row in connection.execute(PEOPLE.sql, params)]
    return {
        person.user_id: replace(
            person, roles=tuple(roles_of.get(person.id, ())), dialogues=dialogues_of.get(person.id, {})
        )
        for person in found
    }


def dialogue_row(person_id: int, dialogue: Dialogue) -> dict[str, Any]:
    """The row of a dialogue."""
    return {
        "person_id": person_id,
        "name": dialogue.name,
        "step": dialogue.step,
        "draft": orjson.dumps(dict(dialogue.draft)).decode(),
        "version": dialogue.version,
        "updated_at": dialogue.updated_at,
    }
