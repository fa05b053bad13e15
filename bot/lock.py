"""One service on one database file: a lock that the system lets go of when the process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from bot.errors import DatabaseError


def holder(database: Path) -> str:
    """The process id of the service that uses this database, "" when none does. Touches nothing."""
    path = _beside(database)
    if not path.exists():
        return ""
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return file.read(20).strip() or "unknown"
    return ""


def _beside(database: Path) -> Path:
    return database.with_name(database.name + ".lock")


class ServiceLock:
    """Held beside the database file. Commands do not take it: they work while the service runs."""

    def __init__(self, database: Path) -> None:
        self._path = _beside(database)
        self._file: int | None = None

    def take(self) -> None:
        """Raises DatabaseError: with the other's process id, or when nothing can be written beside the database."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise DatabaseError(
                f"DATABASE_URL: nothing can be written in {self._path.parent} ({error.strerror}).",
                "Give this user that folder, make room on its disk, or set DATABASE_URL.",
            ) from None
        self._lock(self._file)

    def _lock(self, file: int) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            other = os.read(file, 20).decode(errors="replace").strip() or "unknown"
            self.release()
            raise DatabaseError(
                f"Another service (process {other}) uses this database.", "Stop it first, or set DATABASE_URL."
            ) from None
        os.ftruncate(file, 0)
        with suppress(OSError):  # a full disk: the lock holds, its owner's number is a courtesy
            os.write(file, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
