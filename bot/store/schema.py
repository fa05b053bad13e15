"""The schema's version, looked at without Alembic; Alembic is imported only to migrate (it costs 0.2 s)."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.errors import DatabaseError
from bot.store.driver import Connection, connect, translated
from bot.store.soundness import check_not_lost

HEAD = "0005"  # the newest file in migrations/versions; a test holds it true
_FOLDER = Path(__file__).parent / "migrations"


def version_of(connection: Connection) -> str:
    """The revision of a database, or "" for a new one."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return str(row[0]) if row else ""


def prepare(path: Path) -> bool:
    """Bring the database to HEAD where it is older; answers whether anything was done.

    Raises DatabaseError when it is newer than this program or was lost, StorageFull when the folder can't be written.
    """
    check_not_lost(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with translated(), closing(connect(path)) as connection:
        found = version_of(connection)
        if found == HEAD:
            return False
        if found > HEAD:
            raise DatabaseError(
                f"The database {path.name} is of version {found}, newer than this program ({HEAD}).",
                "Start the newer program, or restore a backup from before the upgrade.",
            )
        _migrate(connection)
    return True


def _migrate(connection: Connection, to: str = HEAD) -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool, pool_reset_on_return=None)
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    with engine.connect() as opened:
        # One transaction for all steps, so that a kill leaves an old version or a new one, never something between.
        opened.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = opened
        command.upgrade(config, to)
        opened.commit()
