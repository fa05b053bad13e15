"""Joining a report of somebody else, leaving it again, and what becomes of it when accounts are joined or erased."""

from __future__ import annotations

import orjson
import pytest

from bot.actions.add import Addition, add_to_case
from bot.actions.erase import erase
from bot.actions.link import link, make_code
from bot.actions.lookup import Another, Found, Mine, look_up
from bot.actions.support import join, leave
from bot.domain.case import State
from bot.domain.link import hashed
from bot.errors import NotFound, Refused
from bot.store import cases, tables
from bot.talk import rich
from bot.talk import screen as screens
from tests.house import STAFF, House

REPORTER, SUPPORTER, ANOTHER, DISPATCHER, INSPECTOR = range(101, 106)


async def joins(home: House, user: int, case_id: int, channel: str = "telegram") -> None:
    async with home.work(user, channel) as work:
        await join(work, home.city, case_id)


async def refused(home: House, user: int, case_id: int) -> str:
    async with home.work(user) as work:
        with pytest.raises(Refused) as refusal:
            await join(work, home.city, case_id)
    return refusal.value.text


async def state(home: House, case_id: int, **values: object) -> None:
    async with home.work() as work:
        work.set(tables.cases, case_id, **values)


async def counted(home: House, case_id: int) -> tuple[int, int]:
    """What the case says of its supporters, and how many rows say that they are with it."""
    [(said,)] = await home.rows("SELECT supporters FROM cases WHERE id = ?", case_id)
    [(there,)] = await home.rows("SELECT count(*) FROM supporters WHERE case_id = ? AND left_at = 0", case_id)
    return said, there


async def test_who_joins_is_counted_and_moves_the_case_up(home: House) -> None:
    filed = await home.files(REPORTER)
    [before] = await home.rows("SELECT rank, version FROM cases")
    await joins(home, SUPPORTER, filed.id)
    [after] = await home.rows("SELECT rank, version FROM cases")
    assert await counted(home, filed.id) == (1, 1)
    assert after[0] < before[0]
    assert after[1] == before[1]
    assert await home.rows("SELECT kind, by FROM events ORDER BY id") == [("filed", "citizen"), ("joined", "supporter")]


async def test_what_cannot_be_joined_says_why(home: House) -> None:
    await home.gives(INSPECTOR, "officer", "inspection")
    filed, private = await home.files(REPORTER), await home.files(REPORTER, STAFF)
    assert await refused(home, REPORTER, filed.id) == "report-join-own"
    await joins(home, SUPPORTER, filed.id)
    assert await refused(home, SUPPORTER, filed.id) == "report-join-twice"
    await state(home, filed.id, state=State.CLOSED)
    assert await refused(home, ANOTHER, filed.id) == "report-join-ended"
    for case in (private.id, 1):
        async with home.work(ANOTHER) as work:
            with pytest.raises(NotFound):
                await join(work, home.city, case)
    assert await counted(home, filed.id) == (1, 1)


async def test_who_is_blocked_for_a_time_joins_nothing(home: House) -> None:
    filed = await home.files(REPORTER)
    async with home.work(SUPPORTER) as work:
        work.know(blocked_until=work.now + 60_000)
    assert await refused(home, SUPPORTER, filed.id) == "err-blocked"


async def test_who_left_may_come_back_and_is_one_person_all_the_while(home: House) -> None:
    filed = await home.files(REPORTER)
    for _ in range(2):
        await joins(home, SUPPORTER, filed.id)
        assert await counted(home, filed.id) == (1, 1)
        async with home.work(SUPPORTER) as work:
            await leave(work, filed.id)
        assert await counted(home, filed.id) == (0, 0)
    assert await home.rows("SELECT count(*) FROM supporters") == [(1,)]


async def test_who_was_never_with_it_leaves_nothing(home: House) -> None:
    filed = await home.files(REPORTER)
    async with home.work(ANOTHER) as work:
        with pytest.raises(NotFound):
            await leave(work, filed.id)


async def test_whoever_joins_a_merged_case_comes_to_where_it_went(home: House) -> None:
    old, new = await home.files(REPORTER), await home.files(ANOTHER)
    await state(home, old.id, state=State.MERGED, merged_into=new.id)
    await joins(home, SUPPORTER, old.id)
    assert await counted(home, old.id) == (0, 0)
    assert await counted(home, new.id) == (1, 1)


async def test_a_code_opens_the_case_for_supporters_and_shows_strangers_its_state(home: House) -> None:
    filed = await home.files(REPORTER)
    await joins(home, SUPPORTER, filed.id)
    found: list[Found] = []
    for user in (SUPPORTER, ANOTHER):
        async with home.work(user) as work:
            found.append(await look_up(work, home.city, filed.code))
    assert found == [Mine(filed.id), Another(filed.code, State.RECEIVED)]


async def test_what_has_become_confidential_is_its_reporters_alone(home: House) -> None:
    filed = await home.files(REPORTER)
    await joins(home, SUPPORTER, filed.id)
    await state(home, filed.id, private=True)
    async with home.work(SUPPORTER) as work:
        assert await look_up(work, home.city, filed.code) == Another(filed.code, State.RECEIVED)
        with pytest.raises(NotFound):
            await leave(work, filed.id)


async def test_what_a_supporter_adds_is_for_the_desk_and_answers_no_question_to_the_reporter(home: House) -> None:
    dispatcher = await home.gives(DISPATCHER, "dispatcher")
    filed = await home.files(REPORTER)
    await joins(home, SUPPORTER, filed.id)
    await state(home, filed.id, state=State.NEED_INFO, resume=State.RECEIVED, lat=None, lon=None)
    async with home.work(SUPPORTER) as work:
        [case] = await work.query(cases.BY_ID, case_id=filed.id)
        await add_to_case(work, home.city, case, Addition("سیم لخت است", pin=(35.1, 47.8, 5.0)))
    assert await home.rows("SELECT state, lat FROM cases") == [(State.NEED_INFO, None)]
    said = await home.rows(
        "SELECT a.person_id, o.screen FROM outbox o JOIN accounts a ON a.id = o.account_id ORDER BY o.id DESC LIMIT 1"
    )
    assert said[0][0] == dispatcher
    assert "همراهان" in rich.visible(screens.load(orjson.loads(said[0][1])).text)


async def test_a_stranger_adds_nothing(home: House) -> None:
    filed = await home.files(REPORTER)
    async with home.work(ANOTHER) as work:
        [case] = await work.query(cases.BY_ID, case_id=filed.id)
        with pytest.raises(NotFound):
            await add_to_case(work, home.city, case, Addition("سیم"))


@pytest.mark.parametrize("reporter", [REPORTER, SUPPORTER])
async def test_two_accounts_that_become_one_support_a_case_once_and_never_their_own(home: House, reporter: int) -> None:
    """The accounts are SUPPORTER on Telegram and ANOTHER on Bale; `reporter` filed the case."""
    filed = await home.files(reporter)
    if reporter != SUPPORTER:
        await joins(home, SUPPORTER, filed.id)
    await joins(home, ANOTHER, filed.id, "bale")
    await joins(home, DISPATCHER, filed.id)
    async with home.work(SUPPORTER) as work:
        code = make_code(work, home.city)
    async with home.work(ANOTHER, "bale") as work:
        await link(work, home.city, hashed(code))
    expected = 2 if reporter != SUPPORTER else 1
    assert await counted(home, filed.id) == (expected, expected)
    own = "SELECT count(*) FROM supporters s JOIN cases c ON c.id = s.case_id AND c.person_id = s.person_id"
    assert await home.rows(f"{own} WHERE s.left_at = 0") == [(0,)]


async def test_of_two_rows_of_one_person_the_one_that_is_not_over_stays(home: House) -> None:
    filed = await home.files(REPORTER)
    await joins(home, SUPPORTER, filed.id)
    async with home.work(SUPPORTER) as work:
        await leave(work, filed.id)
        code = make_code(work, home.city)
    await joins(home, ANOTHER, filed.id, "bale")
    async with home.work(ANOTHER, "bale") as work:
        await link(work, home.city, hashed(code))
    assert await counted(home, filed.id) == (1, 1)


async def test_who_is_forgotten_is_with_no_case_any_more_and_nothing_of_theirs_is_left(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    filed = await home.files(REPORTER)
    await joins(home, SUPPORTER, filed.id)
    async with home.work(SUPPORTER) as work:
        [case] = await work.query(cases.BY_ID, case_id=filed.id)
        await add_to_case(work, home.city, case, Addition("نارنجستان"))
    async with home.work(SUPPORTER) as work:
        await erase(work, home.city)
    assert await counted(home, filed.id) == (0, 0)
    for table in tables.metadata.sorted_tables:
        assert "نارنجستان" not in str(await home.rows(f"SELECT * FROM {table.name}")), table.name
    assert await home.rows("SELECT words FROM cases") == [("چراغ",)]
