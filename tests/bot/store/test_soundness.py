"""A damaged or lost database is refused before anything is written to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.errors import DatabaseError
from bot.store.soundness import check_all
from bot.store.store import Store
from tests.faults.damages import start_on_damages


async def test_no_damaged_database_is_served_or_written_to(tmp_path: Path) -> None:
    told = await start_on_damages(tmp_path, 28)
    assert (told.wrong, told.written, told.unclear) == (0, 0, 0)
    assert told.refused > 10


@pytest.fixture
async def stopped(tmp_path: Path) -> Path:
    """The database of a service that stopped in order."""
    store = await Store.open(tmp_path / "shahr137.db", SystemClock())
    await store.close()
    return store.path


@pytest.mark.parametrize("lost", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["gone", "empty"])
async def test_a_lost_database_is_not_silently_begun_anew(stopped: Path, lost: object) -> None:
    assert callable(lost)
    lost(stopped)
    for tool in (False, True):
        with pytest.raises(DatabaseError, match="restore FILE"):
            await Store.open(stopped, SystemClock(), tool=tool)
    assert _size(stopped) == 0


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


async def test_after_a_stop_in_order_the_database_is_one_file(stopped: Path) -> None:
    assert _size(stopped.with_name("shahr137.db-wal")) == 0


def _remove(path: Path) -> None:
    path.unlink()


async def test_whoever_wants_to_begin_anew_is_told_what_to_remove(stopped: Path) -> None:
    _remove(stopped)
    with pytest.raises(DatabaseError, match=r"remove shahr137\.db\.begun"):
        await Store.open(stopped, SystemClock())
    _remove(stopped.with_name("shahr137.db.begun"))
    await (await Store.open(stopped, SystemClock())).close()


async def test_a_log_without_its_database_is_not_thrown_away(tmp_path: Path) -> None:
    log = tmp_path / "shahr137.db-wal"
    log.write_bytes(b"all that was committed last")
    with pytest.raises(DatabaseError, match="gone"):
        await Store.open(tmp_path / "shahr137.db", SystemClock())
    assert log.read_bytes() == b"all that was committed last"


def test_the_look_at_a_large_file_finds_damage(stopped: Path) -> None:
    check_all(stopped)
    content = bytearray(stopped.read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\xa5" * 4096 * 4
    stopped.write_bytes(content)
    with pytest.raises(DatabaseError, match="damaged"):
        check_all(stopped)
