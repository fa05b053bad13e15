"""How a database is, for the doctor: looked at on a reading connection, without changing anything."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import select

from bot.errors import CityError
from bot.store import inbox, outbox, schema
from bot.store.driver import Connection, connect, translated
from bot.store.statements import Query
from bot.store.store import get
from bot.store.tables import accounts, roles

RowT = TypeVar("RowT")


class RoleRow(NamedTuple):
    role: str
    department: str


# Officials who can be reached. One who can't is as good as none.
STAFF = Query(
    select(roles.c.role, roles.c.department)
    .join_from(roles, accounts, accounts.c.person_id == roles.c.person_id)
    .where(roles.c.revoked_at == 0, accounts.c.reachable),
    RoleRow,
)


@dataclass
class Condition:
    """`trouble`: why it can't be used, "" when it can. The rest is empty unless its version is this program's.

    `unclean`: the service that used it last did not stop in order (or still runs). `odd`: (channel, state) -> how many
    messages are dead, held or uncertain; `waiting`: channel -> how many messages wait.
    """

    trouble: str = ""
    version: str = ""
    unclean: bool = False
    failed: int = 0
    odd: dict[tuple[str, str], int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    staff: set[RoleRow] = field(default_factory=set)


def look(path: Path) -> Condition:
    """Look through the whole file (`quick_check`: a second for some hundred megabytes) and count what is odd."""
    found = Condition()
    try:
        with translated(), closing(connect(path, read_only=True)) as connection:
            _look(connection, found)
    except CityError as error:
        found.trouble = str(error) or type(error).__name__
    return found


def _look(connection: Connection, found: Condition) -> None:
    sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if sound != "ok":
        found.trouble = f"damaged: {sound}"
        return
    found.version = schema.version_of(connection)
    if found.version != schema.HEAD:
        return
    found.unclean = get(connection, "running") == "yes"
    found.failed = _read(connection, inbox.FAILED_COUNT)[0].n
    found.odd = {(row.channel, row.state): row.n for row in _read(connection, outbox.ODD_COUNTS)}
    found.waiting = {row.channel: row.n for row in _read(connection, outbox.WAITING_COUNTS)}
    found.staff = set(_read(connection, STAFF))


def _read(connection: Connection, query: Query[RowT], **params: Any) -> list[RowT]:
    return [query.row(*row) for row in connection.execute(query.sql, query.bound(params)).fetchall()]
