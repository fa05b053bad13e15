"""Reading cases: every query goes by an index, whatever the number of cases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from bot.store import cases, guesses, invitations, near, search
from bot.store.driver import Connection, connect
from bot.store.statements import Query
from bot.store.tables import metadata

VALUES: dict[str, int | str] = {
    **dict.fromkeys(("person_id", "key", "most", "case_id", "account_id", "message_id", "since", "allowed_before"), 1),
    **dict.fromkeys(("invitation_id", "me"), 1),
    "code": "1",
    "channel": "bale",
    "kind": "photo",
    "least": 0,
    "most_private": 0,
    "after": 0,
    "hash": "x",
    **dict.fromkeys(("west", "south", "east", "north", "until", "most_hidden"), 1),
    **dict.fromkeys(("squares", "desks"), "[]"),
    "category": "street_light",
    "match": '"x"',
}
QUERIES = {
    f"{module.__name__.rsplit('.', 1)[1]}.{name}": query
    for module in (cases, guesses, invitations, near, search)
    for name, query in vars(module).items()
    if isinstance(query, Query)
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A database with all tables and no rows."""
    with closing(connect(tmp_path_factory.mktemp("cases") / "x.db")) as connection:
        metadata.create_all(create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool))
        yield connection


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_looks_through_a_whole_table(empty: Connection, name: str) -> None:
    query = QUERIES[name]
    values = query.bound({key: VALUES[key] for key in query.needs})
    steps = [row[3] for row in empty.execute(f"EXPLAIN QUERY PLAN {query.sql}", values)]
    assert steps
    bounded = {step.replace("CO-ROUTINE", "SCAN") for step in steps if step.startswith("CO-ROUTINE")}  # has a limit
    scans = [step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE" not in step]
    assert [step for step in scans if step not in bounded] == []


@pytest.mark.parametrize("name", ["search.FOUND_OLDER", "search.FOUND_NEWER"])
def test_a_page_is_read_in_the_order_of_the_index_and_never_sorted(empty: Connection, name: str) -> None:
    query = QUERIES[name]
    values = query.bound({key: VALUES[key] for key in query.needs})
    steps = [row[3] for row in empty.execute(f"EXPLAIN QUERY PLAN {query.sql}", values)]
    assert any("case_index VIRTUAL TABLE" in step for step in steps)
    assert [step for step in steps if "TEMP B-TREE" in step] == []


@pytest.mark.parametrize(
    ("name", "index"),
    [("near.SIMILAR", "cases_spot"), ("near.SAME_PLACE", "cases_spot"), ("near.NEAREST_AT", "cases_field")],
)
def test_a_look_around_reads_only_the_squares_that_it_names(empty: Connection, name: str, index: str) -> None:
    query = QUERIES[name]
    values = query.bound({key: VALUES[key] for key in query.needs})
    steps = [row[3] for row in empty.execute(f"EXPLAIN QUERY PLAN {query.sql}", values)]
    assert [step for step in steps if f"SEARCH cases USING INDEX {index}" in step and "<expr>" in step]
