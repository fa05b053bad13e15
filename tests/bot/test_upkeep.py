"""The operator's commands beside a busy service."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.errors import DatabaseError
from bot.lock import ServiceLock
from bot.settings import Settings
from bot.store.schema import HEAD
from bot.store.store import Store
from bot.upkeep import list_failed, migrate, retry
from tests.faults.beside import commands_under_load, migrations_killed


async def test_commands_beside_a_busy_service_fail_never_and_cost_no_update(tmp_path: Path) -> None:
    told = await commands_under_load(tmp_path, 15)
    assert (told.failed, told.lost, told.sound) == (0, 0, True)
    assert told.updates > 15


async def test_a_migration_that_is_killed_leaves_the_old_version_or_the_new_one(tmp_path: Path) -> None:
    told = await migrations_killed(tmp_path, 3)
    assert told.between == 0


def test_a_database_is_not_migrated_under_a_running_service(settings: Settings) -> None:
    lock = ServiceLock(settings.database_url)
    lock.take()
    with pytest.raises(DatabaseError, match="Stop it first"):
        migrate(settings)
    lock.release()
    assert migrate(settings) == [f"The database is of version {HEAD} now."]
    assert migrate(settings) == [f"The database is of version {HEAD} already."]


def test_a_tool_makes_no_database_where_there_is_none(settings: Settings) -> None:
    with pytest.raises(DatabaseError, match="start the service once"):
        list_failed(settings)
    assert not settings.database_url.exists()


async def test_where_nothing_failed_there_is_nothing_to_retry(settings: Settings) -> None:
    await (await Store.open(settings.database_url, SystemClock())).close()
    assert list_failed(settings) == ["No update has failed."]
    assert retry(settings) == ["Nothing to do: no update has failed."]
