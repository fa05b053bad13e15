"""Guessing codes: limited by account and over all, and a hit shows the state only (docs/reliability.md, row 36)."""

from __future__ import annotations

from dataclasses import fields

from bot.actions.lookup import Another, Found, Mine, TooMany, Wrong, look_up
from bot.clock import HOUR
from bot.store import tables
from tests.faults.brute_force_codes import attack
from tests.house import House

REPORTER, STRANGER = 101, 102


async def looks(home: House, user: int, code: str) -> Found:
    async with home.work(user) as work:
        return await look_up(work, home.city, code)


def test_a_hit_holds_nothing_but_code_and_state() -> None:
    """And of a suggestion that it is one, with the city's answer, which is its state."""
    assert [field.name for field in fields(Another)] == ["code", "state", "closed_how", "kind"]


async def test_how_a_report_ended_is_told_to_no_other_account(home: House) -> None:
    filed = await home.files(REPORTER)
    async with home.work() as work:
        work.set(tables.cases, filed.id, state="closed", closed_how="agreed")
    assert await looks(home, STRANGER, filed.code) == Another(filed.code, "closed")


async def test_ones_own_code_opens_even_when_the_guesses_are_used_up(home: House) -> None:
    filed = await home.files(REPORTER)
    for number in range(900, 906):
        await looks(home, REPORTER, home.city.codes.code(number))
    assert await looks(home, REPORTER, filed.code) == Mine(filed.id)


async def test_the_sixth_guess_is_told_when_the_first_will_be_an_hour_old(home: House) -> None:
    for number in range(900, 905):
        assert await looks(home, STRANGER, home.city.codes.code(number)) == Wrong()
    [(first,)] = await home.rows("SELECT min(at) FROM guesses")
    filed = await home.files(REPORTER)
    assert await looks(home, STRANGER, filed.code) == TooMany(first + HOUR)
    home.clock.turn(HOUR)
    assert await looks(home, STRANGER, filed.code) == Another(filed.code, "received")


async def test_looking_up_somebody_elses_code_rightly_costs_no_guess(home: House) -> None:
    filed = await home.files(REPORTER)
    for _ in range(10):
        assert await looks(home, STRANGER, filed.code) == Another(filed.code, "received")


async def test_many_accounts_together_get_no_further_than_the_limit_over_all(home: House) -> None:
    found = await attack(home, accounts=50, guesses_each=8)
    assert found.wrong_answered == 200
    assert max(found.wrong_by_account) == 5
    assert found.personal_fields == 0
    assert found.paused > 0
