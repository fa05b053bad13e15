"""Invitations: one wins, the code is kept nowhere, and a wrong wish is one clear line (docs/reliability.md, row 37)."""

from __future__ import annotations

import base64
import contextlib

import pytest

from bot.actions.invite import accept_invitation, check_wish
from bot.errors import OperatorError, Refused
from bot.store.person import Role
from bot.store.work import Arrival
from tests.faults.invitations import attack, invite
from tests.house import House

FIRST, SECOND = 101, 102


async def test_of_a_hundred_at_once_one_gets_in_and_nothing_in_the_database_opens_a_role(home: House) -> None:
    found = await attack(home, claims=100, guesses=20)
    assert (found.winners, found.late_winners, found.guess_winners, found.readable) == (1, 0, 0, 0)
    assert await home.rows("SELECT count(*) FROM roles WHERE role <> 'admin'") == [(1,)]


async def test_a_code_has_at_least_128_bits(home: House) -> None:
    code = await invite(home)
    assert len(base64.urlsafe_b64decode(code + "=")) * 8 >= 128


async def test_who_took_an_invitation_is_written_down(home: House) -> None:
    code = await invite(home)
    async with home.work(FIRST) as work:
        await accept_invitation(work, home.city, code, "مریم")
        person = work.person.id
    assert await home.rows("SELECT used_by, used_at > 0 FROM invitations") == [(person, 1)]
    assert await home.rows("SELECT name FROM people WHERE id > 0") == [("مریم",)]


async def test_the_role_holds_from_the_next_message_on(home: House) -> None:
    code = await invite(home)
    async with home.work(FIRST) as work:
        assert (await accept_invitation(work, home.city, code, "")).role == Role("dispatcher")
        assert work.person.official
    async with home.work(FIRST) as work:
        assert work.person.has("dispatcher")


async def test_a_second_claim_reads_that_it_was_used(home: House) -> None:
    code = await invite(home)
    async with home.work(FIRST) as work:
        await accept_invitation(work, home.city, code, "")
    async with home.work(SECOND) as work:
        with pytest.raises(Refused) as refused:
            await accept_invitation(work, home.city, code, "")
    assert refused.value.text == "invite-used"


@pytest.mark.parametrize(
    ("role", "department", "says"),
    [
        ("boss", "", "There is no role 'boss'"),
        ("officer", "", "needs a department"),
        ("manager", "moon", "There is no department 'moon'"),
        ("dispatcher", "civil", "belongs to no department"),
    ],
)
def test_a_wrong_wish_is_one_clear_line(role: str, department: str, says: str) -> None:
    from tests.house import a_city

    with pytest.raises(OperatorError, match=says) as error:
        check_wish(a_city().pack, role, department)
    assert "\n" not in str(error.value)


async def test_two_claims_in_one_batch_are_one_role(home: House) -> None:
    code = await invite(home)
    arrivals = [Arrival(number, str(number), number, number) for number in (FIRST, SECOND)]
    async with home.store.unit("telegram", "batch", arrivals) as unit:
        for arrival, wins in zip(arrivals, (True, False), strict=True):
            work = await unit.work(arrival)
            with contextlib.nullcontext() if wins else pytest.raises(Refused):
                await accept_invitation(work, home.city, code, "")
            unit.merge(work)
        await home.store.commit(unit)
    assert await home.rows("SELECT count(*) FROM roles") == [(1,)]
