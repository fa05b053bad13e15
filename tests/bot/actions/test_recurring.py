"""What comes back at one place is asked about once: a case for who leads the unit, which nobody has reported."""

from __future__ import annotations

import orjson
import pytest

from bot.actions.similar import count_near, recurs, similar_to
from bot.clock import DAY
from bot.domain.case import State
from bot.domain.draft import Draft, Place
from bot.store import cases
from tests.house import STAFF, House
from tests.moves import case_of, done, moves
from tests.shared import heard, runs, set_case

FIRST, SECOND, THIRD, DISPATCHER, OFFICER, MANAGER, INSPECTOR = range(101, 108)
HOLE = "pothole"


def at(metres: float) -> Place:
    return Place(35.1667 + metres / 111_195, 47.8047, area="center", address="پلاک هفت")


async def holes(home: House, *metres: float, category: str = HOLE) -> list[int]:
    """Reports of different people, each so many metres north."""
    return [
        (await home.files(200 + number, category, words="نارنجستان", place=at(north))).id
        for number, north in enumerate(metres)
    ]


async def opened(home: House) -> list[int]:
    return [number for (number,) in await home.rows("SELECT id FROM cases WHERE channel = 'place' ORDER BY id")]


async def staffed(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    await home.gives(OFFICER, "officer", "civil")
    await home.gives(MANAGER, "manager", "civil")


async def test_the_third_of_a_kind_opens_a_case_for_the_manager(home: House) -> None:
    await staffed(home)
    made = await holes(home, 0, 20)
    assert await opened(home) == []
    made += await holes(home, 40)
    [number] = await opened(home)
    case = await case_of(home, number)
    [(manager,)] = await home.rows("SELECT person_id FROM accounts WHERE user_id = ?", MANAGER)
    assert (case.state, case.category, case.department, case.desk) == (State.RECEIVED, HOLE, "civil", "civil")
    assert (case.holder_id, case.address, case.public) == (manager, "", False)
    codes = [(await case_of(home, each)).code for each in made]
    assert all(f"{code[:4]} {code[4:]}" in case.words for code in codes)
    assert "نارنجستان" not in case.words
    [(data,)] = await home.rows("SELECT data FROM events WHERE case_id = ?", number)
    assert orjson.loads(data) == {"codes": codes}
    assert "چرا برمی‌گردد" in (await heard(home, MANAGER))[-1]


async def test_it_is_opened_once_in_the_packs_days_and_again_when_it_still_comes_back(home: House) -> None:
    await staffed(home)
    await holes(home, 0, 0, 0, 10, 20)
    assert len(await opened(home)) == 1
    home.clock.turn(91 * DAY)
    await holes(home, 0, 0)
    assert len(await opened(home)) == 1
    await holes(home, 0)
    assert len(await opened(home)) == 2


@pytest.mark.parametrize("metres", [(0, 0, 60), (0, 0)])
async def test_too_few_or_too_far_opens_nothing(home: House, metres: tuple[float, ...]) -> None:
    await staffed(home)
    await holes(home, *metres)
    assert await opened(home) == []


@pytest.mark.parametrize("state", [State.CANCELLED, State.MERGED])
async def test_what_was_taken_back_or_merged_away_does_not_count(home: House, state: State) -> None:
    await staffed(home)
    made = await holes(home, 0, 0)
    await set_case(home, made[0], state=state)
    await holes(home, 0)
    assert await opened(home) == []


async def test_reports_on_staff_and_those_without_a_topic_never_count(home: House) -> None:
    await staffed(home)
    await home.gives(INSPECTOR, "officer", "inspection")
    for category in (STAFF, "other"):
        await holes(home, 0, 0, 0, 0, category=category)
    assert await opened(home) == []


@pytest.mark.parametrize("people", [[], [("officer", "civil")], [("manager", "mayor_office")]])
async def test_whoever_is_there_it_is_on_the_desk_of_somebody(home: House, people: list[tuple[str, str]]) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    for number, role in enumerate(people):
        await home.gives(OFFICER + number, *role)
    await holes(home, 0, 0, 0)
    [number] = await opened(home)
    case = await case_of(home, number)
    assert case.desk == ("civil" if ("officer", "civil") in people else "center137")
    assert case.holder_id is None
    told = [user for user in (DISPATCHER, OFFICER) if any("چرا برمی‌گردد" in line for line in await heard(home, user))]
    assert len(told) == 1


async def test_it_is_worked_on_like_any_other_and_ends_by_the_clock_as_not_asked(home: House) -> None:
    await staffed(home)
    await holes(home, 0, 0, 0)
    [number] = await opened(home)
    await moves(home, MANAGER, number, "accept")
    await done(home, MANAGER, number)
    await runs(home, "silence", number)
    case = await case_of(home, number)
    assert (case.state, case.closed_how) == (State.CLOSED, "not-asked")


async def test_a_manager_may_hand_it_to_a_colleague(home: House) -> None:
    await staffed(home)
    await holes(home, 0, 0, 0)
    [number] = await opened(home)
    [(officer,)] = await home.rows("SELECT person_id FROM accounts WHERE user_id = ?", OFFICER)
    assert (await moves(home, MANAGER, number, "hand", colleague=officer)).holder_id == officer


async def test_citizens_are_not_offered_it_and_cards_do_not_count_it(home: House) -> None:
    await staffed(home)
    made = await holes(home, 0, 0, 0)
    [number] = await opened(home)
    async with home.work(FIRST) as work:
        offers = await similar_to(work, home.city, Draft(((0, "چاله"),), place=at(0), category=HOLE))
        assert {offer.id for offer in offers} == set(made)
        for each in (made[2], number):
            [case] = await work.query(cases.BY_ID, case_id=each)
            assert await recurs(work, home.city, case) == (3, 50, 90)
            assert await count_near(work, home.city, case) == (2 if each in made else 3)
