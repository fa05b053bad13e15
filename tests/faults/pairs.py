"""Two people move one case at once, and everybody moves everything in any order: row 45 of docs/reliability.md."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from hypothesis.errors import HypothesisException
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.report import Figure, Run
from tests.handlers.presses import press
from tests.house import House, house
from tests.life.ledger import Ledger
from tests.life.machine import Life, settings_of
from tests.moves import case_of, done, moves
from tests.town import at_work

REPORTER, CIVIL, COLLEAGUE, HEAD, CENTRE = range(101, 106)
Prepare = Callable[[House, int], Awaitable[object]]


@dataclass(frozen=True)
class Side:
    """Who presses what: `{case}` is the case."""

    user: int
    verb: str
    argument: str


async def _nothing(home: House, case: int) -> None:
    """It has just come."""


async def _accepted(home: House, case: int) -> None:
    await moves(home, CIVIL, case, "accept")


async def _asked(home: House, case: int) -> None:
    await moves(home, CIVIL, case, "ask", words="کدام کوچه؟")


async def _done(home: House, case: int) -> None:
    await done(home, CIVIL, case)


# What both press on the very same version of a case, and the events of which exactly one may be there afterwards.
PAIRS: tuple[tuple[Prepare, Side, Side, tuple[str, ...]], ...] = (
    (_nothing, Side(CIVIL, "v-move", "{case}.accept"), Side(COLLEAGUE, "v-move", "{case}.accept"), ("started",)),
    (
        _nothing,
        Side(CIVIL, "v-move", "{case}.claim"),
        Side(COLLEAGUE, "v-move", "{case}.accept"),
        ("claimed", "started"),
    ),
    (_accepted, Side(CIVIL, "v-move", "{case}.give-up"), Side(HEAD, "v-move", "{case}.urgent"), ("given-up", "urgent")),
    (_accepted, Side(CIVIL, "v-undo", "{case}"), Side(CENTRE, "v-move", "{case}.urgent"), ("taken-back", "urgent")),
    (_done, Side(REPORTER, "w-say", "{case}.solved"), Side(CIVIL, "v-undo", "{case}"), ("agreed", "taken-back")),
    (_done, Side(REPORTER, "w-say", "{case}.half"), Side(REPORTER, "w-say", "{case}.solved"), ("half", "agreed")),
    (_asked, Side(REPORTER, "m-drop-yes", "{case}"), Side(CIVIL, "v-undo", "{case}"), ("withdrawn", "taken-back")),
    (
        _nothing,
        Side(REPORTER, "m-drop-yes", "{case}"),
        Side(CIVIL, "v-move", "{case}.accept"),
        ("withdrawn", "started"),
    ),
)


@dataclass
class Met:
    """`won`: pairs of which exactly one moved the case; `lost`: both did, or neither; `mute`: losers told nothing."""

    pairs: int = 0
    won: int = 0
    lost: int = 0
    mute: int = 0


async def _meet(home: House, number: int, met: Met) -> None:
    prepare, one, other, kinds = PAIRS[number % len(PAIRS)]
    case = (await home.files(REPORTER, "pothole")).id
    await prepare(home, case)
    version = (await case_of(home, case)).version
    sides = (one, other) if number % 2 else (other, one)
    said = await asyncio.gather(
        *(press(home, side.user, side.verb, side.argument.format(case=case), version) for side in sides)
    )
    after = [kind for (kind,) in await home.rows("SELECT kind FROM events WHERE case_id = ? ORDER BY id", case)]
    moved = sum(after.count(kind) for kind in kinds) - (prepare is _accepted and "started" in kinds)
    met.pairs += 1
    met.won += moved == 1
    met.lost += moved != 1
    met.mute += not all(said)


async def collide(home: House, pairs: int) -> Met:
    """So many pairs, ten at once; each history is read again afterwards."""
    home.clock.turn(at_work().turned)
    await home.gives(CENTRE, "dispatcher")
    await home.gives(CIVIL, "officer", "civil")
    await home.gives(COLLEAGUE, "officer", "civil")
    await home.gives(HEAD, "manager", "civil")
    met, numbers = Met(), itertools.count()
    while met.pairs < pairs:
        await asyncio.gather(*(_meet(home, next(numbers), met) for _ in range(10)))
    return met


async def row_45(run: Run) -> list[Figure]:
    """Pairs, and the state machine for longer than in the tests."""
    async with house(run.room("pairs")) as home:
        met = await collide(home, run.pick(40, 1_000))
        illegal = await _illegal(home)
    measured = f"{met.pairs} pairs at once: {met.won} with one winner, {met.lost} lost or double, {illegal} illegal"
    ok = not (met.lost or met.mute or illegal)
    told = f"{measured} histories, {met.mute} told nothing"
    figures = [Figure(45, "two move one case at once", "0 lost updates, 0 illegal histories", told, ok)]
    if not run.short:
        figures.append(await asyncio.to_thread(_live, 250, 60))
    return figures


async def _illegal(home: House) -> int:
    try:
        await Ledger().check(home)
    except AssertionError:
        return 1
    return 0


def _live(runs: int, steps: int) -> Figure:
    broken = ""
    try:
        run_state_machine_as_test(Life, settings=settings_of(runs, steps))
    except (AssertionError, HypothesisException) as error:
        broken = str(error)[:200]
    measured = f"{runs} runs of {steps} steps: {broken or 'nothing broken'}"
    return Figure(45, "everybody does anything in any order", "nothing broken", measured, not broken)
