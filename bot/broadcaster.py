"""Announcements to many, on their way: who gets one is worked out here, a slice at a time, and put into the outbox.

The cursor moves in the transaction that makes a slice's rows, so a kill at any point neither forgets nor doubles
anybody. The outbox never holds more than some AHEAD rows of a broadcast that wait, so that stopping it touches few.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import orjson
import structlog

from bot.actions.broadcasts import finish, show_progress
from bot.actions.city import City
from bot.actions.previewing import counted
from bot.clock import Clock
from bot.domain.broadcast import REVISED, Audience, Cast, Kind, Mode, Tally, load_audience, tally
from bot.domain.quiet import day_start, next_day, quiet_end
from bot.errors import CityError
from bot.store import deliveries, tables
from bot.store.audience import COUNT, GOT_END, MEANT, REACHED, WINDOW, WINDOW_END, MeantRow, asked
from bot.store.deliveries import BroadcastRow
from bot.store.driver import Busy
from bot.store.outbox import WaitingRow
from bot.store.store import Store
from bot.store.work import Priority, Said, Work
from bot.talk.screen import Screen

log = structlog.get_logger(__name__)
AHEAD = 1_000  # rows of one broadcast that wait in the outbox
PAUSE = 0.5  # seconds between two looks
SHOW_EVERY = 5.0  # seconds between two changes of the message that shows the progress
ALL = 2  # the phase in which everybody has their row
_REACHED = ("sent", "uncertain")  # whose turn it is in phase 0 and 1
_EMPTY = Screen()


class Broadcaster:
    """Feeds the senders. What is in memory (when a progress was shown last) is harmless to lose."""

    def __init__(self, store: Store, clock: Clock, city: City) -> None:
        self._store = store
        self._clock = clock
        self._city = city
        self._turned = asyncio.Event()
        self._shown: dict[int, tuple[float, Tally]] = {}

    async def run(self) -> None:
        """For ever. What can't be done now (a full disk, a lock) is tried again."""
        while True:
            self._turned.clear()
            for row in await self._active():
                await self._safely(row)
            await self._clock.wait(self._turned, PAUSE)

    def nudge(self) -> None:
        """The clock was turned, or something was committed that may be ours."""
        self._turned.set()

    async def _active(self) -> list[BroadcastRow]:
        try:
            return await self._store.read(deliveries.ACTIVE)
        except CityError as error:
            log.warning("broadcasts_unread", error=str(error))
            return []

    async def _safely(self, row: BroadcastRow) -> None:
        try:
            await (self._count(row) if row.state == Cast.COUNTING else self._send(row))
        except (CityError, Busy) as error:
            log.warning("broadcast_waits", broadcast=row.id, error=str(error))
        except Exception as error:
            log.error("broadcast_failed", broadcast=row.id, error=type(error).__name__)

    async def _count(self, row: BroadcastRow) -> None:
        """How many it is for, by channel: its author is shown."""
        audience, counts = _audience(row), dict[str, int]()
        after: int | None = 0
        while after is not None:
            window = self._window(row, audience, after)
            for each in await self._store.read(COUNT, **window):
                counts[each.channel] = counts.get(each.channel, 0) + each.n
            after = (await self._store.read(WINDOW_END, **window))[0].key
        await self._do(row, partial(self._counted, asked=row, counts=counts))

    async def _counted(self, work: Work, row: BroadcastRow, asked: BroadcastRow, counts: dict[str, int]) -> None:
        """Unless it was aimed at others meanwhile."""
        if row.state == Cast.COUNTING and row.audience == asked.audience:
            await counted(work, self._city, row, counts)

    async def _send(self, row: BroadcastRow) -> None:
        now = self._clock.now()
        if row.state != Cast.SENDING:
            await self._land(row)
        elif 0 < row.expires_at <= now:
            await self._do(row, self._expire)
        elif self._is_quiet(row, now):
            await self._do(row, self._pause)
        elif not await self._parent_flies(row):
            await self._resume(row)
            fed = await self._feed(row)
            await self._progress(row, done=fed.phase == ALL)

    def _is_quiet(self, row: BroadcastRow, now: int) -> bool:
        """Whether people are left in peace. A message that changes rings nobody."""
        kind, quiet = self._city.pack.broadcast[row.kind], self._city.pack.time.quiet
        if kind.ignores_quiet or row.mode != Mode.SAY:
            return False
        return quiet_end(now, self._city.pack.time.zone, quiet.start, quiet.end) > now

    async def _parent_flies(self, row: BroadcastRow) -> bool:
        """Whether some whom this one is for are still getting what it follows: they are to hear it too."""
        if row.parent_id is None:
            return False
        if row.relation in REVISED:
            return await self._is_outdated(row, row.parent_id)
        parents = await self._store.read(deliveries.BROADCAST, broadcast_id=row.parent_id)
        return any(not parent.finished_at and parent.state != Cast.PAUSED for parent in parents)

    async def _is_outdated(self, row: BroadcastRow, parent_id: int) -> bool:
        """Whether somebody may still get the text that this one corrects. What failed for now gets the right one."""
        known = {"broadcast_id": parent_id, "version": row.version}
        if not (await self._store.read(deliveries.OUTDATED, **known))[0].n:
            return False
        await self._store.at_once(deliveries.CORRECT, **known)
        return (await self._store.read(deliveries.OUTDATED, **known))[0].n > 0

    async def _pause(self, work: Work, row: BroadcastRow) -> None:
        if (await work.query(deliveries.IN_STATE, broadcast_id=row.id, state="waiting"))[0].n:
            work.do(deliveries.PAUSE, broadcast_id=row.id)

    async def _resume(self, row: BroadcastRow) -> None:
        """What was paused goes to the senders again."""
        if not (await self._store.read(deliveries.IN_STATE, broadcast_id=row.id, state="paused"))[0].n:
            return
        rows = await self._store.at_once(deliveries.RESUME, broadcast_id=row.id, most=AHEAD)
        for told in self._store.told:
            told([WaitingRow(*each).said() for each in rows], ())

    async def _feed(self, row: BroadcastRow) -> BroadcastRow:
        """Make rows until enough of them wait; answers the row as it is then."""
        audience = _audience(row)
        waiting = await self._waiting(row)
        while waiting < AHEAD and row.phase < ALL and row.state == Cast.SENDING:
            people, end = await self._slice(row, audience)
            await self._do(row, partial(self._deliver, people=people, end=end))
            waiting += len(people)
            row = (await self._store.read(deliveries.BROADCAST, broadcast_id=row.id))[0]
        return row

    async def _slice(self, row: BroadcastRow, audience: Audience) -> tuple[list[MeantRow], int | None]:
        """The next people, and the key of the last that was looked at; None behind the end."""
        window = self._window(row, audience, row.cursor)
        who, end = (REACHED, GOT_END) if audience.reached_by else (MEANT, WINDOW_END)
        last = (await self._store.read(end, **window))[0].key
        return (await self._store.read(who, **window) if last is not None else []), last

    def _window(self, row: BroadcastRow, audience: Audience, after: int) -> dict[str, Any]:
        """The values of every query on audiences."""
        unasked = self._city.pack.broadcast[row.kind].on_by_default and audience.topic == row.kind
        return {
            **asked(audience, unasked),
            "broadcast_id": row.id,
            "after": after,
            "joined": row.started_at or row.created_at,
            "window": WINDOW,
            "today": day_start(self._clock.now(), self._city.pack.time.zone),
            "parent_id": audience.reached_by,
            "state": _REACHED[min(row.phase, 1)],
            "before": row.version if row.relation in REVISED else 0,
        }

    async def _deliver(self, work: Work, row: BroadcastRow, people: list[MeantRow], end: int | None) -> None:
        """The rows of a slice, and the cursor behind it."""
        if row.state != Cast.SENDING:
            return
        if end is None:
            step = 1 if _audience(row).reached_by and row.phase == 0 else ALL - row.phase
            work.set(tables.broadcasts, row.id, phase=row.phase + step, cursor=0)
            return
        by_language = {each.lang: each.id for each in await work.query(deliveries.LANGUAGES, broadcast_id=row.id)}
        tomorrow = next_day(work.now, self._city.pack.time.zone, self._city.pack.time.quiet.end)
        for person in people:
            late = tomorrow if self._has_enough(row, person) else 0
            rendition = by_language.get(person.lang or "fa") or by_language["fa"]
            if row.mode == Mode.SAY or person.message_id:
                work.deliver(_said(work, row, person, rendition, late))
        work.set(tables.broadcasts, row.id, cursor=end)

    def _has_enough(self, row: BroadcastRow, person: MeantRow) -> bool:
        """Whether this would be one message too many today. Safety is excepted, and what belongs to what they got."""
        if row.kind == Kind.SAFETY or row.parent_id is not None:
            return False
        return person.heard >= self._city.pack.limits.pushes_per_day

    async def _progress(self, row: BroadcastRow, *, done: bool) -> None:
        """How far it is: counted now and then and when nothing waits any more, since that may be 100,000 rows."""
        at, before = self._shown.get(row.id, (-SHOW_EVERY, Tally()))
        now = self._clock.monotonic()
        if now - at < SHOW_EVERY and not (done and not await self._waiting(row)):
            return
        counts = await self._tally(row)
        if done and not counts.left:
            await self._over(row, Cast.DONE, counts)
            return
        self._shown[row.id] = (now, counts)
        if row.card_id and counts != before:
            await self._do(row, lambda work, fresh: show_progress(work, self._city, fresh, counts))

    async def _waiting(self, row: BroadcastRow) -> int:
        """How many of its rows wait for the senders."""
        return (await self._store.read(deliveries.IN_STATE, broadcast_id=row.id, state="waiting"))[0].n

    async def _tally(self, row: BroadcastRow) -> Tally:
        states = {each.state: each.n for each in await self._store.read(deliveries.STATES, broadcast_id=row.id)}
        deferred = (await self._store.read(deliveries.DEFERRED, broadcast_id=row.id, now=self._clock.now()))[0].n
        return tally(states, deferred)

    async def _expire(self, work: Work, row: BroadcastRow) -> None:
        work.do(deliveries.STOP, broadcast_id=row.id, to="expired")
        work.set(tables.broadcasts, row.id, state=str(Cast.EXPIRED))

    async def _land(self, row: BroadcastRow) -> None:
        """It ended before everybody had it; what is on its way still lands. What failed for now comes no more."""
        if (await self._store.read(deliveries.IN_STATE, broadcast_id=row.id, state="waiting"))[0].n:
            await self._store.at_once(deliveries.STOP, broadcast_id=row.id, to=row.state)
        counts = await self._tally(row)
        if not counts.left:
            await self._over(row, Cast(row.state), counts)

    async def _over(self, row: BroadcastRow, state: Cast, counts: Tally) -> None:
        """Its author gets the account."""
        await self._do(row, lambda work, fresh: finish(work, self._city, fresh, state, counts))
        self._shown.pop(row.id, None)

    async def _do(self, row: BroadcastRow, what: Callable[[Work, BroadcastRow], Awaitable[None]]) -> None:
        """One unit of work on the row as it is now, unless somebody has ended it meanwhile."""
        async with self._store.unit() as unit:
            work = await unit.work()
            fresh = await work.first(deliveries.BROADCAST, broadcast_id=row.id)
            if fresh is not None and not fresh.finished_at:
                await what(work, fresh)
                unit.merge(work)
                await self._store.commit(unit)


def _audience(row: BroadcastRow) -> Audience:
    return load_audience(orjson.loads(row.audience))


def _said(work: Work, row: BroadcastRow, person: MeantRow, rendition: int, late: int) -> Said:
    edit = 0 if row.mode == Mode.SAY else person.message_id
    return Said(
        work.new_id(),
        person.channel,
        person.account_id,
        person.chat_id,
        Priority.BROADCAST,
        _EMPTY,
        edit=edit,
        due_at=late,
        broadcast_id=row.id,
        rendition_id=rendition,
        expires_at=row.expires_at,
    )
