"""An account that floods the city is closed for a time, by the centre, with a reason; and nothing more than that."""

from __future__ import annotations

import orjson
import pytest

from bot.actions.add import Addition, add_to_case
from bot.actions.block import block, step_for, unblock
from bot.actions.fields import Fields
from bot.actions.human import Letter
from bot.actions.human import ask as write_to_137
from bot.actions.move import as_whom, move_case
from bot.clock import DAY
from bot.errors import Refused
from bot.store.cases import BY_ID, CaseRow
from bot.store.work import Work
from tests.house import STAFF, House

REPORTER, DISPATCHER, ADMIN, OFFICER, INSPECTOR = range(101, 106)
WHY = "بیست گزارش ساختگی در یک ساعت"


@pytest.fixture
async def office(home: House) -> House:
    await home.gives(DISPATCHER, "dispatcher")
    await home.gives(ADMIN, "admin")
    await home.gives(OFFICER, "officer", "civil")
    await home.gives(INSPECTOR, "officer", "inspection")
    return home


async def load(work: Work, case_id: int) -> CaseRow:
    [case] = await work.query(BY_ID, case_id=case_id)
    return case


async def blocks(home: House, case_id: int, user: int = DISPATCHER, why: str = WHY) -> int:
    async with home.work(user) as work:
        return await block(work, home.city, await load(work, case_id), why)


async def adds(home: House, case_id: int, words: str = "باز هم", user: int = REPORTER) -> None:
    async with home.work(user) as work:
        await add_to_case(work, home.city, await load(work, case_id), Addition(words))


async def test_whoever_is_blocked_neither_adds_nor_writes_and_their_report_stays(office: House) -> None:
    case = (await office.files(REPORTER)).id
    before = office.clock.now()
    until = await blocks(office, case)
    assert 0 <= until - before - office.city.pack.limits.block_days * DAY < DAY
    with pytest.raises(Refused, match="err-blocked-words") as refused:
        await adds(office, case)
    assert callable(refused.value.args_["date"])
    async with office.work(REPORTER) as work:
        with pytest.raises(Refused, match="err-blocked-words"):
            await write_to_137(work, office.city, Letter("سلام"))
    assert await office.rows("SELECT state FROM cases") == [("received",)]


async def test_a_question_of_ours_is_answered_even_by_who_is_blocked(office: House) -> None:
    case = (await office.files(REPORTER)).id
    async with office.work(DISPATCHER) as work:
        row = await load(work, case)
        await move_case(work, office.city, as_whom(work, row), row, "ask", Fields("کدام کوچه؟"))
    await blocks(office, case)
    await adds(office, case, "کوچهٔ سوم")
    assert await office.rows("SELECT state FROM cases") == [("received",)]
    with pytest.raises(Refused, match="err-blocked-words"):
        await adds(office, case)


async def test_the_reason_is_asked_for_and_stays_beside_the_log(office: House) -> None:
    case = await office.files(REPORTER)
    with pytest.raises(Refused, match="desk-reason-short"):
        await blocks(office, case.id, why="هرزنامه")
    await blocks(office, case.id)
    [(kind, about, data)] = await office.rows("SELECT kind, about_id, data FROM staff_events")
    [(reporter,)] = await office.rows("SELECT person_id FROM accounts WHERE user_id = ?", REPORTER)
    assert (kind, about) == ("blocked", reporter)
    event = orjson.loads(data)["event"]
    assert await office.rows("SELECT words FROM remarks WHERE event_id = ?", event) == [(WHY,)]
    assert WHY not in data


@pytest.mark.parametrize("who", [OFFICER, INSPECTOR, REPORTER])
async def test_the_centre_alone_blocks(office: House, who: int) -> None:
    case = (await office.files(REPORTER)).id
    with pytest.raises(Refused, match="desk-only-centre"):
        await blocks(office, case, who)


async def test_neither_officials_nor_who_reported_in_confidence_are_blocked(office: House) -> None:
    secret, own = (await office.files(REPORTER, STAFF)).id, (await office.files(OFFICER)).id
    for case in (secret, own):
        with pytest.raises(Refused, match="desk-block-cannot"):
            await blocks(office, case)
    assert await office.rows("SELECT count(*) FROM people WHERE blocked_until > 0") == [(0,)]


async def test_a_second_block_and_a_second_opening_are_answered_kindly(office: House) -> None:
    case = (await office.files(REPORTER)).id
    await blocks(office, case)
    with pytest.raises(Refused, match="err-already"):
        await blocks(office, case)
    async with office.work(ADMIN) as work:
        await unblock(work, office.city, await load(work, case))
    async with office.work(DISPATCHER) as work:
        assert await step_for(work, await load(work, case)) == "block"
    await adds(office, case)
    kinds = await office.rows("SELECT kind FROM staff_events ORDER BY id")
    assert [kind for (kind,) in kinds] == ["blocked", "unblocked"]


async def test_a_script_cannot_ring_officials_all_day_by_one_report(office: House) -> None:
    case = (await office.files(REPORTER)).id
    most = office.city.pack.limits.additions_per_day
    for number in range(most):
        await adds(office, case, f"شمارهٔ {number}")
    with pytest.raises(Refused, match="case-add-many"):
        await adds(office, case)
    office.clock.turn(DAY)
    await adds(office, case)
