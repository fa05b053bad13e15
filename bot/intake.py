"""Updates in: polled raw, handled in one transaction a batch, acknowledged only after the commit.

Until the offset moves on, the platform keeps an update and gives it again; the inbox stops the second delivery. So a
crash at any point loses nothing and doubles nothing (docs/architecture.md).
"""

from __future__ import annotations

import asyncio
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import structlog
from telegram import Update
from telegram.error import InvalidToken, TelegramError

from bot.arrivals import arrival_of, printable, slim
from bot.channels.base import Channel
from bot.channels.errors import Conflict, Unauthorized, Unreachable
from bot.channels.http import Http
from bot.channels.redact import redact
from bot.clock import DAY, MINUTE, Clock
from bot.errors import DatabaseError, StorageFull
from bot.store import inbox, tables
from bot.store.driver import Busy, FlushRefused
from bot.store.store import Store
from bot.store.unit import Unit
from bot.store.work import Arrival, Work
from handlers.context import CityApplication
from handlers.errors import apologise

log = structlog.get_logger(__name__)
BATCH = 100
TRIES = 3  # of an update that was in hand when the process died
LONGEST_PAUSE = 5.0  # seconds between two tries of a platform that can't be reached
REFUSED_PAUSE = 60.0  # seconds between two tries of a token that is not accepted
BUSY_PAUSE = 0.1  # seconds; who waits for a lock has waited two already
FULL_PAUSE = 1.0
RETRY_EVERY = 2.0  # seconds between two looks for what an operator wants run again
FORGETFUL = 6 * DAY  # after a week of silence a platform may restart its ids at random: then ask without an offset
Pair = tuple[Arrival, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class House:
    """One platform as intake and sender share it. `bot`: "telegram:123456", the key of updates and file ids."""

    channel: Channel
    http: Http
    application: CityApplication
    bot: str


class Intake:
    """Takes one channel's updates. `offset` lives in memory: the platform holds what was not acknowledged."""

    def __init__(self, house: House, store: Store, clock: Clock, flood: int) -> None:
        self.channel = house.channel
        self.application = house.application
        self.bot = house.bot
        self.polled_at: float | None = None
        self.trouble = "starting"
        self.storage_full: Callable[[int], None] | None = None
        self.warmed: asyncio.Event | None = None
        self.ready: Callable[[], Awaitable[None]] | None = None
        self.heard: Callable[[bool], None] | None = None  # whether the platform accepted the token just now
        self._http = house.http
        self._store = store
        self._clock = clock
        self._known = False
        self._offset: int | None = None
        self._careful = store.unclean
        self.flood = flood
        self._minute = 0
        self._counts: Counter[int] = Counter()
        self._heard_at = clock.now()
        self._told_full: set[int] = set()
        self._look_again = 0.0

    async def run(self) -> None:
        """Poll for ever. A platform that can't be reached is asked again with growing pauses."""
        pause = 0.0
        while True:
            try:
                await self._get_ready()
                await self._again()
                raws = await self._poll()
                await self.take(raws)
                if self._acknowledge(raws):
                    pause = 0.0
                    continue
                pause = 1.0  # nothing that can be acknowledged comes again at once
            except Unauthorized:
                self._trouble("the token is not accepted")
                self._tell_sender(accepted=False)
                pause = REFUSED_PAUSE
            except Conflict:
                self._trouble("another program polls with this token, or a webhook is set")
                pause = 5.0
            except Unreachable as error:
                self._trouble(f"unreachable: {error}")
                pause = error.retry_after or min(pause * 2 or 0.5, LONGEST_PAUSE)
            except Busy as error:
                self._trouble(f"nothing can be stored: {error}")
                pause = BUSY_PAUSE
            except StorageFull as error:
                self._trouble(f"nothing can be stored: {error}")
                pause = FULL_PAUSE
            except Exception as error:
                self._trouble(f"a mistake of ours: {type(error).__name__}")
                log.error("intake_failed", channel=self.channel.key, error=where(error))
                pause = min(pause * 2 or 1.0, LONGEST_PAUSE)
            await self._clock.sleep(pause)

    async def take(self, raws: Sequence[dict[str, Any]]) -> None:
        """Handle a batch, so that each update has its effect once. Raises Busy or StorageFull: nothing happened."""
        pairs = [(arrival, raw) for raw in map(printable, raws) if (arrival := self._arrival(raw))]
        if not pairs:
            return
        if self.warmed is not None:
            await self.warmed.wait()
        try:
            if self._careful:
                await self._carefully(pairs)
            else:
                await self._together(pairs)
        except StorageFull:
            self._tell_full(pairs)
            raise
        self._told_full.clear()

    async def _together(self, pairs: Sequence[Pair]) -> None:
        try:
            async with self._store.unit(self.channel.key, self.bot, [arrival for arrival, _ in pairs]) as unit:
                for arrival, raw in pairs:
                    if unit.claim(arrival):
                        await self._one(unit, self._count(arrival), raw)
                await self._store.commit(unit)
        except (Busy, StorageFull, DatabaseError):
            raise
        except Exception as error:  # refused by the database, or a mistake of ours: neither may stop the queue
            if len(pairs) == 1:
                await self._refuse(pairs[0], error)
                return
            log.warning("batch_refused", channel=self.channel.key, updates=len(pairs), error=where(error))
            for pair in pairs:
                await self._together([pair])

    async def _one(self, unit: Unit, arrival: Arrival, raw: dict[str, Any]) -> None:
        work = await unit.work(arrival)
        await self._handle(work, raw)
        if unit.refused is not None:
            raise unit.refused
        if work.error is None:
            unit.merge(work)
            return
        apology = await unit.work(arrival)
        self._keep(apology, arrival, raw, work.error)
        unit.merge(apology)

    async def _handle(self, work: Work, raw: dict[str, Any]) -> None:
        try:
            update = Update.de_json(self.channel.complete(slim(raw), work.now), self.application.bot)
        except Exception as error:  # hostile or unknown JSON: kept, never blocking
            work.error = error
            return
        self.application.work = work
        await self.application.process_update(update)
        if work.arrival and work.arrival.callback_id and not work.toasts:
            work.toast()

    def _keep(self, work: Work, arrival: Arrival, raw: dict[str, Any], error: BaseException) -> None:
        trace = "".join(traceback.format_exception(error))
        log.error("update_failed", bot=self.bot, update_id=arrival.update_id, error=where(error))
        work.add(
            tables.failed_updates,
            bot=self.bot,
            update_id=arrival.update_id,
            raw=orjson.dumps(raw).decode(),
            error=redact(trace[-20_000:]),
            failed_at=work.now,
        )
        if work.who is not None:
            apologise(self.application.city, work)
            work.toast()

    async def _refuse(self, pair: Pair, error: Exception) -> None:
        """An update whose rows the database does not take: kept without running its handler again."""
        arrival, raw = pair
        async with self._store.unit(self.channel.key, self.bot, [arrival]) as unit:
            if unit.claim(arrival):
                work = await unit.work(arrival)
                self._keep(work, arrival, raw, error)
                unit.merge(work)
            await self._store.commit(unit)

    async def _carefully(self, pairs: Sequence[Pair]) -> None:
        """The first batch after an unclean stop: one by one, each try counted before; the culprit is set aside."""
        for arrival, raw in pairs:
            counted = await self._store.at_once(inbox.SUSPECT, bot=self.bot, update_id=arrival.update_id)
            if counted[0][0] > TRIES:
                await self._refuse((arrival, raw), FlushRefused(f"the process died {TRIES} times on this update"))
            else:
                await self._together([(arrival, raw)])
            self._store.ride(inbox.CLEAR_SUSPECT, [{"bot": self.bot, "update_id": arrival.update_id}])
        self._store.ride(inbox.CLEAR_SUSPECTS, [{"bot": self.bot}])  # also those whose clearing a kill took along
        self._careful = False

    async def _again(self) -> None:
        """Run what an operator asked for with `retry`, each once."""
        now = self._clock.monotonic()
        if now < self._look_again:
            return
        self._look_again = now + RETRY_EVERY
        for row in await self._store.read(inbox.WANTED_AGAIN, bot=self.bot):
            if await self._store.at_once(inbox.RUN_AGAIN, id_=row.id):
                await self._rerun(row)

    async def _rerun(self, row: inbox.FailedRow) -> None:
        raw = orjson.loads(row.raw)
        arrival = arrival_of(raw) or Arrival(row.update_id, "")
        try:
            async with self._store.unit(self.channel.key, self.bot, [arrival]) as unit:
                work = await unit.work(arrival)
                await self._handle(work, raw)
                if error := unit.refused or work.error:
                    raise error
                work.set(tables.failed_updates, row.id, state="done")
                unit.merge(work)
                await self._store.commit(unit)
        except (Busy, StorageFull, DatabaseError):
            await self._store.at_once(inbox.WANT_ONE, id_=row.id)
            raise
        except Exception as error:
            log.error("update_failed_again", bot=self.bot, update_id=row.update_id, error=where(error))
            trace = redact("".join(traceback.format_exception(error)))[-20_000:]
            await self._store.at_once(inbox.FAILED_AGAIN, id_=row.id, error=trace)

    async def _get_ready(self) -> None:
        """Learn who the bot is. Here and not at start, so that an unreachable platform stops nothing."""
        if self._known:
            return
        try:
            await self.application.initialize()
        except InvalidToken:
            raise Unauthorized("The token is not accepted.") from None
        except TelegramError as error:
            raise Unreachable(redact(str(error))) from None
        self._known = True
        self.application.city.bots[self.channel.key] = self.application.bot.username
        if self.ready is not None:
            await self.ready()

    async def _poll(self) -> list[dict[str, Any]]:
        if self._clock.now() - self._heard_at > FORGETFUL:
            self._offset = None
        wait = 0 if self.trouble else self.channel.poll_seconds  # know soon that all is well again, and tell it
        raws = await self._http.updates(self._offset, wait, BATCH, self.channel.kinds)
        self.polled_at = self._clock.monotonic()
        self.trouble = ""
        self._tell_sender(accepted=True)
        return raws

    def _tell_sender(self, *, accepted: bool) -> None:
        if self.heard is not None:
            self.heard(accepted)

    def _acknowledge(self, raws: Sequence[dict[str, Any]]) -> bool:
        """Move the offset on. False for a batch without a single id, which can't be acknowledged."""
        ids = [raw["update_id"] for raw in raws if type(raw.get("update_id")) is int]
        if ids:
            self._offset = max(ids) + 1
            self._heard_at = self._clock.now()
        return bool(ids) or not raws

    def _arrival(self, raw: dict[str, Any]) -> Arrival | None:
        arrival = arrival_of(raw)
        if arrival is None:
            log.warning("update_without_id", channel=self.channel.key)
        return arrival

    def _count(self, arrival: Arrival) -> Arrival:
        """Mark who writes faster than the pack's messages a minute: their answers collapse into one."""
        if not arrival.user_id:
            return arrival
        minute = self._clock.now() // MINUTE
        if minute != self._minute:
            self._minute, self._counts = minute, Counter()
        self._counts[arrival.user_id] += 1
        return arrival.flooded() if self._counts[arrival.user_id] > self.flood else arrival

    def _trouble(self, what: str) -> None:
        if what != self.trouble:
            log.warning("intake_trouble", channel=self.channel.key, trouble=redact(what))
        self.trouble = what

    def _tell_full(self, pairs: Sequence[Pair]) -> None:
        """Say once a person and outage that nothing can be stored; has no row, since none can be written."""
        for chat_id in {arrival.chat_id for arrival, _ in pairs if arrival.chat_id} - self._told_full:
            self._told_full.add(chat_id)
            if self.storage_full is not None:
                self.storage_full(chat_id)


def where(error: BaseException) -> str:
    """What went wrong and where, for the log: without the error's words, which may be what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " < ".join(
        [type(error).__name__, *(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))]
    )
