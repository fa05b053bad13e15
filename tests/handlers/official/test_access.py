"""Every verb about cases, pressed by everybody, on cases that are none of theirs.

The verbs come from the registry, so that a new button can't be forgotten here.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.actions.invite import do_invite
from bot.store import tables
from handlers import table
from tests.handlers.presses import press
from tests.house import LAMP, STAFF, House, house

REPORTER, STRANGER, DISPATCHER, REVOKED, INSPECTION, OFFICER, EDITOR, ADMIN, MANAGER = range(101, 110)
_users = itertools.count(1_000)
VERBS = [verb for verb in table.verbs() if verb.startswith(("m-", "v-", "a-", "j-"))]
LISTS = ("v-list", "v-below", "v-home", "v-next", "v-duty")
PEOPLE = {  # verb: who may, by a button with this argument
    "a-people": ("", {"admin", "manager"}),
    "a-one": ("officer", {"admin", "manager"}),
    "a-ask": ("role", {"admin", "manager"}),
    "a-revoke": ("role", {"admin", "manager"}),
    "a-roles": ("", {"admin", "manager"}),
    "a-units": ("manager.", {"admin", "manager"}),
    "a-make": ("officer.civil", {"admin", "manager"}),
    "a-open": ("", {"admin", "manager"}),
    "a-log": ("", {"admin"}),
    "a-void": ("invitation", {"admin", "manager"}),
}
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


async def test_only_admins_and_managers_reach_the_people(office: Office) -> None:
    home = office.home
    assert {verb for verb in table.verbs() if verb.startswith("a-")} == set(PEOPLE)
    await home.gives(ADMIN, "admin")
    await home.gives(MANAGER, "manager", "civil")
    refused = home_text(office, "err-not-allowed")
    people = {
        "manager": MANAGER,
        "admin": ADMIN,
        "dispatcher": DISPATCHER,
        "officer": OFFICER,
        "inspection": INSPECTION,
    }
    for verb, (argument, allowed) in PEOPLE.items():
        for name, who in ({"editor": EDITOR, "stranger": STRANGER, "revoked": REVOKED} | people).items():
            seen = await press(home, who, verb, await argument_of(office, argument))
            assert (refused not in seen) == (name in allowed), (verb, name)


async def argument_of(office: Office, kind: str) -> str:
    """A fresh subject for a button: an officer of the manager's department with their role, or an open invitation."""
    home = office.home
    if kind == "invitation":
        async with home.work() as work:
            do_invite(work, home.city.pack, "officer", "civil")
        [(found,)] = await home.rows("SELECT max(id) FROM invitations")
    elif kind in ("officer", "role"):
        user = next(_users)
        person = await home.gives(user, "officer", "civil")
        [(role,)] = await home.rows("SELECT id FROM roles WHERE person_id = ?", person)
        found = person if kind == "officer" else role
    else:
        found = kind
    return str(found)


async def test_a_forged_argument_breaks_nothing(office: Office) -> None:
    for verb in table.verbs():
        for argument in ("", "x", "-1", "9" * 30, "0"):
            for who in (REPORTER, DISPATCHER):
                await press(office.home, who, verb, argument)


def home_text(office: Office, text: str) -> str:
    return office.home.city.texts.line("fa", text)
