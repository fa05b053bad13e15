"""The unit of work: a batch of updates in one transaction and two hops into the connection's thread.

Isolation needs no savepoints: what a `Work` staged reaches the batch when it is merged and is forgotten when it is
not. Leaving a unit without `commit` rolls back. Measured: docs/decisions/0001.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import orjson
from sqlalchemy import Table

from bot.store import loading, tables
from bot.store.driver import Connection, Database, translated
from bot.store.numbers import Numbers
from bot.store.person import Person
from bot.store.statements import Query, Rider, Statement, insert_into, together, update_of
from bot.store.work import Arrival, Said, Toast, Work

RowT = TypeVar("RowT")
Script = list[tuple[str, Sequence[Mapping[str, Any]]]]
_ORDER = {table: place for place, table in enumerate(tables.metadata.sorted_tables)}


class Unit:
    """One open transaction. Made by `Store.unit`, which holds the writer's lock around it."""

    def __init__(self, database: Database, numbers: Numbers, now: int, channel: str) -> None:
        self._database = database
        self._numbers = numbers
        self._people: dict[int, Person] = {}
        self._channel = channel
        self.now = now
        self.fresh: set[tuple[int, str]] = set()
        self.committed = False
        self.refused: BaseException | None = None
        self.said: list[Said] = []
        self.toasts: list[Toast] = []
        self._waiting: list[Said] = []
        self._inserts: dict[Table, list[dict[str, Any]]] = {}
        self._updates: dict[tuple[Table, tuple[str, ...]], list[dict[str, Any]]] = {}
        self._statements: list[tuple[Statement, Mapping[str, Any]]] = []
        self._dialogues: dict[tuple[int, str], dict[str, Any]] = {}
        self._stale: set[int] = set()

    async def open(self, bot: str, arrivals: Sequence[Arrival]) -> None:
        """Hop 1: claim the batch and load its people. Updates that were taken before are not in `fresh`."""
        opened = await self._database.run(loading.open_, self._numbers.wanted(), bot, self._channel, arrivals, self.now)
        self._numbers.give(opened.block)
        self.fresh = opened.fresh
        self._people = opened.people

    def claim(self, arrival: Arrival) -> bool:
        """Whether this update is to be handled: the first of its kind. A double within the batch is one as well."""
        key = (arrival.update_id, arrival.digest)
        if key not in self.fresh:
            return False
        self.fresh.remove(key)
        return True

    async def work(self, arrival: Arrival | None = None) -> Work:
        """A `Work` for one update or job. Newcomers get their rows staged with it."""
        if self._stale:
            await self._reload()
        if arrival is None or not arrival.user_id:
            return Work(self, None, arrival)
        person = self._people.get(arrival.user_id)
        work = Work(self, person, arrival)
        if arrival.left:
            return self._gone(person, arrival)
        if person is None:
            _welcome(work, self._channel, arrival)
        elif not person.reachable or person.chat_id != arrival.chat_id or self.now - person.seen_at > _SEEN_EVERY:
            work.set(tables.accounts, person.account_id, seen_at=self.now, reachable=True, chat_id=arrival.chat_id)
        return work

    def _gone(self, person: Person | None, arrival: Arrival) -> Work:
        """Who stopped the bot is not spoken to: nobody is at the other end of this update."""
        work = Work(self, None, arrival)
        if person is not None:
            work.set(tables.accounts, person.account_id, reachable=False)
            self._people[person.user_id] = replace(person, reachable=False)
        return work

    def merge(self, work: Work) -> None:
        """Take over what a `Work` staged."""
        for table, rows in work.inserts.items():
            self._inserts.setdefault(table, []).extend(rows)
        for key, rows in work.updates.items():
            self._updates.setdefault(key, []).extend(rows)
        self._statements.extend(work.statements)
        for (person_id, name), dialogue in work.dialogues.items():
            self._dialogues[person_id, name] = loading.dialogue_row(person_id, dialogue)
        self._collapse(work.said)
        self._waiting.extend(work.said)
        self.toasts.extend(work.toasts)
        if work.arrival and work.who:
            self._people[work.arrival.user_id] = work.who
        if work.people_changed:
            self._stale = set(self._people)

    def _collapse(self, said: Iterable[Said]) -> None:
        keys = {(s.account_id, s.collapse): s.id for s in reversed(list(said)) if s.collapse}
        if not keys:
            return
        self._waiting = [s for s in self._waiting if (s.account_id, s.collapse) not in keys]
        for (account_id, collapse), first in keys.items():
            self._statements.append((loading.COLLAPSE, {"account": account_id, "key": collapse, "first": first}))

    async def query(self, query: Query[RowT], params: Mapping[str, Any]) -> list[RowT]:
        """Flush what earlier updates staged, then read; in this thread, for the transaction is open and ours."""
        script = self._script()
        try:
            rows = self._database.here(_flush_and_read, script, query.sql, query.bound(params))
        except BaseException as error:
            self.refused = error
            raise
        return [query.row(*row) for row in rows]

    async def commit(self, riders: Sequence[Rider] = ()) -> None:
        """Hop 2: everything staged, what rides along, COMMIT. Raises FlushRefused, Busy, StorageFull: nothing took."""
        script = self._script()
        script.extend(together(riders))
        await self._database.run(_flush_and_commit, script)
        self.committed = True

    async def rollback(self) -> None:
        """Forget everything since `open`."""
        await self._database.run(_rollback)

    def new_id(self) -> int:
        return self._numbers.id()

    def new_number(self) -> int:
        return self._numbers.number()

    async def _reload(self) -> None:
        users = orjson.dumps(sorted(self._stale)).decode()
        self._stale = set()
        self._people = await self._database.run(_flush_and_load, self._script(), self._channel, users)

    def _script(self) -> Script:
        """The staged writes as SQL, each table by one executemany in a fixed order; what was staged is taken out."""
        script: Script = []
        if self._waiting:
            self._inserts.setdefault(tables.outbox, []).extend(said.row(self.now) for said in self._waiting)
            self.said.extend(self._waiting)
            self._waiting = []
        for table in sorted(self._inserts, key=_ORDER.__getitem__):
            statement, defaults = insert_into(table)
            script.append((statement.sql, [{**defaults, **row} for row in self._inserts[table]]))
        for (table, names), rows in self._updates.items():
            script.append((update_of(table, names).sql, rows))
        if self._dialogues:
            script.append((loading.KEEP_DIALOGUE.sql, list(self._dialogues.values())))
        script.extend((statement.sql, [statement.bound(params)]) for statement, params in self._statements)
        self._inserts, self._updates, self._statements, self._dialogues = {}, {}, [], {}
        return script


_SEEN_EVERY = 60_000  # milliseconds; the column is for choosing a person's account, not for following them


def _welcome(work: Work, channel: str, arrival: Arrival) -> None:
    person_id = work.add(tables.people, created_at=work.now)
    account_id = work.add(
        tables.accounts,
        person_id=person_id,
        channel=channel,
        user_id=arrival.user_id,
        chat_id=arrival.chat_id,
        seen_at=work.now,
    )
    work.who = Person(
        person_id, account_id, channel, arrival.user_id, arrival.chat_id, created_at=work.now, seen_at=work.now
    )


def _run(connection: Connection, script: Script) -> None:
    for sql, rows in script:
        connection.executemany(sql, rows)


def _flush_and_read(connection: Connection, script: Script, sql: str, params: Mapping[str, Any]) -> list[Any]:
    _run(connection, script)
    return connection.execute(sql, params).fetchall()


def _flush_and_load(connection: Connection, script: Script, channel: str, users: str) -> dict[int, Person]:
    _run(connection, script)
    return loading.people(connection, channel, users)


def _flush_and_commit(connection: Connection, script: Script) -> None:
    _run(connection, script)
    connection.execute("COMMIT")


def _rollback(connection: Connection) -> None:
    if connection.in_transaction:
        with translated():
            connection.execute("ROLLBACK")
