"""Departments get and lose people, and no case is ever on nobody's desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import orjson
import pytest

from bot.actions.holding import let_go, settle_desks
from bot.actions.people import revoke
from bot.actions.sight import sight_of
from bot.clock import HOUR
from bot.domain.case import State
from bot.store import tables
from bot.store.desk import HERE
from tests.house import STAFF, House, house
from tests.moves import case_of, done, loses, moves, told, turns
from tests.town import at_work

REPORTER, CENTRE, CIVIL, COLLEAGUE, HEAD, INSPECTOR, MAYORS, ADMIN = range(101, 109)


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as made:
        made.clock.turn(at_work().turned)
        await made.gives(CENTRE, "dispatcher")
        yield made


async def settles(home: House) -> None:
    async with home.work() as work:
        await settle_desks(work, home.city)


async def goes(home: House, user: int) -> None:
    """Loses their roles, as an admin would take them."""
    await loses(home, user)
    [(person,)] = await home.rows("SELECT person_id FROM accounts WHERE user_id = ?", user)
    async with home.work() as work:
        await let_go(work, home.city, person)
    await settles(home)


async def in_mine(home: House, user: int) -> list[int]:
    """The cases in this person's list of their own."""
    async with home.work(user) as work:
        sight = await sight_of(work, work.person)
        bounds = {"desks": orjson.dumps(sight.desks).decode(), "private": int(sight.private), "now": 0, "soon": 0}
        rows = await work.query(HERE["mine"].older, key=-1, most=9, me=work.person.id, **bounds)
        return [row.case_id for row in rows]


async def test_a_department_that_loses_its_last_officer_leaves_its_cases_to_the_centre(home: House) -> None:
    await home.gives(CIVIL, "officer", "civil")
    new, held, asked = [(await home.files(REPORTER, "pothole")).id for _ in range(3)]
    for case in (held, asked):
        await moves(home, CIVIL, case, "accept")
    await moves(home, CIVIL, asked, "ask", words="کدام کوچه؟")
    await goes(home, CIVIL)
    for case, state in ((new, State.RECEIVED), (held, State.REFERRED), (asked, State.NEED_INFO)):
        row = await case_of(home, case)
        assert (row.desk, row.department, row.holder_id, row.state) == ("center137", "civil", None, state)
    assert (await moves(home, REPORTER, asked, "answer", words="سوم")).state == State.REFERRED


async def test_who_blocks_the_bot_as_the_last_of_a_department_holds_nothing_any_more(home: House) -> None:
    await home.gives(CIVIL, "officer", "civil")
    case = (await home.files(REPORTER, "pothole")).id
    await moves(home, CIVIL, case, "accept")
    async with home.work(CIVIL) as work:
        work.set(tables.accounts, work.person.account_id, reachable=False)
    await settles(home)
    row = await case_of(home, case)
    assert (row.desk, row.holder_id, row.state) == ("center137", None, State.REFERRED)
    await moves(home, CENTRE, case, "accept")


async def test_what_the_dispatcher_works_on_stays_with_them_when_the_department_gets_people(home: House) -> None:
    held, new = [(await home.files(REPORTER, "pothole")).id for _ in range(2)]
    await moves(home, CENTRE, held, "accept")
    await home.gives(CIVIL, "officer", "civil")
    await settles(home)
    assert (await case_of(home, held)).desk == "center137"
    assert (await case_of(home, new)).desk == "civil"
    assert (await done(home, CENTRE, held)).state == State.DONE


async def test_a_colleague_goes_and_only_what_they_held_is_let_go(home: House) -> None:
    await home.gives(CIVIL, "officer", "civil")
    await home.gives(COLLEAGUE, "officer", "civil")
    mine, theirs = [(await home.files(REPORTER, "pothole")).id for _ in range(2)]
    await moves(home, CIVIL, mine, "accept")
    kept = await moves(home, COLLEAGUE, theirs, "accept")
    await goes(home, CIVIL)
    assert (await case_of(home, mine)).desk == "civil"
    assert (await case_of(home, mine)).holder_id is None
    assert (await case_of(home, theirs)).holder_id == kept.holder_id


async def test_staff_conduct_comes_to_inspection_once_it_has_people_and_leaves_the_mayors_office(home: House) -> None:
    await home.gives(MAYORS, "manager", "mayor_office")
    case = (await home.files(REPORTER, STAFF)).id
    await moves(home, MAYORS, case, "accept")
    assert await in_mine(home, MAYORS) == [case]
    await home.gives(INSPECTOR, "officer", "inspection")
    await settles(home)
    row = await case_of(home, case)
    assert (row.desk, row.holder_id) == ("inspection", None)
    assert await in_mine(home, MAYORS) == []


async def test_an_inspector_who_went_elsewhere_is_told_nothing_of_what_they_once_did(home: House) -> None:
    await home.gives(INSPECTOR, "officer", "inspection")
    await home.gives(HEAD, "manager", "inspection")
    case = (await home.files(REPORTER, STAFF)).id
    await done(home, INSPECTOR, case)
    await goes(home, INSPECTOR)
    await home.gives(INSPECTOR, "officer", "civil")
    said = len(await told(home, INSPECTOR))
    await moves(home, REPORTER, case, "solved")
    assert len(await told(home, INSPECTOR)) == said


async def test_what_the_last_officer_held_is_let_go_once_when_their_role_is_taken(home: House) -> None:
    await home.gives(ADMIN, "admin")
    await home.gives(CIVIL, "officer", "civil")
    case = (await home.files(REPORTER, "pothole")).id
    await moves(home, CIVIL, case, "accept")
    [(role,)] = await home.rows("SELECT id FROM roles WHERE department = 'civil'")
    async with home.work(ADMIN) as work:
        await revoke(work, home.city, role)
    kinds = await home.rows("SELECT kind FROM events WHERE case_id = ? ORDER BY id", case)
    assert [kind for (kind,) in kinds] == ["filed", "started", "given-up"]
    assert (await case_of(home, case)).desk == "center137"


async def test_who_had_it_open_at_the_mayors_office_is_not_told_when_that_is_over(home: House) -> None:
    await home.gives(MAYORS, "manager", "mayor_office")
    case = (await home.files(REPORTER, STAFF)).id
    await moves(home, MAYORS, case, "claim")
    await home.gives(INSPECTOR, "officer", "inspection")
    await settles(home)
    said = len(await told(home, MAYORS))
    await turns(home, HOUR)
    assert (await case_of(home, case)).claimed_by is None
    assert len(await told(home, MAYORS)) == said
