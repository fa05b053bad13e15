"""Whatever people type finds what it says and harms nothing; what was filed before the index is found as well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store import schema, search
from bot.store.cases import NEWEST
from bot.store.driver import Connection, connect
from bot.store.search import LONGEST, Sought
from bot.store.statements import Statement
from bot.understand.normalise import normalise

CASE = {"private": 0, "category": "street_light"}


def put(connection: Connection, table: str, values: dict[str, Any]) -> None:
    """A row in which everything that must be there and is not told is 1."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    row = {name: 1 for _, name, _, must, default, key in columns if key or (must and default is None)} | values
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


def ask(connection: Connection, query: Statement, sought: Sought) -> list[Any]:
    values = query.bound({**sought.params(), "key": NEWEST if query is search.FOUND_OLDER else 0, "most": 5})
    return connection.execute(query.sql, values).fetchall()


@pytest.fixture(scope="module")
def one_case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A database with one case in it, and a transaction that is never committed."""
    path = tmp_path_factory.mktemp("search") / "a.db"
    schema.prepare(path)
    with closing(connect(path)) as connection:
        connection.execute("BEGIN")
        put(connection, "people", {})
        put(connection, "cases", CASE)
        yield connection


@given(st.text() | st.text("\"'*^():-+{}ANDORNOT_ \0x", min_size=1), st.text(), st.text())
def test_nothing_that_is_typed_does_harm(one_case: Connection, typed: str, key: str, other: str) -> None:
    narrow = Sought(typed, category=key, area=other, states=(key, other), desks=(other,))
    for sought in (Sought(typed), Sought(normalise(typed)), narrow, replace(narrow, least=1, most_private=1)):
        for query in (search.FOUND_OLDER, search.FOUND_NEWER, search.FOUND_COUNT):
            assert len(ask(one_case, query, sought)) <= 1


@given(st.lists(st.text(min_size=1), min_size=1, max_size=12))
def test_a_case_is_found_by_every_word_that_was_written(one_case: Connection, texts: list[str]) -> None:
    written = normalise(" ".join(texts))
    one_case.execute(search.SET_WORDS.sql, {"case_id": 1, "given": written[:LONGEST]})
    for words in (*written.split(), written):
        assert ask(one_case, search.FOUND_OLDER, Sought(words)), words
        assert not ask(one_case, search.FOUND_OLDER, Sought(f"nowhere {words}"))


def test_cases_of_the_version_before_are_found_after_the_step(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "a.db")) as connection:
        schema._migrate(connection, "0003")
        put(connection, "people", {})
        put(
            connection, "cases", CASE | {"words": "چراغ‌هاي كوچهٔ ۱۲ نمی‌سوزد", "address": "Shohada St.", "landmark": "پل"}
        )
        put(connection, "additions", {"words": "گڵۆپەکە؟"})
    schema.prepare(tmp_path / "a.db")
    with closing(connect(tmp_path / "a.db")) as connection:
        for typed in ("چراغ های", "نميسوزد", "کوچه 12", "shohada", "پل", "گڵۆپەکە"):
            assert ask(connection, search.FOUND_OLDER, Sought(normalise(typed), category="street_light")), typed
        connection.execute("INSERT INTO case_index (case_index, rank) VALUES ('integrity-check', 1)")
