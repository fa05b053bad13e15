"""A command's own connection beside a running service: short writes, no checkpoints, no migration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from bot.errors import DatabaseError
from bot.store import schema
from bot.store.driver import Connection, connect, translated
from bot.store.statements import Query, Statement
from bot.store.store import get, put

RowT = TypeVar("RowT")


class Tool:
    """Made by `opened`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self, query: Query[RowT], **params: Any) -> list[RowT]:
        """Rows as of now."""
        rows = self._connection.execute(query.sql, query.bound(params)).fetchall()
        return [query.row(*row) for row in rows]

    def do(self, statement: Statement, **params: Any) -> int:
        """One write in a transaction of its own; answers how many rows it changed."""
        cursor = self._connection.execute(statement.sql, statement.bound(params))
        rows = cursor.fetchall() if cursor.description else []
        return len(rows) or max(int(cursor.rowcount), 0)

    def get(self, key: str) -> str | None:
        """A lasting value of the program itself."""
        return get(self._connection, key)

    def put(self, key: str, value: str) -> None:
        """Keep a lasting value of the program itself."""
        put(self._connection, key, value)


@contextmanager
def opened(path: Path) -> Iterator[Tool]:
    """Raises DatabaseError where there is no database, or one of another version; Busy, StorageFull."""
    if not path.exists():
        raise DatabaseError(f"There is no database {path}.", "Check DATABASE_URL, or start the service once.")
    with translated(), closing(connect(path, tool=True)) as connection:
        found = schema.version_of(connection)
        if found != schema.HEAD:
            known = f"The database is of version {found or 'none'}, this program of {schema.HEAD}."
            raise DatabaseError(known, "Run: python bot.py migrate.")
        yield Tool(connection)
