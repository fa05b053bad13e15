"""One service on one database file: a lock that the system lets go of when the process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from bot.errors import DatabaseError


class ServiceLock:
    """Held beside the database file. Commands do not take it: they work while the service runs."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")
        self._file: int | None = None

    def take(self) -> None:
        """Raises DatabaseError with the other's process id."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            other = os.read(self._file, 20).decode(errors="replace").strip() or "unknown"
            os.close(self._file)
            self._file = None
            raise DatabaseError(
                f"Another service (process {other}) uses this database.", "Stop it first, or set DATABASE_URL."
            ) from None
        os.ftruncate(self._file, 0)
        os.write(self._file, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
