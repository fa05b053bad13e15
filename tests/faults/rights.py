"""Cases of others by button, by argument, by a role that is gone: row 35 of docs/reliability.md, by the matrix."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import case as domain
from handlers import table
from tests.faults.report import Figure, Run
from tests.handlers.official.court import Court, assemble
from tests.handlers.official.matrix import ARROWS, BUTTONS, PEOPLE
from tests.house import house


@dataclass
class Tried:
    presses: int = 0
    leaks: int = 0
    changes: int = 0


async def attack(court: Court) -> Tried:
    """Everybody presses every button about a case of each stage, theirs or not."""
    tried = Tried()
    for verb, button in BUTTONS.items():
        if "{case}" not in button.argument and button.dialogue != "desk-form":
            continue
        for name in PEOPLE:
            nothing, _ = await court.sees(name, verb, button, None)
            for case in (court.cases[button.stage], court.cases["private"]):
                mine = (button.private if case.private else button.who).split()
                seen, changes = await court.sees(name, verb, button, case)
                tried.presses += 1
                if name not in mine:
                    told = name in button.told.split() and (name == "inspection") == bool(case.private)
                    tried.leaks += court.leaks(seen) or (seen != nothing and not told)
                    tried.changes += changes
    return tried


async def row_35(run: Run) -> list[Figure]:
    """The registry says which actions there are, the table by hand who may."""
    async with house(run.room("rights")) as home:
        tried = await attack(await assemble(home))
    without = len(set(domain.ARROWS) ^ set(ARROWS)) + len(set(table.verbs()) ^ set(BUTTONS))
    covered = f"{len(ARROWS)} arrows and {len(BUTTONS)} buttons, {without} without a row"
    measured = (
        f"{covered}; {tried.presses} presses by {len(PEOPLE)} people: {tried.leaks} leaks, {tried.changes} changes"
    )
    ok = not (without or tried.leaks or tried.changes)
    return [Figure(35, "cases of others", "100 % of actions, 0 leaks", measured, ok)]
