"""Every verb about cases, pressed by everybody, on cases that are none of theirs.

The verbs come from the registry, so that a new button can't be forgotten here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.store import tables
from handlers import table
from tests.handlers.presses import press
from tests.house import LAMP, STAFF, House, house

REPORTER, STRANGER, DISPATCHER, REVOKED, INSPECTION, OFFICER, EDITOR = range(101, 108)
VERBS = [verb for verb in table.verbs() if verb.startswith(("m-", "v-"))]
LISTS = ("v-list", "v-below", "v-home", "v-next", "v-duty")
NOBODY = 999_999_999
WORDS = "پول خواست در اتاق هفت"
_STATE = "SELECT state, version, (SELECT count(*) FROM additions) FROM cases ORDER BY id"


@dataclass
class Office:
    home: House
    ordinary: int
    private: int
    codes: tuple[str, str]


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """One ordinary and one confidential case of the reporter, and officials of every kind."""
    async with house(tmp_path) as home:
        await home.gives(DISPATCHER, "dispatcher")
        await home.gives(INSPECTION, "officer", "inspection")
        await home.gives(OFFICER, "officer", "civil")
        await home.gives(EDITOR, "editor")
        person = await home.gives(REVOKED, "admin")
        [(role,)] = await home.rows("SELECT id FROM roles WHERE person_id = ?", person)
        async with home.work() as work:
            work.set(tables.roles, role, revoked_at=1)
        ordinary, private = await home.files(REPORTER, LAMP, WORDS), await home.files(REPORTER, STAFF, WORDS)
        yield Office(home, ordinary.id, private.id, (ordinary.code, private.code))


def leaks(office: Office, seen: str) -> bool:
    """Whether somebody saw a case: its words, topic, code or pin."""
    latin = seen.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
    codes = [f"{code[:4]} {code[4:]}" for code in office.codes]
    return any(secret in latin for secret in (WORDS, "روشنایی", "رفتار", "35.1667", *codes))


@pytest.mark.parametrize("who", [STRANGER, REVOKED, OFFICER, EDITOR])
async def test_whose_it_is_not_sees_and_changes_nothing(office: Office, who: int) -> None:
    before = await office.home.rows(_STATE)
    for verb in VERBS:
        for case in (office.ordinary, office.private):
            seen = await press(office.home, who, verb, case)
            assert not leaks(office, seen), verb
            assert seen == await press(office.home, who, verb, NOBODY), verb
    assert await office.home.rows(_STATE) == before


async def test_a_dispatcher_is_told_the_same_of_a_confidential_case_as_of_none(office: Office) -> None:
    for verb in VERBS:
        if verb in LISTS:
            assert office.codes[1][:4] not in await press(office.home, DISPATCHER, verb, "")
        else:
            seen = await press(office.home, DISPATCHER, verb, office.private)
            assert not leaks(office, seen), verb
            assert seen == await press(office.home, DISPATCHER, verb, NOBODY), verb


async def test_each_sees_what_is_theirs(office: Office) -> None:
    home = office.home
    assert WORDS in await press(home, REPORTER, "m-open", office.private)
    assert WORDS in await press(home, DISPATCHER, "v-open", office.ordinary)
    assert WORDS in await press(home, INSPECTION, "v-open", office.private)
    assert not leaks(office, await press(home, INSPECTION, "v-open", office.ordinary))


async def test_a_role_that_is_gone_is_named_as_the_reason(office: Office) -> None:
    refused = home_text(office, "err-not-allowed")
    assert refused in await press(office.home, REVOKED, "v-open", office.ordinary)


async def test_a_forged_argument_breaks_nothing(office: Office) -> None:
    for verb in table.verbs():
        for argument in ("", "x", "-1", "9" * 30, "0"):
            for who in (REPORTER, DISPATCHER):
                await press(office.home, who, verb, argument)


def home_text(office: Office, text: str) -> str:
    return office.home.city.texts.line("fa", text)
