"""SQLite, as new as it can be had, behind aiosqlite's thread.

pysqlite3 brings SQLite 3.53, without the WAL-reset bug of 3.7.0-3.51.2 (sqlite.org/wal.html); where its wheel is
missing the standard driver serves, and `doctor` says so. Scripts run whole in the connection's thread: a hop costs
30-90 microseconds, a statement 1-8 (docs/decisions/0001). `aiosqlite.Connection._execute` is not public; its minor is
pinned and `tests/bot/store/test_driver.py` holds it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.errors import CityError, DatabaseError, StorageFull


def _driver() -> Any:
    try:
        return import_module("pysqlite3.dbapi2")
    except ImportError:  # no wheel for this machine
        return sqlite3


sqlite = _driver()
Connection = sqlite3.Connection
T = TypeVar("T")
VERSION: str = sqlite.sqlite_version
SAFE_VERSION = (3, 51, 3)  # the first without the WAL-reset bug
BUSY_MS = 2_000


class Busy(CityError):
    """Somebody else holds the write lock longer than BUSY_MS. Passes."""


class FlushRefused(CityError):
    """The database refused what was staged (a constraint): the batch is rolled back and tried one by one."""


def version_is_safe() -> bool:
    """Whether two processes on one file are free of the WAL-reset bug."""
    return tuple(int(part) for part in VERSION.split(".")) >= SAFE_VERSION


def connect(path: Path, *, tool: bool = False, read_only: bool = False) -> Connection:
    """A connection in autocommit, WAL, synchronous=FULL. `tool`: a command beside the service; never checkpoints."""
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    with translated():
        connection: Connection = sqlite.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -16000")
        if tool:
            connection.execute("PRAGMA wal_autocheckpoint = 0")
    if connection.execute("PRAGMA synchronous").fetchone() != (2,):
        raise DatabaseError("SQLite did not take synchronous=FULL.", "Use a build of SQLite that syncs.")
    return connection


@contextmanager
def translated() -> Iterator[None]:
    """The driver's errors in our words: what passes by itself, what is refused, what stops the program."""
    try:
        yield
    except sqlite.IntegrityError as error:
        raise FlushRefused(str(error)) from error
    except (OverflowError, UnicodeEncodeError) as error:  # a number or text that no column holds
        raise FlushRefused(type(error).__name__) from error
    except sqlite.Error as error:
        raise _translate(str(error)) from error
    except UnicodeDecodeError as error:  # a text of the file, or the driver's own message that quotes one
        raise _translate("malformed: a text that is none") from error


def _translate(what: str) -> CityError:
    if "locked" in what or "busy" in what:
        return Busy(what)
    if any(word in what for word in ("full", "readonly", "disk I/O", "unable to open")):
        return StorageFull(what)
    if "malformed" in what or "not a database" in what:
        return DatabaseError(f"The database is damaged ({what}).", "Restore a backup: python bot.py restore FILE.")
    return FlushRefused(what)


class Database:
    """One connection in its own thread. Whoever writes holds the store's lock in front of it."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    @classmethod
    async def open(cls, path: Path, *, tool: bool = False, read_only: bool = False) -> Database:
        """Raises StorageFull or DatabaseError."""
        connection = aiosqlite.Connection(lambda: connect(path, tool=tool, read_only=read_only), iter_chunk_size=64)
        connection._thread.daemon = True  # a thread waiting for a lock must not hold up the end of the process
        return cls(await connection)

    async def run(self, script: Callable[..., T], *args: Any) -> T:
        """Run `script(connection, *args)` in the connection's thread: one hop. Errors come in our words."""
        with translated():
            result: T = await self._connection._execute(script, self._connection._conn, *args)  # type: ignore[no-untyped-call]
            return result

    def here(self, script: Callable[..., T], *args: Any) -> T:
        """Run a short read in the caller's own thread, without a hop.

        Only for whoever holds the writer's lock with a transaction open: then nobody else uses the connection, no lock
        can be waited for, and a look-up costs 5-50 microseconds where the hop alone costs 30-90.
        """
        with translated():
            return script(self._connection._conn, *args)

    async def close(self) -> None:
        await self._connection.close()
