"""What the matrix beside does not say: the reason that somebody reads, and what forged buttons do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers import table
from tests.handlers.official.court import USERS, WORDS, Court, assemble
from tests.handlers.presses import press
from tests.house import house
from tests.moves import moves

_STATE = "SELECT state, version, (SELECT count(*) FROM additions), (SELECT count(*) FROM events) FROM cases ORDER BY id"


@pytest.fixture
async def court(tmp_path: Path) -> AsyncIterator[Court]:
    async with house(tmp_path) as home:
        yield await assemble(home)


def text(court: Court, name: str) -> str:
    return court.home.city.texts.line("fa", name)


async def test_each_sees_what_is_theirs(court: Court) -> None:
    home, ordinary, private = court.home, court.cases["new"].id, court.cases["private"].id
    assert WORDS in await press(home, USERS["reporter"], "m-open", private)
    assert WORDS in await press(home, USERS["dispatcher"], "v-open", ordinary)
    assert WORDS in await press(home, USERS["officer"], "v-open", ordinary)
    assert WORDS in await press(home, USERS["inspection"], "v-open", private)


async def test_a_role_that_is_gone_is_named_as_the_reason(court: Court) -> None:
    seen = await press(court.home, USERS["revoked"], "v-open", court.cases["new"].id)
    assert text(court, "err-not-allowed") in seen


async def test_a_case_that_went_on_to_another_unit_is_said_to_have_gone_and_shows_nothing_more(court: Court) -> None:
    case, words = court.cases["new"].id, "این کار در محدوده واحد ما نیست."
    await moves(court.home, USERS["officer"], case, "refer", department="green", words=words)
    seen = await press(court.home, USERS["officer"], "v-card", case)
    assert text(court, "desk-moved-away") in seen
    assert not court.leaks(seen)
    assert WORDS in await press(court.home, USERS["other"], "v-open", case)


async def test_a_case_that_became_confidential_is_not_even_said_to_have_gone(court: Court) -> None:
    case = court.cases["new"].id
    await moves(court.home, USERS["officer"], case, "recategorise", category="staff_service")
    seen = await press(court.home, USERS["officer"], "v-card", case)
    assert seen == await press(court.home, USERS["officer"], "v-card", 999_999_999)


async def test_a_forged_argument_breaks_nothing_and_moves_nothing(court: Court) -> None:
    before = await court.home.rows(_STATE)
    for verb in table.verbs():
        for argument in ("", "x", "-1", "9" * 30, "0", "1.2.3", "new.o" + "9" * 25):
            for name in ("reporter", "dispatcher", "inspection", "admin"):
                if verb != "d-yes":  # it erases who presses it, whatever it carries
                    await press(court.home, USERS[name], verb, argument)
    assert await court.home.rows(_STATE) == before
