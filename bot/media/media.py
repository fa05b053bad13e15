"""Files in, and files made: a loop that fetches and makes what is due, a few at a time.

What it needs to know stands in rows; what is in memory (which files are on their way) is harmless to lose.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import orjson
import structlog

from bot.clock import MINUTE, SECOND, Clock
from bot.errors import CityError
from bot.media.attempts import Attempts
from bot.media.erase import Erase
from bot.media.fetch import Fetcher, Heard, House
from bot.media.vault import Vault
from bot.store import attachments
from bot.store.attachments import PendingRow, WantedRow
from bot.store.store import Store

log = structlog.get_logger(__name__)
FLYING = 4
LEASE = 10 * MINUTE  # longer than a download and a cleaning may take
REST = 0.05  # seconds between two looks: commits come by the hundred, files don't
IDLE = 60.0  # seconds; a look that nobody asked for, should the wall clock jump
MB = 1 << 20

Maker = Callable[[WantedRow], Awaitable[None]]
"""Makes one wanted file and commits its own outcome (the row *done*); what it raises is tried again."""


class Limits(Protocol):
    """What is needed of the pack's limits."""

    @property
    def max_file_mb(self) -> int: ...


class Media:
    """`houses`: a connection for each bot whose files are fetched. `makers`: who makes which kind of wanted file."""

    def __init__(
        self, store: Store, clock: Clock, files: Path, houses: Mapping[str, House], limits: Limits, arrived: Heard
    ) -> None:
        self.vault = Vault(files)
        self.makers: dict[str, Maker] = {"erase": Erase(store, self.vault)}
        self._store = store
        self._clock = clock
        self._fetcher = Fetcher(store, self.vault, houses, limits.max_file_mb * MB, arrived)
        self._attempts = Attempts(store, clock, self._fetcher)
        self._bots = orjson.dumps(sorted(houses)).decode()
        self._awake = asyncio.Event()
        self._flying: set[asyncio.Task[None]] = set()

    def limit(self, limits: Limits) -> None:
        """From now on these hold."""
        self._fetcher.most = limits.max_file_mb * MB

    def wake(self) -> None:
        """Something was committed: look. Never blocks, never raises."""
        self._awake.set()

    async def run(self) -> None:
        """Fetch and make for ever. Cancelled, it takes what is on its way down with it: the rows are still there."""
        await asyncio.to_thread(self.vault.prepare)
        try:
            await self._patiently(self._begin)
            while True:
                self._awake.clear()
                await self._rest(await self._patiently(self._round))
        finally:
            for task in self._flying:
                task.cancel()
            await asyncio.gather(*self._flying, return_exceptions=True)

    async def _begin(self) -> float:
        await self._store.at_once(attachments.FREE)
        await self._store.at_once(attachments.FREE_WANTED)
        return 0

    async def _patiently(self, step: Callable[[], Awaitable[float]]) -> float:
        """A step that needs the database; while it can't write, files wait."""
        while True:
            try:
                return await step()
            except CityError as error:
                log.warning("files wait for the database", error=str(error))
                await self._clock.sleep(1)

    async def _rest(self, seconds: float) -> None:
        await self._clock.sleep(REST)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._awake.wait()

    async def _round(self) -> float:
        """Begin what is due and fits; answers the seconds until something else is."""
        room = FLYING - len(self._flying)
        if not room:
            return IDLE
        now = self._clock.now()
        kinds = orjson.dumps(sorted(self.makers)).decode()
        files = await self._store.read(attachments.SOON, bots=self._bots)
        made = await self._store.read(attachments.WANTED_SOON, kinds=kinds)
        if files and files[0].due_at <= now:
            await self._claim_files(now, room)
        elif made and made[0].due_at <= now:
            await self._claim_wanted(now, kinds)
        else:
            return min([IDLE, *((row.due_at - now) / SECOND for row in (*files, *made))])
        return 0

    async def _claim_files(self, now: int, room: int) -> None:
        claim = {"bots": self._bots, "now": now, "until": now + LEASE, "most": room}
        for row in await self._store.at_once(attachments.CLAIM, **claim):
            self._fly(self._attempts.fetch(PendingRow(*row)))

    async def _claim_wanted(self, now: int, kinds: str) -> None:
        claim = {"kinds": kinds, "now": now, "until": now + LEASE}
        for row in await self._store.at_once(attachments.CLAIM_WANTED, **claim):
            self._fly(self._make(WantedRow(*row)))

    async def _make(self, row: WantedRow) -> None:
        try:
            await self.makers[row.kind](row)
        except Exception as error:
            await self._attempts.not_made(row, error)

    def _fly(self, job: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(job)
        self._flying.add(task)
        task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self._awake.set()
