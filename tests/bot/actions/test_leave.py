"""A reporter leaves a case that others share: what they said goes with them, and the case stays open."""

from __future__ import annotations

import orjson
import pytest

from bot.actions.add import Addition, add_to_case
from bot.actions.attach import FileSent
from bot.actions.file_case import undo_case
from bot.actions.withdraw import withdraw_case
from bot.domain.case import OPEN, State
from bot.domain.draft import Place
from bot.errors import NotFound, Refused
from bot.store import cases, search, tables
from bot.store.search import Sought
from bot.talk import screen as screens
from tests.house import House
from tests.moves import case_of, done, moves
from tests.shared import heard, joins, set_case, votes

REPORTER, FIRST, SECOND, DISPATCHER, ANOTHER = range(101, 106)
SECRETS = ("نارنجستان", "کوچهٔ زنبق", "انارفروش", "پلاک هفت")
PLACE = Place(35.1667, 47.8047, address=SECRETS[3], area="center", landmark="روبه‌روی انبار")


async def shared(home: House, *supporters: int) -> int:
    """A report full of its reporter's words and files, told to the dispatcher."""
    await home.gives(DISPATCHER, "dispatcher")
    filed = await home.files(REPORTER, words=SECRETS[0], place=PLACE, answer=SECRETS[1], public=True)
    await joins(home, filed.id, *supporters)
    for addition in (Addition(SECRETS[2]), Addition(file=FileSent("photo", "file"), bot="telegram:1")):
        await adds(home, REPORTER, filed.id, addition)
    return filed.id


async def adds(home: House, user: int, case_id: int, addition: Addition) -> None:
    async with home.work(user) as work:
        [case] = await work.query(cases.BY_ID, case_id=case_id)
        await add_to_case(work, home.city, case, addition)


async def leaves(home: House, case_id: int, user: int = REPORTER) -> None:
    version = (await case_of(home, case_id)).version
    async with home.work(user) as work:
        await withdraw_case(work, home.city, case_id, version)


async def person_of(home: House, user: int) -> int:
    [(person,)] = await home.rows("SELECT person_id FROM accounts WHERE user_id = ?", user)
    return int(person)


async def test_nothing_that_the_reporter_said_is_left_and_the_first_supporter_has_it(home: House) -> None:
    case_id = await shared(home, FIRST, SECOND)
    await adds(home, SECOND, case_id, Addition("سیم لخت است"))
    before = await case_of(home, case_id)
    await leaves(home, case_id)
    after = await case_of(home, case_id)
    assert (after.code, after.state, after.version) == (before.code, before.state, before.version)
    assert (after.person_id, after.supporters) == (await person_of(home, FIRST), 1)
    assert (after.lat, after.area, after.landmark, after.public) == (PLACE.lat, "center", "", False)
    for table in tables.metadata.sorted_tables:
        rows = str(await home.rows(f"SELECT * FROM {table.name}"))
        assert not any(secret in rows for secret in SECRETS), table.name
    assert await home.rows("SELECT count(*) FROM attachments WHERE case_id IS NOT NULL") == [(0,)]
    assert await home.rows("SELECT words FROM additions WHERE words <> ''") == [("سیم لخت است",)]


async def test_it_is_found_by_what_the_others_wrote_and_by_nothing_else(home: House) -> None:
    case_id = await shared(home, FIRST)
    await adds(home, FIRST, case_id, Addition("لخت"))
    await leaves(home, case_id)
    found = {}
    for word in ("لخت", *SECRETS[:1]):
        rows = await home.store.read(search.FOUND_OLDER, key=cases.NEWEST, most=9, **Sought(word).params())
        found[word] = [row.id for row in rows]
    assert found == {"لخت": [case_id], SECRETS[0]: []}


async def test_who_left_has_it_no_more_and_who_got_it_is_told(home: House) -> None:
    case_id = await shared(home, FIRST)
    await leaves(home, case_id)
    with pytest.raises(NotFound):
        await leaves(home, case_id)
    assert "نظر پایانی با شماست" in (await heard(home, FIRST))[-1]
    assert "کنار رفت" in (await heard(home, DISPATCHER))[-1]


async def test_what_was_said_to_supporters_still_reaches_them(home: House) -> None:
    case_id = await shared(home, FIRST, SECOND)
    await done(home, DISPATCHER, case_id)
    told = await heard(home, SECOND)
    await leaves(home, case_id)
    assert await heard(home, SECOND) == told


async def test_work_that_is_said_to_be_done_is_judged_by_whoever_has_it_now(home: House) -> None:
    case_id = await shared(home, FIRST, SECOND)
    await done(home, DISPATCHER, case_id)
    await votes(home, SECOND, case_id, "unsolved")
    await leaves(home, case_id)
    [screen] = (await home.rows("SELECT screen FROM outbox ORDER BY id DESC LIMIT 1"))[0]
    assert "w-say:" in str(screens.load(orjson.loads(screen)).rows)
    await moves(home, FIRST, case_id, "solved")
    assert (await case_of(home, case_id)).closed_how == "agreed"


async def test_who_did_the_work_does_not_become_its_judge_while_there_is_somebody_else(home: House) -> None:
    case_id = await shared(home, DISPATCHER, FIRST)
    await done(home, DISPATCHER, case_id)
    await leaves(home, case_id)
    assert (await case_of(home, case_id)).person_id == await person_of(home, FIRST)


async def test_whom_we_cannot_reach_has_it_only_when_nobody_else_is_there(home: House) -> None:
    case_id = await shared(home, FIRST, SECOND)
    [(account,)] = await home.rows("SELECT id FROM accounts WHERE user_id = ?", FIRST)
    async with home.work() as work:
        work.set(tables.accounts, account, reachable=False)
    await leaves(home, case_id)
    assert (await case_of(home, case_id)).person_id == await person_of(home, SECOND)
    await leaves(home, case_id, SECOND)
    assert (await case_of(home, case_id)).person_id == await person_of(home, FIRST)


async def test_taken_back_within_minutes_it_stays_with_who_joined_meanwhile(home: House) -> None:
    case_id = await shared(home, FIRST)
    async with home.work(REPORTER) as work:
        await undo_case(work, home.city, case_id)
    assert (await case_of(home, case_id)).state == State.RECEIVED


async def test_where_nobody_shares_it_it_is_withdrawn(home: House) -> None:
    case_id = await shared(home)
    await leaves(home, case_id)
    assert (await case_of(home, case_id)).state == State.CANCELLED


@pytest.mark.parametrize("state", sorted(OPEN))
async def test_whatever_its_state_it_stays_in_it(home: House, state: State) -> None:
    case_id = await shared(home, FIRST)
    await set_case(home, case_id, state=state)
    await leaves(home, case_id)
    assert (await case_of(home, case_id)).state == state


async def test_what_has_ended_is_left_by_nobody(home: House) -> None:
    case_id = await shared(home, FIRST)
    await set_case(home, case_id, state=State.CLOSED)
    with pytest.raises(Refused):
        await leaves(home, case_id)
