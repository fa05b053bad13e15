"""Somebody guesses tracking codes with many accounts: docs/reliability.md, row 36.

`python -m tests.faults.brute_force_codes` prints how many guesses were answered in an hour, by account and over all,
and what the hits showed.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bot.actions.lookup import Another, TooMany, Wrong, look_up
from bot.domain.case import State
from tests.house import House, house

_SECRET = "نشانی و نام در این متن است"


@dataclass
class Guessed:
    """`wrong_by_account`: wrong guesses that were answered, one number an account."""

    tries: int = 0
    hits: int = 0
    paused: int = 0
    wrong_answered: int = 0
    personal_fields: int = 0
    wrong_by_account: list[int] = field(default_factory=list)


async def attack(home: House, accounts: int, guesses_each: int, cases: int = 20) -> Guessed:
    """Within one hour every account tries so many codes that pass the check digit; one in ten is a real one."""
    chance = random.Random(137)
    real = [(await home.files(1_000_000 + number, words=_SECRET)).code for number in range(cases)]
    found, wrong = Guessed(), Counter[int]()
    for account in range(1, accounts + 1):
        for _ in range(guesses_each):
            hit = chance.random() < 0.1
            code = chance.choice(real) if hit else home.city.codes.code(chance.randrange(100_000, 9_000_000))
            await _guess(home, account, code, found, wrong)
    found.wrong_by_account = sorted(wrong.values(), reverse=True)
    found.wrong_answered = sum(wrong.values())
    return found


async def _guess(home: House, account: int, code: str, found: Guessed, wrong: Counter[int]) -> None:
    async with home.work(account) as work:
        answer = await look_up(work, home.city, code)
    found.tries += 1
    match answer:
        case Wrong():
            wrong[account] += 1
        case TooMany():
            found.paused += 1
        case Another():
            found.hits += 1
            found.personal_fields += answer != Another(code, State.RECEIVED)


async def main(accounts: int = 500, guesses_each: int = 20) -> Guessed:
    """The whole attack, printed."""
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder)) as home:
            found = await attack(home, accounts, guesses_each)
    print(
        f"row 36: {found.tries} guesses by {accounts} accounts in an hour: {found.wrong_answered} wrong ones answered "
        f"(at most {found.wrong_by_account[0]} an account), {found.paused} paused, {found.hits} hits, "
        f"{found.personal_fields} personal fields shown"
    )
    return found


if __name__ == "__main__":
    asyncio.run(main())
