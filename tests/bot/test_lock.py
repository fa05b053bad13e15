"""One service on one database file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.errors import DatabaseError
from bot.lock import ServiceLock


def test_a_second_service_is_told_the_process_of_the_first(tmp_path: Path) -> None:
    first, second = ServiceLock(tmp_path / "a.db"), ServiceLock(tmp_path / "a.db")
    first.take()
    with pytest.raises(DatabaseError, match=f"process {os.getpid()}"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_the_lock_that_a_dead_process_left_behind_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "a.db.lock").write_text("999999\n")
    lock = ServiceLock(tmp_path / "a.db")
    lock.take()
    lock.release()


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatabaseError, match="DATABASE_URL: nothing can be written"):
        ServiceLock(tmp_path / "file" / "a.db").take()
