"""Reports by phone: the centre enters them and asks at the end; who has code and number takes theirs over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.actions.fields import Fields
from bot.actions.file_case import Filed
from bot.actions.lookup import Another, Phoned, TooMany, look_up
from bot.actions.move import as_whom, move_case
from bot.actions.phone import claim_case, file_phone_case
from bot.domain.case import Who
from bot.domain.draft import Draft
from bot.errors import NotFound, Refused
from bot.store import cases, tables
from bot.store.cases import CaseRow
from bot.talk import rich
from tests.house import PLACE, STAFF, House

DISPATCHER, OTHER, OFFICER, CALLER, STRANGER = range(101, 106)
HOLE = "pothole"
NUMBER = "09123456789"
DRAFT = Draft(((0, "چالهٔ بزرگ"),), place=PLACE, category=HOLE)


async def calls(home: House, number: str = NUMBER, category: str = HOLE) -> Filed:
    """A report that a dispatcher writes down."""
    async with home.work(DISPATCHER) as work:
        return await file_phone_case(work, home.city, replace(DRAFT, category=category), number)


async def case_of(home: House, filed: Filed) -> CaseRow:
    async with home.work() as work:
        case = await work.first(cases.BY_ID, case_id=filed.id)
    assert case is not None
    return case


async def moves(home: House, user: int, filed: Filed, arrow: str, **fields: object) -> list[str]:
    """Move it; answers what is said to others."""
    case = await case_of(home, filed)
    async with home.work(user) as work:
        await move_case(work, home.city, as_whom(work, case), case, arrow, Fields(**fields))  # type: ignore[arg-type]
        return [f"{said.chat_id}: {rich.visible(said.screen.text)}" for said in work.said]


async def done_by(home: House, user: int, filed: Filed) -> list[str]:
    await moves(home, user, filed, "accept")
    return await moves(home, user, filed, "done", words="چالهٔ کوچه پر و آسفالت آن صاف شد.", no_photo="شب بود")


@pytest.fixture(autouse=True)
async def centre(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    await home.gives(OTHER, "dispatcher")
    await home.gives(OFFICER, "officer", "civil")


async def test_it_is_a_case_of_somebody_without_an_account(home: House) -> None:
    filed = await calls(home)
    case = await case_of(home, filed)
    assert (case.channel, case.caller, case.desk) == ("phone", NUMBER, "civil")
    assert await home.rows("SELECT count(*) FROM accounts WHERE person_id = ?", case.person_id) == [(0,)]
    assert await home.rows("SELECT kind, by, to_state FROM events") == [("phone", "call", "received")]


@pytest.mark.parametrize("user", [OFFICER, CALLER])
async def test_only_the_centre_enters_one(home: House, user: int) -> None:
    async with home.work(user) as work:
        with pytest.raises(Refused, match="err-not-allowed"):
            await file_phone_case(work, home.city, DRAFT, NUMBER)
    assert await home.rows("SELECT count(*) FROM cases") == [(0,)]


async def test_code_and_number_together_make_it_theirs(home: House) -> None:
    filed = await calls(home)
    async with home.work(CALLER) as work:
        assert await look_up(work, home.city, filed.code) == Phoned(filed.id, filed.code, "received")
        claimed = await claim_case(work, home.city, filed.id, "+98 912 345 6789")
        assert isinstance(claimed, CaseRow)
        me = work.person.id
    case = await case_of(home, filed)
    assert case == claimed
    assert (case.person_id, case.channel, case.caller) == (me, "telegram", "")
    assert await home.rows("SELECT count(*) FROM events WHERE kind = 'claimed-by-caller'") == [(1,)]
    told = await moves(home, OFFICER, filed, "accept")
    assert any(line.startswith(f"{CALLER}: ") for line in told)


async def test_a_wrong_number_counts_as_a_guess_until_they_are_used_up(home: House) -> None:
    filed = await calls(home)
    for number in range(5):
        async with home.work(STRANGER) as work:
            assert await claim_case(work, home.city, filed.id, f"0912345670{number}") is None
    async with home.work(STRANGER) as work:
        assert isinstance(await claim_case(work, home.city, filed.id, NUMBER), TooMany)
        assert isinstance(await look_up(work, home.city, filed.code), TooMany)
    assert (await case_of(home, filed)).caller == NUMBER


async def test_without_a_number_it_stays_nobodys(home: House) -> None:
    filed = await calls(home, "")
    async with home.work(CALLER) as work:
        assert await look_up(work, home.city, filed.code) == Another(filed.code, "received")
        with pytest.raises(NotFound):
            await claim_case(work, home.city, filed.id, "")


async def test_who_has_seen_the_number_at_the_centre_does_not_take_it(home: House) -> None:
    filed = await calls(home)
    for user in (DISPATCHER, OTHER):
        async with home.work(user) as work:
            with pytest.raises(NotFound):
                await claim_case(work, home.city, filed.id, NUMBER)


async def test_the_second_who_claims_it_finds_it_gone(home: House) -> None:
    filed = await calls(home)
    async with home.work(CALLER) as work:
        await claim_case(work, home.city, filed.id, NUMBER)
    async with home.work(STRANGER) as work:
        assert await look_up(work, home.city, filed.code) == Another(filed.code, "received")
        with pytest.raises(NotFound):
            await claim_case(work, home.city, filed.id, NUMBER)


async def test_a_supporter_who_claims_it_supports_it_no_more(home: House) -> None:
    filed = await calls(home)
    async with home.work(CALLER) as work:
        work.add(tables.supporters, case_id=filed.id, person_id=work.person.id, created_at=work.now)
        work.set(tables.cases, filed.id, supporters=1)
    async with home.work(CALLER) as work:
        await claim_case(work, home.city, filed.id, NUMBER)
    assert await home.rows("SELECT supporters FROM cases") == [(0,)]
    assert await home.rows("SELECT count(*) FROM supporters WHERE left_at > 0") == [(1,)]


async def test_when_the_officer_says_done_the_centre_is_told_to_call(home: House) -> None:
    told = await done_by(home, OFFICER, await calls(home))
    called = [line for line in told if "زنگ بزنید" in line]
    assert {line.partition(":")[0] for line in called} == {str(DISPATCHER), str(OTHER)}


async def test_a_dispatcher_who_did_the_work_is_neither_told_to_call_nor_may_say_what_they_said(home: House) -> None:
    async with home.work() as work:
        for (role,) in await home.rows("SELECT id FROM roles WHERE department = 'civil'"):
            work.set(tables.roles, role, revoked_at=1)
    filed = await calls(home)
    told = await done_by(home, DISPATCHER, filed)
    assert [line.partition(":")[0] for line in told if "زنگ بزنید" in line] == [str(OTHER)]
    with pytest.raises(Refused):
        await moves(home, DISPATCHER, filed, "solved")
    await moves(home, OTHER, filed, "solved")
    assert (await case_of(home, filed)).closed_how == "agreed"


async def test_without_a_number_nobody_is_told_to_call(home: House) -> None:
    told = await done_by(home, OFFICER, await calls(home, ""))
    assert not any("زنگ بزنید" in line for line in told)


async def test_what_the_caller_said_is_theirs(home: House) -> None:
    filed = await calls(home)
    told = await moves(home, OFFICER, filed, "ask", words="کدام کوچه؟")
    assert any("کدام کوچه؟" in line and "زنگ بزنید" in line for line in told)
    told = await moves(home, OTHER, filed, "answer", words="کوچهٔ سوم")
    assert any("کوچهٔ سوم" in line and line.startswith(f"{OFFICER}:") for line in told)
    await done_by(home, OFFICER, filed)
    await moves(home, OTHER, filed, "half", words="هنوز کج است")
    assert (await case_of(home, filed)).state == "reopened"
    async with home.work(CALLER) as work:
        await claim_case(work, home.city, filed.id, NUMBER)
        me = work.person.id
    rows = await home.rows("SELECT words, person_id FROM additions ORDER BY id")
    assert rows == [("کوچهٔ سوم", me), ("هنوز کج است", me)]
    assert await home.rows("SELECT count(*) FROM remarks WHERE words = 'هنوز کج است'") == [(0,)]


async def test_a_caller_may_want_a_review_and_have_it_opened_again(home: House) -> None:
    filed = await calls(home)
    await moves(home, OFFICER, filed, "refuse", reason="budget", words="بودجهٔ امسال تمام شده است.")
    await moves(home, OTHER, filed, "contest", words="قبول ندارد")
    assert (await case_of(home, filed)).state == "contested"


async def test_of_staff_conduct_nobody_at_the_centre_sees_the_number(home: House) -> None:
    await home.gives(STRANGER, "officer", "inspection")
    filed = await calls(home, category=STAFF)
    case = await case_of(home, filed)
    async with home.work(DISPATCHER) as work:
        assert not as_whom(work, case) & {Who.CENTRE, Who.CALL}


async def test_cards_that_held_the_number_are_forgotten_when_it_is_claimed(home: House) -> None:
    filed = await calls(home)
    async with home.work(DISPATCHER) as work:
        shown = {
            "channel": "telegram",
            "chat_id": DISPATCHER,
            "priority": 1,
            "created_at": work.now,
            "case_id": filed.id,
        }
        work.add(
            tables.outbox, account_id=work.person.account_id, state="sent", screen=f'{{"text": "{NUMBER}"}}', **shown
        )
    async with home.work(CALLER) as work:
        await claim_case(work, home.city, filed.id, NUMBER)
    assert await home.rows("SELECT count(*) FROM outbox WHERE instr(screen, ?)", NUMBER) == [(0,)]
