"""Backup and restore: whole or not at all, and nothing goes out or is given twice afterwards."""

from __future__ import annotations

import asyncio
import hashlib
import stat
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.backup import make_backup
from bot.clock import SystemClock, TurnedClock
from bot.errors import DatabaseError, OperatorError
from bot.lock import ServiceLock
from bot.restore import restore
from bot.settings import ROOT, Settings
from bot.store import tables
from bot.store.driver import connect
from bot.store.store import Store
from bot.store.work import Arrival
from bot.talk.rich import Plain
from bot.talk.screen import Screen
from bot.upkeep import release

CLOCK = SystemClock()


async def file_one(store: Store, number: int) -> int:
    """Take an update, say something, use a number; answers the number. It is committed when this returns."""
    arrival = Arrival(number, f"body {number}", 7, 7)
    async with store.unit("telegram", "telegram:1", [arrival]) as unit:
        work = await unit.work(arrival)
        work.say(Screen((Plain("hello"),)))
        given = work.new_number()
        unit.merge(work)
        await store.commit(unit)
    return given


async def fill(settings: Settings, *numbers: int) -> list[int]:
    """A service that took these updates and has stopped; the numbers that it gave."""
    store = await Store.open(settings.database_url, TurnedClock())
    given = [await file_one(store, number) for number in numbers]
    await store.close()
    return given


def keep_file(settings: Settings, content: bytes) -> Path:
    """A stored file, as media keeps it."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = settings.data_dir / "files" / sha256[:2] / sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def rows(path: Path, sql: str) -> list[Any]:
    with closing(connect(path)) as connection:
        found: list[Any] = connection.execute(sql).fetchall()
        return found


@pytest.fixture
async def archive(settings: Settings, tmp_path: Path) -> Path:
    """A backup of a service with two updates and one file."""
    await fill(settings, 1, 2)
    keep_file(settings, b"a photo")
    make_backup(settings, CLOCK, tmp_path / "backup.tar.gz")
    return tmp_path / "backup.tar.gz"


async def test_a_backup_beside_a_busy_service_is_whole_and_holds_all_that_was_acknowledged_before(
    settings: Settings, tmp_path: Path
) -> None:
    store = await Store.open(settings.database_url, TurnedClock())
    ledger: list[int] = []
    done = asyncio.Event()

    async def write() -> None:
        while not done.is_set():
            await file_one(store, len(ledger))
            ledger.append(len(ledger))
            await asyncio.sleep(0)

    writing = asyncio.create_task(write())
    try:
        for turn in range(5):
            before = len(ledger)
            target = tmp_path / f"{turn}.tar.gz"
            await asyncio.to_thread(make_backup, settings, CLOCK, target)
            with tarfile.open(target) as opened:
                opened.extract("shahr137.db", tmp_path / str(turn), filter="data")
            copy = tmp_path / str(turn) / "shahr137.db"
            assert rows(copy, "PRAGMA integrity_check") == [("ok",)]
            assert {row[0] for row in rows(copy, "SELECT update_id FROM inbox")} >= set(range(before))
    finally:
        done.set()
        await writing
        await store.close()
    assert len(ledger) > 5


def test_only_its_owner_may_read_a_backup(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_a_backup_is_never_written_over(settings: Settings, archive: Path) -> None:
    before = archive.read_bytes()
    with pytest.raises(OperatorError, match="is there already"):
        make_backup(settings, CLOCK, archive)
    assert archive.read_bytes() == before


def test_a_folder_gets_a_dated_backup_and_nothing_else(settings: Settings, archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    make_backup(settings, CLOCK, folder)
    (made,) = folder.iterdir()
    assert made.name.startswith("shahr137-20")


def test_without_a_database_there_is_nothing_to_back_up_and_none_is_made(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="DATABASE_URL"):
        make_backup(settings, CLOCK, tmp_path / "backup.tar.gz")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_makes_no_backup(settings: Settings, archive: Path, tmp_path: Path) -> None:
    damage(settings.database_url)
    with pytest.raises(DatabaseError):
        make_backup(settings, CLOCK, tmp_path / "second.tar.gz")
    assert not (tmp_path / "second.tar.gz").exists()


def damage(database: Path) -> None:
    """Overwrite a page in the middle."""
    content = bytearray(database.read_bytes())
    content[4096 * 2 : 4096 * 9] = b"\xa5" * (4096 * 7)
    database.write_bytes(content)


async def test_a_restore_brings_back_what_was_there_with_its_files(settings: Settings, archive: Path) -> None:
    await fill(settings, 3)
    (kept,) = settings.data_dir.glob("files/??/*")
    kept.unlink()
    restore(settings, archive)
    assert rows(settings.database_url, "SELECT update_id FROM inbox ORDER BY 1") == [(1,), (2,)]
    assert kept.read_bytes() == b"a photo"


async def test_what_a_restore_replaced_stays_beside_it(settings: Settings, archive: Path) -> None:
    await fill(settings, 3)
    restore(settings, archive)
    replaced = settings.database_url.with_name("shahr137.db.before-restore")
    assert rows(replaced, "SELECT count(*) FROM inbox") == [(3,)]


async def test_what_a_killed_service_left_in_its_log_is_not_played_back_into_the_restored_database(
    settings: Settings, archive: Path
) -> None:
    store = await Store.open(settings.database_url, TurnedClock())
    await file_one(store, 3)
    log = settings.database_url.with_name("shahr137.db-wal").read_bytes()
    await store.close()
    settings.database_url.with_name("shahr137.db-wal").write_bytes(log)
    restore(settings, archive)
    assert rows(settings.database_url, "PRAGMA integrity_check") == [("ok",)]
    assert rows(settings.database_url, "SELECT count(*) FROM inbox") == [(2,)]


async def test_a_damaged_database_with_its_log_gives_way_to_the_backup(settings: Settings, archive: Path) -> None:
    settings.database_url.write_bytes(b"no database at all" * 500)
    settings.database_url.with_name("shahr137.db-wal").write_bytes(b"nor a log")
    restore(settings, archive)
    assert rows(settings.database_url, "SELECT count(*) FROM inbox") == [(2,)]


def test_a_restore_holds_every_message_that_had_not_gone_out(settings: Settings, archive: Path) -> None:
    told = restore(settings, archive)
    assert rows(settings.database_url, "SELECT DISTINCT state FROM outbox") == [("held",)]
    assert any("2 messages" in line for line in told)


async def test_nothing_that_is_held_waits_for_the_sender_until_it_is_dropped_or_released(
    settings: Settings, archive: Path
) -> None:
    restore(settings, archive)
    assert any("telegram: 2 messages" in line for line in release(settings, ""))
    release(settings, "drop")
    assert rows(settings.database_url, "SELECT DISTINCT state FROM outbox") == [("collapsed",)]
    assert release(settings, "") == ["Nothing is held."]


async def test_numbers_given_after_the_backup_are_never_given_again_however_often_it_is_restored(
    settings: Settings, archive: Path
) -> None:
    given: set[int] = set(await fill(settings, 3, 4))
    for update in range(10, 13):
        restore(settings, archive)
        (number,) = await fill(settings, update)
        assert number not in given
        given.add(number)


async def test_a_release_that_was_asked_for_before_the_backup_does_not_send_what_its_restore_holds(
    settings: Settings, tmp_path: Path
) -> None:
    await fill(settings, 1)
    store = await Store.open(settings.database_url, TurnedClock())
    await store.put("release", "send")
    await store.close()
    make_backup(settings, CLOCK, tmp_path / "b.tar.gz")
    restore(settings, tmp_path / "b.tar.gz")
    assert rows(settings.database_url, "SELECT 1 FROM meta WHERE key = 'release'") == []


async def test_a_file_that_somebody_asked_for_is_held_and_erasing_goes_on(settings: Settings, tmp_path: Path) -> None:
    store = await Store.open(settings.database_url, TurnedClock())
    await file_one(store, 1)
    async with store.unit() as unit:
        work = await unit.work()
        person = (await store.look("SELECT id FROM people WHERE id > 0"))[0][0]
        for kind in ("export", "erase"):
            work.add(tables.wanted, kind=kind, person_id=person, created_at=0)
        unit.merge(work)
        await store.commit(unit)
    await store.close()
    make_backup(settings, CLOCK, tmp_path / "b.tar.gz")
    restore(settings, tmp_path / "b.tar.gz")
    found = rows(settings.database_url, "SELECT kind, state FROM wanted ORDER BY kind")
    assert found == [("erase", "wanted"), ("export", "held")]


def test_while_the_service_runs_a_restore_refuses(settings: Settings, archive: Path) -> None:
    lock = ServiceLock(settings.database_url)
    lock.take()
    with pytest.raises(DatabaseError, match="Stop it first"):
        restore(settings, archive)
    lock.release()


def _cut(archive: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-200])


def _flipped(archive: Path) -> None:
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 0xFF
    archive.write_bytes(content)


def _no_archive(archive: Path) -> None:
    archive.write_text("TELEGRAM_TOKEN=")


def _without_its_end(archive: Path) -> None:
    _repack(archive, lambda name: name != "manifest.json")


def _without_a_file(archive: Path) -> None:
    _repack(archive, lambda name: not name.startswith("files/"))


def _climbing_out(archive: Path) -> None:
    _repack(archive, lambda name: True, rename={"shahr137.db": "../shahr137.db"})


def _repack(archive: Path, keep: Any, rename: dict[str, str] | None = None) -> None:
    with tarfile.open(archive) as old:
        entries = [(entry, old.extractfile(entry)) for entry in old]
        with tarfile.open(archive.with_suffix(".new"), "w:gz") as new:
            for entry, content in entries:
                if keep(entry.name):
                    entry.name = (rename or {}).get(entry.name, entry.name)
                    new.addfile(entry, content)
    archive.with_suffix(".new").replace(archive)


@pytest.mark.parametrize("wrong", [_cut, _flipped, _no_archive, _without_its_end, _without_a_file, _climbing_out])
def test_a_damaged_archive_is_refused_before_anything_is_touched(settings: Settings, archive: Path, wrong: Any) -> None:
    wrong(archive)
    before = sorted(path.name for path in settings.data_dir.rglob("*"))
    content = settings.database_url.read_bytes()
    with pytest.raises(DatabaseError, match="no usable backup"):
        restore(settings, archive)
    assert settings.database_url.read_bytes() == content
    assert {path.name for path in settings.data_dir.rglob("*")} - set(before) <= {"shahr137.db.lock"}


def test_a_backup_of_a_newer_database_is_refused(settings: Settings, archive: Path, tmp_path: Path) -> None:
    rows(settings.database_url, "UPDATE alembic_version SET version_num = '9999' RETURNING 1")
    make_backup(settings, CLOCK, tmp_path / "newer.tar.gz")
    with pytest.raises(DatabaseError, match="newer than this program"):
        restore(settings, tmp_path / "newer.tar.gz")


def test_a_restore_killed_at_any_step_leaves_the_old_database_or_the_new_one(settings: Settings, archive: Path) -> None:
    rows(settings.database_url, "DELETE FROM outbox RETURNING 1")
    old = "SELECT count(*) FROM outbox"
    for step in range(1, 30):
        code = _restore_killed_at(settings, archive, step)
        found = rows(settings.database_url, old)
        assert rows(settings.database_url, "PRAGMA integrity_check") == [("ok",)]
        assert found in ([(0,)], [(2,)])
        if code == 0:
            break
    assert code == 0
    assert found == [(2,)]
    assert list(settings.data_dir.glob(".restore-*")) == []


def _restore_killed_at(settings: Settings, archive: Path, step: int) -> int:
    """Restore in a process that kills itself when it touches the file system's names for the `step`th time."""
    script = f"""
import os, signal, sys
left = {step}
def count(event, args):
    global left
    if event in ("os.link", "os.rename", "os.remove", "os.truncate") and {str(settings.data_dir)!r} in str(args[0]):
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
from pathlib import Path
from bot.restore import restore
from bot.settings import read_settings
settings = read_settings({{"DATABASE_URL": "sqlite:///{settings.database_url}", "DATA_DIR": "{settings.data_dir}"}})
restore(settings, Path({str(archive)!r}))
"""
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False).returncode
