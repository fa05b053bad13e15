"""SQLAlchemy Core statements, compiled once, run as plain SQL in the connection's thread.

SQLAlchemy keeps some values as hidden parameters (`x + 1`, a literal in `values()`, SQLite's OFFSET): they are merged
here, and a statement with a parameter that nobody can give fails when it is made, at import.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from sqlalchemy import ColumnClause, Table, Text, bindparam, insert, literal_column, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.base import Executable

Params = Mapping[str, Any]
RowT_co = TypeVar("RowT_co", covariant=True)
_DIALECT = sqlite.dialect(paramstyle="named")


class Statement:
    """SQL text with the values that it carries itself."""

    __slots__ = ("hidden", "needs", "sql")

    def __init__(self, statement: Executable) -> None:
        compiled = statement.compile(dialect=_DIALECT)  # type: ignore[attr-defined]
        self.sql: str = str(compiled)
        if "__[POSTCOMPILE" in self.sql:
            raise TypeError(f"a list can't be a parameter here, give it as JSON: {self.sql}")
        self.hidden: dict[str, Any] = {}
        self.needs: set[str] = set()
        for name, bind in compiled.binds.items():
            if bind.required:
                self.needs.add(name)
            else:
                self.hidden[name] = bind.effective_value

    def bound(self, params: Params) -> dict[str, Any]:
        """All values of one execution. Raises TypeError when one is missing."""
        if missing := self.needs - params.keys():
            raise TypeError(f"no value for {sorted(missing)} in: {self.sql}")
        return {**self.hidden, **params}


Rider = tuple[Statement, Sequence[Params]]
"""A write that waits for a commit, with its rows."""


def together(riders: Iterable[Rider]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What rides, in order, as SQL and its values; neighbours of one kind are one execution."""
    for statement, several in groupby(riders, key=itemgetter(0)):
        yield statement.sql, [statement.bound(row) for _, rows in several for row in rows]


class _Maker(Protocol[RowT_co]):
    def __call__(self, *row: Any) -> RowT_co: ...


class Query(Statement, Generic[RowT_co]):
    """A statement that answers rows, each made by `row` (a NamedTuple with one field a column, in order)."""

    __slots__ = ("row",)

    def __init__(self, statement: Executable, row: _Maker[RowT_co]) -> None:
        super().__init__(statement)
        self.row = row


def word(value: str) -> ColumnClause[str]:
    """A constant written into the SQL: SQLite uses a partial index only for conditions that it can read."""
    if not value.replace("_", "").isalnum() and value:
        raise ValueError(value)
    return literal_column(f"'{value}'", Text)


class Count(NamedTuple):
    """A row of one number."""

    n: int


@cache
def insert_into(table: Table) -> tuple[Statement, dict[str, Any]]:
    """The insert of all columns of a table, and the values of those that a row leaves out."""
    defaults = {column.name: _default(column) for column in table.columns}
    return Statement(insert(table).values({name: bindparam(name) for name in defaults})), defaults


@cache
def update_of(table: Table, names: tuple[str, ...]) -> Statement:
    """The update of some columns of the row with id `id_`."""
    changes: dict[str, Any] = {name: bindparam(name) for name in names}
    return Statement(update(table).where(table.c["id"] == bindparam("id_")).values(changes))


def _default(column: Any) -> Any:
    return column.default.arg if column.default is not None else None
