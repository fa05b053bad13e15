"""The made-up cases are like a town's, the same each time, and every look at them answers."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.cases.building import database
from benchmarks.cases.comparing import show
from benchmarks.cases.looks import ALL
from benchmarks.cases.measuring import Figures, measure
from benchmarks.cases.town import Town
from bot.pack.pack import Pack
from bot.store.driver import connect
from bot.store.tables import IS_OPEN
from tests.house import a_city

SIZE = 400


@pytest.fixture(scope="module")
def pack() -> Pack:
    return a_city().pack


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> Path:
    return database(pack, SIZE, tmp_path_factory.mktemp("bench"))


def test_a_database_is_made_once_for_a_schema(made: Path, pack: Pack) -> None:
    before = made.stat().st_mtime_ns
    assert database(pack, SIZE, made.parent) == made
    assert made.stat().st_mtime_ns == before


def test_the_same_seed_makes_the_same_town(pack: Pack) -> None:
    one, other = (list(Town(pack, 50).cases()) for _ in range(2))
    assert one == other


def test_all_that_a_database_needs_is_there_again_after_the_filling(made: Path) -> None:
    with closing(connect(made)) as connection:
        assert connection.execute("SELECT count(*) FROM case_texts WHERE facets <> ''").fetchone() == (SIZE,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO case_index (case_index, rank) VALUES ('integrity-check', 1)")
        [(indexes, triggers)] = connection.execute(
            "SELECT sum(type = 'index' AND name LIKE 'cases_%'), sum(type = 'trigger') FROM sqlite_master"
        )
    assert (indexes, triggers) == (12, 9)


def test_three_of_a_hundred_are_open(pack: Pack) -> None:
    states = [made.row[5] for chunk in Town(pack, 20_000).cases() for made in chunk]
    ended = {"closed", "not_done", "merged", "cancelled"}
    assert all(f"'{state}'" in IS_OPEN for state in ended)
    assert 0.025 < sum(state not in ended for state in states) / len(states) < 0.035


async def test_every_look_answers_and_has_a_line(made: Path) -> None:
    figures = await measure(made, SIZE, ALL, runs=3)
    assert set(figures) == {look.name for look in ALL}
    assert len(show(ALL, [SIZE, SIZE], [figures, figures]).splitlines()) == len(ALL) + 2


def test_the_last_size_is_compared_with_the_first() -> None:
    line = show(ALL[:1], [1, 2, 3], [{ALL[0].name: Figures(1.0, p99)} for p99 in (2.0, 9.0, 5.0)]).splitlines()[-1]
    assert line.endswith("| 1.000 / 5.000 | 2.5 |")
