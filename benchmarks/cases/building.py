"""The databases: made by the program's own steps, filled without its triggers and indexes, kept under `var/bench`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.cases.town import FIRST, OFFICIALS, STEP, Town
from bot.pack.pack import Pack
from bot.settings import ROOT
from bot.store import schema
from bot.store.driver import Connection, connect

FOLDER = ROOT / "var" / "bench"
MADE = 1  # raise it when other cases are made up: databases of an earlier number are made anew
COLUMNS = (
    "id, code, person_id, category, department, state, words, lat, lon, address, area, landmark, urgent, private, "
    "public, channel, target_at, holder_id, closed_how, desk, rank, reopened, supporters, "
    "created_at, updated_at, ended_at"
)
_DEFAULTS = {"version": 1, "sources": "'[]'", "answer": "''", "photo_missing": 0, "outside": 0, "lang": "'fa'"}
_MARKS = ", ".join("?" * len(COLUMNS.split(",")))
_CASES = "INSERT INTO cases ({}, {}) VALUES ({}, {})".format(
    COLUMNS, ", ".join(_DEFAULTS), _MARKS, ", ".join(map(str, _DEFAULTS.values()))
)
_PEOPLE = (
    "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ?) "
    "INSERT INTO people (id, lang, name, area, simple, focus, official_view, blocked_until, created_at, erased_at) "
    "SELECT id, 'fa', '', '', 0, '', 0, 0, 1, 0 FROM n"
)
_ACCOUNTS = (
    "INSERT INTO accounts (id, person_id, channel, user_id, chat_id, reachable, seen_at) "
    "SELECT id, id, 'telegram', id, id, 1, 1 FROM people"
)
_ROLES = "INSERT INTO roles (id, person_id, role, department, created_at, revoked_at) VALUES (?, ?, 'officer', ?, 1, 0)"
# What belongs to a case has the ids after it: events 1 to 4, an addition 5 for one of ten, files 6 and 7.
_EVENTS = (
    "INSERT INTO events (id, case_id, kind, at, person_id, by, from_state, to_state, data) "
    "SELECT id + {n}, id, '{kind}', created_at + {n} * 86400000, person_id, '{by}', '', '{state}', '{{}}' FROM cases "
    "WHERE {where}"
)
_TIMELINE = (
    {"n": 1, "kind": "filed", "by": "citizen", "state": "received", "where": "1"},
    {"n": 2, "kind": "referred", "by": "desk", "state": "referred", "where": "state <> 'received'"},
    {"n": 3, "kind": "started", "by": "desk", "state": "in_progress", "where": "state NOT IN ('received', 'referred')"},
    {"n": 4, "kind": "done", "by": "desk", "state": "done", "where": "state IN ('done', 'closed', 'reopened')"},
)
_ADDITIONS = (
    "INSERT INTO additions (id, case_id, person_id, words, created_at) "
    "SELECT id + 5, id, person_id, substr(words, 1, 40), created_at + 3600000 FROM cases WHERE (id / 20) % 10 = 0"
)
_FILES = (
    "INSERT INTO attachments (id, person_id, case_id, kind, bot, file_id, name, mime, size, state, sha256, inline, "
    "after, attempts, due_at, error, created_at) "
    "SELECT id + 6 + {after}, person_id, id, 'photo', 'telegram:1', 'x', '', '', 1, 'stored', '', 0, "
    "{after}, 0, 0, '', created_at FROM cases WHERE {where}"
)
_INDEX = "INSERT INTO case_index (rowid, words, facets) SELECT case_id, words, facets FROM case_texts ORDER BY case_id"
_FACETS = "'xs_' || state || ' xc_' || category || ' xa_' || area || ' xd_' || desk || ' xp_' || private"


def database(pack: Pack, size: int, folder: Path = FOLDER) -> Path:
    """The file with so many cases, made now where there is none of this schema. A million takes about a minute."""
    path = folder / f"cases-{size}-{schema.HEAD}-{MADE}.db"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"cases-{size}-*"):
        old.unlink()
    unready = path.with_suffix(".making")
    schema.prepare(unready)
    with closing(connect(unready)) as connection:
        _fill(connection, pack, size)
    unready.replace(path)
    return path


def _fill(connection: Connection, pack: Pack, size: int) -> None:
    town = Town(pack, size)
    for pragma in ("synchronous = OFF", "foreign_keys = OFF", "cache_size = -200000", "journal_mode = OFF"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("BEGIN")
    connection.execute(_PEOPLE, [town.people])
    connection.execute(_ACCOUNTS)
    with _bare(connection):
        for chunk in town.cases():
            connection.executemany(_CASES, [made.row for made in chunk])
            texts = [(made.words, made.row[0]) for made in chunk]
            connection.executemany("INSERT INTO case_texts (words, facets, case_id) VALUES (?, '', ?)", texts)
        connection.execute(f"UPDATE case_texts SET facets = (SELECT {_FACETS} FROM cases WHERE id = case_id)")
        connection.execute(_INDEX)  # case after case, as it grows by itself
        for event in _TIMELINE:
            connection.execute(_EVENTS.format(**event))
        connection.execute(_ADDITIONS)
        connection.execute(_FILES.format(after=0, where="(id / 20) % 3 > 0"))
        connection.execute(_FILES.format(after=1, where="state IN ('done', 'closed') AND (id / 20) % 2 = 0"))
    desks = list(pack.departments)
    connection.executemany(_ROLES, [(at, at, desks[at % len(desks)]) for at in range(1, OFFICIALS + 1)])
    last = FIRST + STEP * (size + 1)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [("ids", str(last)), ("numbers", str(size))])
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL").fetchall()


@contextmanager
def _bare(connection: Connection) -> Iterator[None]:
    """Without triggers and without the indexes that are made faster at the end."""
    tables = "'cases', 'case_texts', 'events', 'attachments', 'additions'"
    made = connection.execute(
        f"SELECT type, name, sql FROM sqlite_master "
        f"WHERE tbl_name IN ({tables}) AND type IN ('index', 'trigger') AND sql <> ''"
    ).fetchall()
    for kind, name, _ in made:
        connection.execute(f"DROP {kind} {name}")
    yield
    for _, _, sql in made:
        connection.execute(sql)
