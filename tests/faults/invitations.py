"""One invitation, claimed by many at once, late, twice, taken back and by guessing: docs/reliability.md, row 37.

`python -m tests.faults.invitations` prints who got in.
"""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.actions.invite import accept_invitation, do_invite, revoke_invitation
from bot.clock import HOUR
from bot.errors import Refused
from tests.house import House, house


@dataclass
class Claimed:
    """Who got a role by which way; `readable`: codes that can be read in the database file."""

    at_once: int = 0
    winners: int = 0
    late_winners: int = 0
    revoked_winners: int = 0
    guessed: int = 0
    guess_winners: int = 0
    readable: int = 0


async def invite(home: House, role: str = "dispatcher") -> str:
    """The code of a new invitation."""
    async with home.work() as work:
        return do_invite(work, home.city.pack, role)


async def claim(home: House, user: int, code: str) -> bool:
    """Whether this person gets the role."""
    async with home.work(user) as work:
        try:
            await accept_invitation(work, home.city, code, f"person {user}")
        except Refused:
            return False
    return True


async def taken_back(home: House) -> str:
    """The code of an invitation that an admin has taken back."""
    admin, before = 900, await home.rows("SELECT id FROM invitations")
    await home.gives(admin, "admin")
    code = await invite(home)
    async with home.work(admin) as work:
        for (id_,) in set(await home.rows("SELECT id FROM invitations")) - set(before):
            await revoke_invitation(work, id_)
    return code


async def attack(home: House, claims: int, guesses: int) -> Claimed:
    """So many at once for one invitation, and for one that was taken back; then one that is too old, and guesses."""
    code, revoked = await invite(home), await taken_back(home)
    winners = sum(await asyncio.gather(*(claim(home, 1_000 + number, code) for number in range(claims))))
    after = sum(await asyncio.gather(*(claim(home, 5_000 + number, revoked) for number in range(claims))))
    old = await invite(home)
    home.clock.turn(home.city.pack.limits.invite_hours * HOUR)
    late = await claim(home, 2_000, old)
    guessed = [await claim(home, 3_000 + number, secrets.token_urlsafe(20)) for number in range(guesses)]
    raw = b"".join(path.read_bytes() for path in home.store.path.parent.glob(f"{home.store.path.name}*"))
    readable = sum(known.encode() in raw for known in (code, revoked, old))
    return Claimed(claims, winners, int(late), after, guesses, sum(guessed), readable)


async def main(claims: int = 1_000, guesses: int = 1_000) -> Claimed:
    """The whole attack, printed."""
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder)) as home:
            found = await attack(home, claims, guesses)
    print(
        f"row 37: {found.winners} of {found.at_once} claims at once, {found.revoked_winners} of one taken back, "
        f"{found.late_winners} after the end, {found.guess_winners} of {found.guessed} guesses; "
        f"codes readable in the database: {found.readable}"
    )
    return found


if __name__ == "__main__":
    asyncio.run(main())
