"""What is due by the clock while the clock jumps and while nobody runs: rows 24 and 25 of docs/reliability.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.actions.pushes import held_for
from bot.clock import DAY, HOUR, MINUTE
from bot.schedule import Schedule
from tests.faults.report import Figure, Run
from tests.house import House, house
from tests.moves import done, moves
from tests.town import at_work

REPORTER, CIVIL, HEAD = 101, 102, 103


@dataclass
class Ran:
    """`jobs`: what became due and was done; `doubled` and `missed` of it; `at_night`: said while people sleep."""

    jobs: int
    doubled: int
    missed: int
    at_night: int


async def _open(home: House) -> None:
    home.clock.turn(at_work().turned)
    await home.gives(CIVIL, "officer", "civil")
    await home.gives(HEAD, "manager", "civil")


async def _arm(home: House, cases: int) -> None:
    """So many cases in which something is due within a week: a third each asked about, done, claimed."""
    for number in range(cases):
        case = (await home.files(REPORTER, "pothole")).id
        if number % 3 == 0:
            await moves(home, CIVIL, case, "ask", words="کدام کوچه؟")
        elif number % 3 == 1:
            await done(home, CIVIL, case)
        else:
            await moves(home, CIVIL, case, "claim")


async def _due(home: House) -> int:
    """Do what is due; answers the moment up to which at least all is done."""
    now = home.clock.now()
    await Schedule(home.store, home.clock, home.city).due()
    return now


async def count(home: House, now: int) -> Ran:
    """What became of everything that was due by now."""
    timers = await home.rows("SELECT id, job, subject_id, done_at, due_at FROM timers")
    missed = sum(not done_at and due_at <= now for _, _, _, done_at, due_at in timers)
    told = await home.rows(
        "SELECT collapse, count(*) FROM outbox WHERE collapse >= 'remind-' GROUP BY account_id, collapse"
    )
    events = await home.rows(
        "SELECT case_id, kind, count(*) FROM events WHERE kind IN ('not-answered', 'no-answer') GROUP BY case_id, kind"
    )
    ends = await home.rows("SELECT case_id, count(*) FROM outbox WHERE screen LIKE '%گذشت و به نوبت%' GROUP BY case_id")
    doubled = sum(number > 1 for *_, number in (*told, *events, *ends))
    ran = sum(bool(done_at) for _, _, _, done_at, _ in timers)
    return Ran(ran, doubled, missed, await _at_night(home))


async def _at_night(home: House) -> int:
    """Messages about cases to the reporter that may go out while they sleep."""
    rows = await home.rows(
        "SELECT max(o.due_at, o.created_at) FROM outbox o JOIN accounts a ON a.id = o.account_id"
        " WHERE a.user_id = ? AND o.case_id IS NOT NULL",
        REPORTER,
    )
    return sum(held_for(home.city, at) > 0 for (at,) in rows)


async def row_24(run: Run) -> list[Figure]:
    """Jumps while the clock has things to do; afterwards a year later everything has happened once."""
    cases = run.pick(9, 300)
    async with house(run.room("jumps")) as home:
        await _open(home)
        await _arm(home, cases)
        for jump in (HOUR, -HOUR, 2 * DAY, -HOUR, HOUR, 2 * DAY + HOUR, -HOUR, 3 * DAY, -HOUR, HOUR, 365 * DAY, HOUR):
            home.clock.turn(jump)
            await _due(home)
            await _due(home)
        await _morning(home)
        found = await count(home, await _due(home))
    jumps = f"{cases} cases, jumps of an hour back and forth, of days and of a year: {found.jobs} things done"
    ok = not (found.doubled or found.missed or found.at_night)
    return [
        Figure(
            24, "the clock jumps", "0 doubled, 0 missed", f"{jumps}, {found.doubled} doubled, {found.missed} missed", ok
        ),
        _tehran(home),
    ]


def _tehran(home: House) -> Figure:
    zone = home.city.pack.time.zone
    days = [datetime(2023, 1, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(365 * 20)]
    wrong = sum(day.astimezone(zone).utcoffset() != timedelta(hours=3, minutes=30) for day in days)
    measured = f"{len(days)} days from 2023 on: {wrong} not at +03:30"
    return Figure(24, "Tehran gave up summer time", "always +03:30", measured, not wrong)


async def _morning(home: House) -> None:
    """Until citizens may be disturbed."""
    home.clock.turn(held_for(home.city, home.clock.now()) + MINUTE)


async def row_25(run: Run) -> list[Figure]:
    """Off for three days, and back in the middle of a night."""
    cases = run.pick(9, 300)
    async with house(run.room("off")) as home:
        await _open(home)
        await _arm(home, cases)
        for _ in range(4):  # at work: what falls due in these days is done in them
            home.clock.turn(DAY - 2 * HOUR)
            await _morning(home)
            await _due(home)
        await _arm(home, cases)
        before = await home.rows("SELECT count(*) FROM events")
        zone = home.city.pack.time.zone
        hour = datetime.fromtimestamp(home.clock.now() / 1000, UTC).astimezone(zone).hour
        home.clock.turn(3 * DAY + (26 - hour) * HOUR)
        await _due(home)
        silent = before == await home.rows("SELECT count(*) FROM events")
        await _morning(home)
        await _due(home)
        found = await count(home, await _due(home))
    ok = silent and not (found.doubled or found.missed or found.at_night)
    measured = (
        f"{2 * cases} cases, off for three days: {found.jobs} things done, {found.doubled} doubled, "
        f"{found.missed} missed, {found.at_night} in the night"
    )
    return [Figure(25, "off for three days", "each once, 0 in the night", measured, ok)]
