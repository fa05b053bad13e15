"""The store: one writing connection behind a lock, and what is told after each commit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import structlog
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert

from bot.clock import Clock
from bot.store import schema, soundness
from bot.store.driver import Connection, Database, FlushRefused
from bot.store.numbers import Numbers
from bot.store.statements import Query, Rider, Statement, together
from bot.store.tables import meta
from bot.store.unit import Unit
from bot.store.work import Arrival, Said, Toast

log = structlog.get_logger(__name__)
RowT = TypeVar("RowT")
Told = Callable[[Sequence[Said], Sequence[Toast]], None]
_put = insert(meta).values(key=bindparam("key"), value=bindparam("value"))
PUT = Statement(_put.on_conflict_do_update(index_elements=[meta.c.key], set_={"value": _put.excluded.value}))
GET = Statement(select(meta.c.value).where(meta.c.key == bindparam("key")))


class Store:
    """Opens units of work. `told` hears of what was said, after the commit that made it lasting; `after` of any commit.

    Riders (results of the sender) wait in memory for the next commit; lost at a kill, their messages count as
    uncertain (docs/reliability.md).
    """

    def __init__(self, database: Database, reader: Database, clock: Clock, path: Path) -> None:
        self._database = database
        self._reader = reader
        self._clock = clock
        self._numbers = Numbers()
        self._writer = asyncio.Lock()
        self._riders: list[Rider] = []
        self._doubtful: list[Rider] = []  # rode with a commit that was refused: perhaps because of them
        self.path = path
        self.told: list[Told] = []
        self.after: list[Callable[[], None]] = []
        self.unclean = False

    @classmethod
    async def open(cls, path: Path, clock: Clock, *, tool: bool = False) -> Store:
        """Look at the integrity (of a large file only after an unclean stop), migrate where needed, open.

        `tool` is a command beside a running service: no look, no mark. Raises DatabaseError, StorageFull.
        """
        if not tool:
            soundness.check_before_start(path)
        schema.prepare(path)
        soundness.mark_begun(path)
        database = await Database.open(path, tool=tool)
        store = cls(database, await Database.open(path, read_only=True), clock, path)
        if not tool:
            try:
                store.unclean = await store._database.run(_mark_running)
            except BaseException:
                await store._close()
                raise
        return store

    async def close(self, *, clean: bool = True) -> None:
        """Write what still rides, mark the clean stop, close."""
        try:
            if self.riding:
                await self.at_once()
            if clean:
                await self._database.run(put, "running", "no")
        finally:
            await self._close()

    async def _close(self) -> None:
        await self._reader.close()
        await self._database.close()  # the last one to close a database puts its log into it; a reader can't

    @asynccontextmanager
    async def unit(self, channel: str = "", bot: str = "", arrivals: Sequence[Arrival] = ()) -> AsyncIterator[Unit]:
        """One transaction. Leaving it without `commit` rolls back; what was said is told after the commit."""
        async with self._writer:
            unit = Unit(self._database, self._numbers, self._clock.now(), channel)
            try:
                await unit.open(bot, arrivals)
                yield unit
            finally:
                if not unit.committed:
                    await asyncio.shield(unit.rollback())
        if unit.committed:
            self._tell(unit)

    def _tell(self, unit: Unit) -> None:
        if unit.said or unit.toasts:
            for told in self.told:
                told(unit.said, unit.toasts)
        for wake in self.after:
            wake()

    async def commit(self, unit: Unit) -> None:
        """Commit a unit together with what rides. Raises FlushRefused, Busy or StorageFull: nothing took.

        What rode with a refused commit rides with no other: it is written by itself, so that a result which the
        database does not take (its file was erased meanwhile) never costs an update.
        """
        riders = self._take_riders()
        try:
            await unit.commit(riders)
        except FlushRefused:
            self._doubtful.extend(riders)
            raise
        except BaseException:
            self._riders = riders + self._riders
            raise

    async def at_once(self, statement: Statement | None = None, **params: Any) -> list[Any]:
        """One hop, one transaction: what rides, and a statement whose rows are answered."""
        async with self._writer:
            await self._write_doubtful()
            riders = self._take_riders()
            bound = statement.bound(params) if statement else {}
            try:
                return await self._database.run(_at_once, riders, statement.sql if statement else "", bound)
            except FlushRefused:
                if not riders:
                    raise
                self._doubtful = riders
            except BaseException:
                self._riders = riders + self._riders
                raise
            await self._write_doubtful()
            return await self._database.run(_at_once, [], statement.sql if statement else "", bound)

    async def _write_doubtful(self) -> None:
        """Each by itself; what the database refuses is logged and dropped."""
        while self._doubtful:
            try:
                await self._database.run(_at_once, self._doubtful[:1], "", {})
            except FlushRefused as error:
                log.error("result_refused", error=str(error))
            self._doubtful.pop(0)

    async def read(self, query: Query[RowT], **params: Any) -> list[RowT]:
        """Rows as of the last commit, on a connection of their own: for what runs outside a handler."""
        rows = await self._reader.run(_read, query.sql, query.bound(params))
        return [query.row(*row) for row in rows]

    async def look(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Rows of a plain SELECT, for tests, doctor and whoever looks from outside."""
        return await self._reader.run(_look, sql, values)

    def ride(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Let a write ride with the next commit."""
        self._riders.append((statement, rows))

    def _take_riders(self) -> list[Rider]:
        riders, self._riders = self._riders, []
        return riders

    @property
    def riding(self) -> bool:
        return bool(self._riders or self._doubtful)

    async def get(self, key: str) -> str | None:
        """A lasting value of the program itself, as of the last commit."""
        return await self._reader.run(get, key)

    async def put(self, key: str, value: str) -> None:
        """Keep a lasting value of the program itself."""
        async with self._writer:
            await self._database.run(put, key, value)


def get(connection: Connection, key: str) -> str | None:
    row = connection.execute(GET.sql, {"key": key}).fetchone()
    return str(row[0]) if row else None


def put(connection: Connection, key: str, value: str) -> None:
    connection.execute(PUT.sql, {"key": key, "value": value}).fetchall()


def _at_once(connection: Connection, riders: list[Rider], sql: str, params: Mapping[str, Any]) -> list[Any]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for text, rows in together(riders):
            connection.executemany(text, rows)
        answer = connection.execute(sql, params).fetchall() if sql else []
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return answer


def _read(connection: Connection, sql: str, params: Mapping[str, Any]) -> list[Any]:
    return connection.execute(sql, params).fetchall()


def _look(connection: Connection, sql: str, values: Sequence[Any]) -> list[Any]:
    return connection.execute(sql, values).fetchall()


def _mark_running(connection: Connection) -> bool:
    unclean = get(connection, "running") == "yes"
    put(connection, "running", "yes")
    return unclean
