"""Whether a database may be served: looked at on a reading connection, before anything is opened for writing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.errors import CityError, DatabaseError, StorageFull
from bot.store.driver import Busy, Connection, connect, translated

RESTORE = "Restore a backup: python bot.py restore FILE."
SMALL = 100_000_000  # bytes; up to there a look costs at most 0.15 s, so every start can afford it


def check_not_lost(path: Path) -> None:
    """Raises DatabaseError where there was a database and now is none, or an empty file: a start would make a new one
    and tell people that their reports do not exist.
    """
    if path.exists() and path.stat().st_size:
        return
    log, begun = path.with_name(path.name + "-wal"), _begun(path)
    if begun.exists() or (log.exists() and log.stat().st_size):
        cure = f"{RESTORE} (To begin with an empty one, remove {begun.name} and {log.name}.)"
        raise DatabaseError(f"The database {path} is {'empty' if path.exists() else 'gone'}.", cure)


def mark_begun(path: Path) -> None:
    """Remember that there is a database at this place."""
    _begun(path).touch()


def _begun(path: Path) -> Path:
    return path.with_name(path.name + ".begun")


def check_before_start(path: Path) -> None:
    """Look through a database that is small, or whose last service did not stop in order. Raises DatabaseError."""
    if not path.exists() or not path.stat().st_size:
        return
    try:
        with translated(), closing(connect(path, read_only=True)) as connection:
            if path.stat().st_size <= SMALL or _unclean(connection):
                check_sound(connection, "quick_check")
    except (Busy, StorageFull, DatabaseError):
        raise
    except CityError as error:
        raise DatabaseError(f"The database is damaged ({error}).", RESTORE) from None


def check_all(path: Path) -> None:
    """Look through it whatever its size. Blocks a second for each gigabyte or two. Raises DatabaseError, Busy."""
    with translated(), closing(connect(path, read_only=True)) as connection:
        check_sound(connection, "quick_check")


def check_sound(connection: Connection, look: str) -> None:
    """Raises DatabaseError with the first thing that `quick_check` or `integrity_check` finds."""
    found = connection.execute(f"PRAGMA {look}(1)").fetchone()
    if found != ("ok",):
        raise DatabaseError(f"The database is damaged ({found[0]}).", RESTORE)


def _unclean(connection: Connection) -> bool:
    return connection.execute("SELECT 1 FROM meta WHERE key = 'running' AND value = 'yes'").fetchone() is not None
