"""Everybody who has to do with cases, as the rules of a case's life see them. Rights by hand, not from the code."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from bot.clock import TurnedClock
from bot.store import tables
from bot.store.store import Store
from tests.house import House, a_city
from tests.moves import loses
from tests.town import at_work

REPORTER, SECOND, SUPPORTER = 7_700_990_011, 7_700_990_022, 7_700_990_033
CIVIL, GREEN, HEAD, FIRST, OTHER, ADMIN, MAYORS, INSPECTOR, EDITOR, REVOKED = range(201, 211)
NAMES = {REPORTER: "Sohrab Reporterpour", SECOND: "Mahin Secondzadeh", SUPPORTER: "Kaveh Supporti"}
ROLES = {
    CIVIL: ("officer", "civil"),
    GREEN: ("officer", "green"),
    HEAD: ("manager", "civil"),
    FIRST: ("dispatcher", ""),
    OTHER: ("dispatcher", ""),
    ADMIN: ("admin", ""),
    MAYORS: ("manager", "mayor_office"),
    INSPECTOR: ("officer", "inspection"),
    EDITOR: ("editor", ""),
    REVOKED: ("officer", "civil"),
}
EVERYBODY = (*NAMES, *ROLES)
COME_AND_GO = (CIVIL, GREEN, HEAD, OTHER, MAYORS, INSPECTOR, REVOKED)  # an admin and a dispatcher always stay
Held = dict[int, list[tuple[str, str]]]
"""Roles by person's id."""


def works(roles: list[tuple[str, str]], desk: str, private: bool) -> bool:
    """Whether somebody with these roles is one of those at whose desk a case is."""
    for role, department in roles:
        leads = role == "manager" and department == "mayor_office"
        belongs = role in ("officer", "manager") and department == desk
        central = desk == "center137" and role in ("dispatcher", "admin")
        if (belongs and desk == "inspection") or (leads and belongs) if private else (central or belongs):
            return True
    return False


def reads_private(held: Held, person: int) -> bool:
    """Inspection, and only while nobody is there who leads the mayor's office."""
    mine = held.get(person, [])
    if any(department == "inspection" for roles in held.values() for _, department in roles):
        return any(department == "inspection" for _, department in mine)
    return ("manager", "mayor_office") in mine


async def open_house(folder: Path) -> House:
    """The city with all of them, at work; a copy of one that was made once."""
    clock = TurnedClock()
    clock.turn(at_work().turned)
    path = folder / "life.db"
    if (made := _made()).exists():
        shutil.copy(made, path)
        return House(await Store.open(path, clock), a_city(), clock)
    home = House(await Store.open(path, clock), a_city(), clock)
    await _settle_in(home)
    await home.store.close()
    shutil.copy(path, made)
    return House(await Store.open(path, clock), a_city(), clock)


@cache
def _made() -> Path:
    return Path(tempfile.mkdtemp(prefix="life-")) / "made.db"


async def _settle_in(home: House) -> None:
    for user, name in NAMES.items():
        async with home.work(user) as work:
            work.know(name=name)
    for user, (role, department) in ROLES.items():
        await home.gives(user, role, department)
    await loses(home, REVOKED)


async def reach(home: House, user: int, *, reachable: bool) -> None:
    """This person blocks the bot, or comes back."""
    [(account,)] = await home.rows("SELECT id FROM accounts WHERE user_id = ?", user)
    async with home.work() as work:
        work.set(tables.accounts, account, reachable=reachable)
