"""What is due by the clock. APScheduler only wakes; what is due is found in the database, so a job that runs late,
twice or after a day off does the same. Each job works in small slices between which citizens are served.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.actions.city import City
from bot.actions.due import ALL_JOBS, AT_ANY_HOUR, run_timer
from bot.actions.holding import settle_desks
from bot.actions.notices import tell_admins
from bot.actions.pushes import held_for
from bot.actions.summaries import arm_summary
from bot.clock import DAY, HOUR, MINUTE, SECOND, Clock
from bot.errors import CityError, Refused, StorageFull
from bot.store import held, housekeeping, tables
from bot.store.driver import Busy
from bot.store.held import RELEASE
from bot.store.housekeeping import Seen, SeenFile
from bot.store.outbox import WaitingRow
from bot.store.soundness import SMALL, check_all
from bot.store.statements import Query, Statement
from bot.store.store import Store
from bot.store.timers import DUE, UNDONE, TimerRow
from bot.store.work import Said

log = structlog.get_logger(__name__)
SLICE = 500  # rows that one transaction forgets: 2 to 4 ms
LOOK = 2_000  # rows that one look passes: 1 to 3 ms of the reading connection
BREATH = 0.05  # seconds between slices
FIRST = MINUTE  # after the start, when the first rush is over
JUMP = 30 * DAY
DUE_EVERY, DUE_SLICE = 10 * SECOND, 50
RELEASE_EVERY, RELEASE_SLICE = 5 * SECOND, 100  # some twenty messages a second, below what platforms allow
Job = Callable[[], Awaitable[None]]


class Schedule:
    """Wakes the jobs until cancelled."""

    def __init__(self, store: Store, clock: Clock, city: City) -> None:
        self._store = store
        self._clock = clock
        self._city = city
        self._turned = asyncio.Event()
        self._running = asyncio.Lock()
        self._looked: tuple[int, float] | None = None
        self.nudges: list[Callable[[], None]] = []  # whoever waits for a time by the clock
        self.others: list[tuple[Job, int]] = []  # jobs of other rooms, and their pauses in milliseconds

    async def run(self) -> None:
        """For ever. A job that fails is logged and comes again at its next time. Raises DatabaseError when the look at
        a database that was too large to be looked at before the start finds damage.
        """
        options = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        made: Any = AsyncIOScheduler  # untyped
        scheduler = made(timezone=UTC, job_defaults=options)
        jobs = (
            (self.forget, HOUR, FIRST),
            (self.settle, HOUR, SECOND),
            (self.due, DUE_EVERY, SECOND),
            (self.release, RELEASE_EVERY, SECOND),
        )
        for job, pause, first in (*jobs, *((job, pause, FIRST) for job, pause in self.others)):
            self._wake(scheduler, job, first, pause)
        scheduler.start()
        try:
            await self._look_through()
            while True:
                await self._turned.wait()
                self._turned.clear()
                await self.due()
                for job, _ in self.others:
                    scheduler.add_job(job, "date", run_date=datetime.now(UTC))
        finally:
            scheduler.shutdown(wait=False)

    def wake(self) -> None:
        """The clock was turned: look at once at what is due, and let everybody else who waits look as well."""
        self._turned.set()
        for nudge in self.nudges:
            nudge()

    async def settle(self) -> None:
        """People of departments come, go and block the bot: each open case stays on somebody's desk."""
        async with self._store.unit() as unit:
            work = await unit.work()
            await settle_desks(work, self._city)
            arm_summary(work, self._city)
            unit.merge(work)
            await self._store.commit(unit)

    async def due(self) -> None:
        """Everything whose time has come, each in a transaction of its own. What was missed while the process was off
        is caught up once; what tells citizens something waits until their quiet hours are over.
        """
        async with self._running:
            await self._look_at_clock()
            jobs = AT_ANY_HOUR if held_for(self._city, self._clock.now()) else ALL_JOBS
            names = orjson.dumps(jobs).decode()
            while rows := await self._store.read(DUE, now=self._clock.now(), jobs=names, most=DUE_SLICE):
                for row in rows:
                    await self._run(row)

    async def _look_at_clock(self) -> None:
        """A clock that jumps by a month or more while the process runs is wrong now, or was: the admins are told."""
        wall, steady = self._clock.now(), self._clock.monotonic()
        before, self._looked = self._looked, (wall, steady)
        if before is None:
            return
        jumped = (wall - before[0]) - (steady - before[1]) * SECOND
        if abs(jumped) < JUMP:
            return
        days = round(abs(jumped) / DAY)
        log.error("clock_jumped", days=days, back=jumped < 0)
        async with self._store.unit() as unit:
            work = await unit.work()
            await tell_admins(work, self._city, "admin-clock-jumped", days=days)
            unit.merge(work)
            await self._store.commit(unit)

    async def _run(self, timer: TimerRow) -> None:
        try:
            async with self._store.unit() as unit:
                work = await unit.work()
                if await work.query(UNDONE, id_=timer.id):
                    await run_timer(work, self._city, timer)
                    unit.merge(work)
                    await self._store.commit(unit)
        except Refused:  # what it was armed for is over
            await self._finish(timer, "")
        except (CityError, Busy):
            raise
        except Exception as error:
            log.error("timer_failed", job=timer.job, timer=timer.id, error=type(error).__name__)
            await self._finish(timer, type(error).__name__)

    async def _finish(self, timer: TimerRow, error: str) -> None:
        async with self._store.unit() as unit:
            work = await unit.work()
            work.set(tables.timers, timer.id, done_at=work.now, error=error)
            unit.merge(work)
            await self._store.commit(unit)

    async def _look_through(self) -> None:
        """A file that was too large to be looked at before the start."""
        if self._store.path.stat().st_size > SMALL:
            await self._clock.sleep(FIRST / SECOND)
            with suppress(Busy, StorageFull):
                await asyncio.to_thread(check_all, self._store.path)

    def _wake(self, scheduler: Any, job: Job, after: int, pause: int) -> None:
        """Wake a job once, and again after each end. By the scheduler's own clock, and never by an interval: after a
        jump of the clock by a year that would count through six million missed times before anything else goes on.
        """

        async def woken() -> None:
            try:
                await job()
            except CityError as error:  # a full disk, a lock: the next time will do
                log.warning("job_failed", job=getattr(job, "__name__", ""), error=str(error))
            finally:
                self._wake(scheduler, job, pause, pause)

        scheduler.add_job(woken, "date", run_date=datetime.now(UTC) + timedelta(milliseconds=after))

    async def forget(self) -> None:
        """Everything that nobody needs any more."""
        now = self._clock.now()
        await self._forget(housekeeping.INBOX, now - housekeeping.KEEP_INBOX)
        await self._forget(housekeeping.LINK_CODES, now - housekeeping.KEEP_EXPIRED)
        await self._forget(housekeeping.INVITATIONS, now - housekeeping.KEEP_EXPIRED)
        await self._forget(housekeeping.GUESSES, now - housekeeping.KEEP_GUESSES)
        await self._walk(housekeeping.SEE_OUTBOX, housekeeping.OUTBOX, now - housekeeping.KEEP_MESSAGES)
        await self._walk(housekeeping.SEE_DRAFTS, housekeeping.DRAFTS, now - housekeeping.KEEP_DRAFTS)
        await self._forget_files(now - housekeeping.KEEP_FILES)

    async def _forget(self, statement: Statement, before: int) -> None:
        while len(await self._store.at_once(statement, before=before, most=SLICE)) == SLICE:
            await self._clock.sleep(BREATH)

    async def _walk(self, look: Query[Seen], forget: Statement, before: int) -> None:
        after = 0
        while rows := await self._store.read(look, after=after, before=before, most=LOOK):
            old = [row.id for row in rows if row.old]
            for start in range(0, len(old), SLICE):
                ids = orjson.dumps(old[start : start + SLICE]).decode()
                await self._store.at_once(forget, ids=ids, before=before)
                await self._clock.sleep(BREATH)
            after = rows[-1].id
            await self._clock.sleep(0)

    async def _forget_files(self, before: int) -> None:
        """Drop files that belong to nothing; media takes them from the disk."""
        after = 0
        while rows := await self._store.read(housekeeping.SEE_FILES, after=after, before=before, most=LOOK):
            old = [row for row in rows if row.old]
            for start in range(0, len(old), SLICE):
                await self._drop(old[start : start + SLICE], before)
                await self._clock.sleep(BREATH)
            after = rows[-1].id
            await self._clock.sleep(0)

    async def _drop(self, files: Sequence[SeenFile], before: int) -> None:
        ids = orjson.dumps([file.id for file in files]).decode()
        async with self._store.unit() as unit:
            work = await unit.work()
            work.do(housekeeping.FILES, ids=ids, before=before)
            work.do(housekeeping.FILE_UPLOADS, ids=ids)
            for person_id in {file.person_id for file in files}:
                work.add(tables.wanted, kind="erase", person_id=person_id, created_at=work.now)
            unit.merge(work)
            await self._store.commit(unit)

    async def release(self) -> None:
        """What an operator asked for with `release --send`: a slice of what a restore held goes to the senders."""
        if await self._store.get(RELEASE) != "send":
            return
        rows = await self._store.at_once(held.SEND, most=RELEASE_SLICE)
        said = [readable for row in rows if (readable := _readable(WaitingRow(*row))) is not None]
        if not rows:
            await self._store.at_once(held.SEND_FILES)
            await self._store.put(RELEASE, "done")
        for told in self._store.told:
            told(said, ())
        for wake in self._store.after:
            wake()


def _readable(row: WaitingRow) -> Said | None:
    """The message of a row. One that can't be read stays behind: the sender makes it a dead letter when it starts."""
    try:
        return row.said()
    except Exception as error:
        log.error("row_unreadable", channel=row.channel, message=row.id, error=type(error).__name__)
        return None
