"""The last move taken back within a minute, and what may have happened within it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.actions.holding import let_go, settle_desks
from bot.clock import DAY, MINUTE, SECOND
from bot.domain.case import State
from bot.errors import NotFound, Refused
from tests.house import House, house
from tests.moves import case_of, done, loses, moves, takes_back, told, turns
from tests.town import at_work

REPORTER, CENTRE, CIVIL, GREEN, STRANGER, INSPECTOR = range(101, 107)


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as made:
        made.clock.turn(at_work().turned)
        await made.gives(CENTRE, "dispatcher")
        await made.gives(CIVIL, "officer", "civil")
        await made.gives(GREEN, "officer", "green")
        await made.gives(INSPECTOR, "officer", "inspection")
        yield made


async def reason(home: House, user: int, case: int, version: int = 0) -> str:
    with pytest.raises(Refused) as refused:
        await takes_back(home, user, case, version)
    return refused.value.text


async def test_a_case_is_as_before_but_buttons_drawn_in_between_stay_old(home: House) -> None:
    case = (await home.files(REPORTER, "pothole")).id
    before = await case_of(home, case)
    moved = await moves(home, CIVIL, case, "accept")
    after = await takes_back(home, CIVIL, case)
    assert after.version > moved.version > before.version
    assert after._replace(version=before.version) == before


async def test_over_a_minute_ago_is_too_late(home: House) -> None:
    case = (await home.files(REPORTER, "pothole")).id
    await moves(home, CIVIL, case, "accept")
    home.clock.turn(MINUTE + SECOND)
    assert await reason(home, CIVIL, case) == "desk-undo-late"


async def test_what_the_citizen_said_meanwhile_is_the_reason_and_not_a_lack_of_access(home: House) -> None:
    case = (await home.files(REPORTER, "pothole")).id
    at = (await done(home, CIVIL, case)).version
    await moves(home, REPORTER, case, "cannot-tell")
    assert await reason(home, CIVIL, case, at) == "desk-undo-other"
    await moves(home, REPORTER, case, "solved")
    assert await reason(home, CIVIL, case, at) == "desk-undo-other"


async def test_the_move_of_another_is_not_taken_back(home: House) -> None:
    case = (await home.files(REPORTER, "pothole")).id
    await moves(home, CIVIL, case, "accept")
    for user in (CENTRE, GREEN, REPORTER, STRANGER):
        with pytest.raises(NotFound):
            await takes_back(home, user, case)


async def test_nothing_is_taken_back_twice(home: House) -> None:
    case = (await home.files(REPORTER, "pothole")).id
    version = (await moves(home, CIVIL, case, "accept")).version
    await takes_back(home, CIVIL, case, version)
    assert await reason(home, CIVIL, case, version) == "desk-undo-other"
    assert await reason(home, CIVIL, case) == "desk-undo-other"


async def test_a_question_that_stands_again_is_still_ended_by_the_clock(home: House) -> None:
    case = (await home.files(REPORTER, "pothole")).id
    await moves(home, CIVIL, case, "ask", words="کدام کوچه؟")
    await moves(home, CIVIL, case, "recategorise", category="tree_care")
    back = await takes_back(home, CIVIL, case)
    assert back.state == State.NEED_INFO
    for _ in range(3):
        await turns(home, 2 * DAY)
    assert (await case_of(home, case)).state == State.RECEIVED


async def test_done_that_was_taken_back_closes_nothing(home: House) -> None:
    case = (await home.files(REPORTER, "pothole")).id
    await done(home, CIVIL, case)
    await takes_back(home, CIVIL, case)
    said = len(await told(home, REPORTER))
    await turns(home, 9 * DAY)
    assert (await case_of(home, case)).state == State.IN_PROGRESS
    assert len(await told(home, REPORTER)) == said


async def test_it_does_not_go_back_to_who_left_within_that_minute(home: House) -> None:
    case = (await home.files(REPORTER, "pothole")).id
    held = await moves(home, CIVIL, case, "accept")
    await moves(home, CENTRE, case, "route", department="green")
    await loses(home, CIVIL)
    async with home.work() as work:
        await let_go(work, home.city, held.holder_id or 0)
    async with home.work() as work:
        await settle_desks(work, home.city)
    back = await takes_back(home, CENTRE, case)
    assert (back.department, back.desk, back.holder_id, back.state) == ("civil", "center137", None, State.REFERRED)
