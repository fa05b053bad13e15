"""Updates that come twice, out of order, broken, failing, or that kill: rows 5, 6, 7, 8."""

from __future__ import annotations

import asyncio
import time

from bot.sandbox.server import serve
from bot.sandbox.world import Sandbox
from bot.store import inbox
from tests.acting import settled
from tests.faults.citizens import Citizen, Ledger
from tests.faults.desk import Desk, desk
from tests.faults.kills import taken
from tests.faults.points import POISON
from tests.faults.report import Figure, Run
from tests.faults.service import Service, look
from tests.town import living

BATCH = 100


async def row_5(run: Run) -> list[Figure]:
    """Everybody files one report while the platform doubles, shuffles and repeats."""
    reports, at_once = run.pick(20, 1_700), 40
    folder = run.room("doubles")
    async with living(folder, TELEGRAM_RATE="100000") as town:
        platform = town.sandbox.telegram
        platform.calls.record = False
        for kind in ("doubled", "disordered", "replayed"):
            platform.faults.add(kind, "getUpdates", chance=0.6)
        ledger, turn = Ledger(), asyncio.Semaphore(at_once)

        async def one() -> None:
            async with turn:
                number = ledger.next()
                await Citizen(platform.person(str(number)), number, ledger).files(within=120)

        await asyncio.gather(*(one() for _ in range(reports)))
        await platform.bot.updates.drained(30)
        await settled(town)
        ((updates,),) = await town.rows("SELECT count(*) FROM inbox")
        ((cases, words),) = await town.rows("SELECT count(*), count(DISTINCT words) FROM cases")
        ((failed,),) = await town.rows("SELECT count(*) FROM failed_updates")
        ((rows,),) = await town.rows("SELECT count(*) FROM outbox WHERE state = 'sent'")
        written = taken(platform)
        polls = platform.calls.count("getupdates")
    double_messages = max(written - rows, 0)
    good = cases == words == reports and not failed and not double_messages and len(ledger.codes) == reports
    measured = (
        f"{updates} updates in {polls} deliveries, doubled, shuffled and repeated: {reports} reports, {cases} cases, "
        f"{double_messages} double messages, {failed} failed"
    )
    return [Figure(5, "update delivered twice, out of order, again", "0 double cases, messages", measured, good)]


async def row_6(run: Run) -> list[Figure]:
    count, folder = run.pick(50, 1_000), run.room("ids")
    async with desk(folder) as door:
        for text in ("before", "after"):
            batch = [door.update(f"{text} {number}", number=number) for number in range(1, count + 1)]
            for start in range(0, count, BATCH):
                await door.intake.take(batch[start : start + BATCH])
        swallowed = 2 * count - len(door.handled)
    measured = f"{count} ids used again with another body: {swallowed} swallowed"
    return [Figure(6, "same update id, new body", "0 swallowed", measured, swallowed == 0)]


async def row_7(run: Run) -> list[Figure]:
    """One handler in each batch of a hundred raises; then the mistake is mended and `retry` asked for."""
    batches, folder = run.pick(2, 100), run.room("raises")
    async with desk(folder) as door:
        for number in range(batches):
            texts = [f"{number} {each}" for each in range(BATCH - 1)]
            texts.insert(number % BATCH, "boom")
            await door.intake.take([door.update(text, user) for user, text in enumerate(texts, 1)])
        handled, failed = len(door.handled), await door.failed()
        traced = sum("Traceback" in error and "ValueError" in error for _, error, _, _ in failed)
        ((sorry,),) = await door.store.look("SELECT count(*) FROM outbox WHERE screen LIKE '%مشکلی در سامانه%'")
        again, twice = await _mended(door, batches)
    good = handled == batches * (BATCH - 1) and traced == sorry == again == batches and not twice
    measured = (
        f"{batches} batches of {BATCH} with one bad update each: {handled} handled, {traced} kept with traceback, "
        f"{sorry} apologies; after the mend {again} run again, {twice} of them twice"
    )
    return [Figure(7, "a handler raises", "99 of 100 handled, all bad kept, 100 % retried once", measured, good)]


async def _mended(door: Desk, failed: int) -> tuple[int, int]:
    """How many ran again, and how many of them more than once."""
    del door.deeds["boom"]
    await door.store.at_once(inbox.WANT_AGAIN)
    before = len(door.handled)
    for _ in range(failed // BATCH + 3):
        door.clock.advance(3)  # type: ignore[attr-defined]
        await door.intake._again()
    done = sum(state == "done" for _, _, state, _ in await door.failed())
    return done, len(door.handled) - before - done


async def row_8(run: Run) -> list[Figure]:
    """Whoever supervises the service starts it again each time that it dies."""
    sandbox = Sandbox()
    async with serve(sandbox) as server:
        service = Service(server, run.room("poison"), ("telegram",), ("-m", "tests.faults.points", "poison"))
        run.logs.append(service.log)
        platform = sandbox.telegram
        platform.person("villain").says(POISON)
        people = [platform.person(str(number)) for number in range(10)]
        for person in people:
            person.starts()
        at = time.monotonic()
        watching = asyncio.create_task(_supervise(service))
        try:
            await asyncio.gather(*(person.answer(within=100) for person in people))
            served = time.monotonic() - at
            await platform.bot.updates.drained(30)
            starts = service.starts
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            await service.stop()
        aside = look(service.database, "SELECT count(*) FROM failed_updates")[0][0]
    measured = f"{starts} starts, {aside} update set aside, {len(people)} others served after {served:.1f} s"
    good = starts <= 5 and aside == 1
    return [
        Figure(8, "an update that kills the process", "set aside after 3, 0 endless restarts", measured, good),
        Figure(8, "others are served", "<= 60 s", f"{served:.1f} s", served <= 60, True),
    ]


async def _supervise(service: Service) -> None:
    while True:
        await service.start()
        if await service.ended(600) != -9:
            return
