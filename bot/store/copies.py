"""Whole copies of the database: made beside a running service, looked at, and made ready to take its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, case, cast, delete, literal_column, select, update

from bot.errors import CityError
from bot.store import schema
from bot.store.driver import Connection, connect, sqlite, translated
from bot.store.held import RELEASE
from bot.store.soundness import check_sound
from bot.store.statements import Statement, word
from bot.store.store import put
from bot.store.tables import broadcasts, failed_updates, meta, outbox, wanted

# More than a city files between a backup and its restore, so that no code and no id that somebody has seen since is
# given to somebody else. 180 restores use up the codes.
JUMPS = {"numbers": 50_000, "ids": 10_000_000}

_unsent = outbox.c.state.in_([word("waiting"), word("sending")])
HOLD = Statement(update(outbox).where(_unsent, outbox.c.broadcast_id.is_(None)).values(state="held"))
# Deliveries wait with their broadcast, not with what `release` sends: whoever lets it go on lets them go on.
PAUSE_DELIVERIES = Statement(update(outbox).where(_unsent, outbox.c.broadcast_id.is_not(None)).values(state="paused"))
# A file that is made says a message, so it waits too; what erases goes on.
HOLD_FILES = Statement(
    update(wanted).where(wanted.c.state == word("wanted"), wanted.c.kind != word("erase")).values(state="held")
)
# Somebody looks first at how far a broadcast had come, for those who got it since the backup would get it again.
PAUSE = Statement(
    update(broadcasts)
    .where(broadcasts.c.state.in_([word("sending"), word("counting"), word("scheduled")]))
    .values(state=case((broadcasts.c.state == word("sending"), "paused"), else_="draft"), card_id=literal_column("0"))
)
NOT_AGAIN = Statement(update(failed_updates).where(failed_updates.c.state == word("wanted")).values(state="failed"))
NO_RELEASE = Statement(delete(meta).where(meta.c.key == word(RELEASE)))
COUNTER = Statement(select(cast(meta.c.value, BigInteger)).where(meta.c.key == bindparam("key")))


class Held(NamedTuple):
    """How much a restore keeps back."""

    messages: int
    files: int


def copy_database(source: Path, target: Path) -> str:
    """Copy all that is committed by now into one file; answers its schema version. Hinders no writer.

    Raises DatabaseError when the copy is not sound, Busy or StorageFull.
    """
    with (
        translated(),
        closing(connect(source, tool=True)) as connection,
        closing(sqlite.connect(str(target), isolation_level=None)) as copy,
    ):
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # the copy is one file
        check_sound(copy, "quick_check")
        return schema.version_of(copy)


def check_copy(path: Path) -> str:
    """The schema version of a copy that was looked through whole. Raises DatabaseError when it is not sound."""
    with translated(), closing(connect(path, read_only=True)) as connection:
        check_sound(connection, "integrity_check")
        return schema.version_of(connection)


def counters(path: Path) -> dict[str, int]:
    """How far ids and case numbers have come in this database; nothing where it can't be read."""
    found: dict[str, int] = {}
    try:
        with translated(), closing(connect(path, read_only=True)) as connection:
            for key in JUMPS:
                row = connection.execute(COUNTER.sql, COUNTER.bound({"key": key})).fetchone()
                found[key] = int(row[0]) if row else 0
    except CityError:
        return found
    return found


def make_ready(path: Path, seen: Mapping[str, int]) -> Held:
    """Make a copy fit to be served: newest schema, unsent messages held, counters beyond `seen` and its own.

    `path` is one file afterwards, with nothing beside it. Raises DatabaseError when it is newer than the program.
    """
    schema.prepare(path)
    with translated(), closing(connect(path)) as connection:
        with _transaction(connection):
            held = Held(*(_do(connection, statement) for statement in (HOLD, HOLD_FILES)))
            for statement in (NOT_AGAIN, NO_RELEASE, PAUSE, PAUSE_DELIVERIES):
                _do(connection, statement)
            for key, jump in JUMPS.items():
                row = connection.execute(COUNTER.sql, COUNTER.bound({"key": key})).fetchone()
                put(connection, key, str(max(int(row[0]) if row else 0, seen.get(key, 0)) + jump))
            put(connection, "running", "no")
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    return held


def settle(path: Path) -> bool:
    """Put what a dead service left in the log beside its database into the database itself; whether that could be."""
    try:
        with translated(), closing(connect(path)) as connection:
            moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return bool(moved[0] == 0)
    except CityError:
        return False


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _do(connection: Connection, statement: Statement) -> int:
    rows: int = connection.execute(statement.sql, statement.bound({})).rowcount
    return rows
