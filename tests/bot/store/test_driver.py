"""What the store relies on in SQLite and aiosqlite."""

from __future__ import annotations

from pathlib import Path

import aiosqlite
import pytest
from sqlalchemy import create_engine

from bot.errors import DatabaseError
from bot.store import schema
from bot.store.driver import Database, connect, version_is_safe
from bot.store.tables import metadata


@pytest.mark.parametrize("tool", [False, True])
def test_every_connection_syncs_each_commit(tmp_path: Path, tool: bool) -> None:
    connection = connect(tmp_path / "a.db", tool=tool)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    connection.close()


def test_sqlite_is_newer_than_the_wal_reset_bug() -> None:
    assert version_is_safe()


def test_a_released_savepoint_does_not_survive_the_outer_rollback(tmp_path: Path) -> None:
    connection = connect(tmp_path / "a.db")
    connection.execute("CREATE TABLE t (a)")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("SAVEPOINT s")
    connection.execute("INSERT INTO t VALUES (1)")
    connection.execute("RELEASE s")
    connection.execute("ROLLBACK")
    assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)
    connection.close()


async def test_aiosqlite_still_runs_functions_in_its_thread(tmp_path: Path) -> None:
    assert hasattr(aiosqlite.Connection, "_execute")
    database = await Database.open(tmp_path / "a.db")
    assert await database.run(lambda connection: connection.execute("SELECT 1").fetchone()) == (1,)
    await database.close()


def test_a_new_database_gets_the_schema_that_the_tables_describe(tmp_path: Path) -> None:
    assert schema.prepare(tmp_path / "a.db")
    assert not schema.prepare(tmp_path / "a.db")
    connection = connect(tmp_path / "a.db")
    made = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert set(metadata.tables) <= made
    assert schema.version_of(connection) == schema.HEAD
    connection.close()


def test_a_database_newer_than_the_program_is_left_alone(tmp_path: Path) -> None:
    schema.prepare(tmp_path / "a.db")
    connection = connect(tmp_path / "a.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(DatabaseError, match="newer than this program"):
        schema.prepare(tmp_path / "a.db")


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"this is no database, whatever its name says" * 100)
    before = (tmp_path / "a.db").read_bytes()
    with pytest.raises(DatabaseError, match="damaged"):
        schema.prepare(tmp_path / "a.db")
    assert (tmp_path / "a.db").read_bytes() == before


def test_head_is_the_newest_step() -> None:
    newest = max(path.name for path in (Path(schema.__file__).parent / "migrations/versions").glob("0*.py"))
    assert newest.startswith(schema.HEAD)


def test_the_steps_lead_to_exactly_what_the_tables_say(tmp_path: Path) -> None:
    """A changed table or index needs a step of its own in migrations/versions."""
    schema.prepare(tmp_path / "stepped.db")
    engine = create_engine(f"sqlite:///{tmp_path}/described.db")
    metadata.create_all(engine)
    engine.dispose()
    assert shape(tmp_path / "stepped.db") == shape(tmp_path / "described.db")


def shape(path: Path) -> set[tuple[object, ...]]:
    """Columns, foreign keys, indexes, triggers and virtual tables of a database, in no order."""
    connection = connect(path)
    found: set[tuple[object, ...]] = set()
    for name in metadata.tables:
        found |= {(name, *row[1:]) for row in connection.execute(f"PRAGMA table_xinfo({name})")}
        found |= {(name, *row[2:]) for row in connection.execute(f"PRAGMA foreign_key_list({name})")}
        for _, index, unique, _, partial in connection.execute(f"PRAGMA index_list({name})"):
            columns = tuple(row[2] for row in connection.execute(f"PRAGMA index_info({index})"))
            found.add((name, unique, partial, columns))
    found |= {
        (name, " ".join(sql.split()))
        for name, sql in connection.execute(
            "SELECT name, sql FROM sqlite_master "
            "WHERE (type IN ('index', 'trigger') AND sql <> '') OR sql LIKE 'CREATE VIRTUAL%'"
        )
    }
    found |= set(connection.execute("SELECT * FROM case_index_config"))
    connection.close()
    return found


def test_cases_of_the_first_version_are_there_after_the_next_step(tmp_path: Path) -> None:
    connection = connect(tmp_path / "a.db")
    schema._migrate(connection, "0001")
    connection.execute("INSERT INTO people VALUES (1, 'fa', '', '', 0, '', 0, 0, 1, 0)")
    row = dict.fromkeys(
        (name for _, name, _, required, _, key in connection.execute("PRAGMA table_info(cases)") if required or key), 1
    )
    connection.execute(f"INSERT INTO cases ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    connection.close()
    assert schema.prepare(tmp_path / "a.db")
    connection = connect(tmp_path / "a.db")
    assert connection.execute("SELECT id, holder_id, closed_how FROM cases").fetchall() == [(1, None, "")]
    connection.close()
