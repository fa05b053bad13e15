"""Time that moves only when a test says so: wall and monotonic together, or the wall alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any


class HandClock:
    """A Clock. `advance` wakes who waits, in the order of their alarms. `creep`: seconds that pass at each look."""

    def __init__(self) -> None:
        self._wall = time.time_ns() // 1_000_000
        self._passed = 0.0
        self._alarms: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0
        self.sleepers = 0
        self.creep = 0.0

    def now(self) -> int:
        return self._wall + round(self._passed * 1000)

    def monotonic(self) -> float:
        if self.creep:
            self.advance(self.creep)
        return 1_000.0 + self._passed

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        self.sleepers += 1
        try:
            await self._alarm(seconds)
        finally:
            self.sleepers -= 1

    async def wait(self, event: asyncio.Event, seconds: float | None) -> None:
        self.sleepers += 1
        try:
            await self._wait(event, seconds)
        finally:
            self.sleepers -= 1

    async def _wait(self, event: asyncio.Event, seconds: float | None) -> None:
        if seconds is None:
            await event.wait()
            return
        both: list[asyncio.Future[Any]] = [self._alarm(seconds), asyncio.ensure_future(event.wait())]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in both:
                each.cancel()

    def advance(self, seconds: float) -> None:
        """So much time passes at once."""
        self._passed = round(self._passed + seconds, 6)
        while self._alarms and self._alarms[0][0] <= self._passed + 1e-9:
            alarm = heappop(self._alarms)[2]
            if not alarm.done():
                alarm.set_result(None)

    def turn(self, milliseconds: int) -> None:
        """The wall clock jumps; nobody who waits notices."""
        self._wall += milliseconds

    def _alarm(self, seconds: float) -> asyncio.Future[None]:
        self._count += 1
        alarm: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(self._alarms, (self._passed + seconds, self._count, alarm))
        return alarm


async def until(true: Callable[[], object], within: float = 5.0) -> None:
    """Let everything run until `true()` holds; AssertionError when it does not within so many real seconds."""
    try:
        async with asyncio.timeout(within):
            while not true():  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0.001)
    except TimeoutError:
        raise AssertionError("it never came to that") from None


async def quiet(seconds: float = 0.03) -> None:
    """Give everything that could go wrong the time to do so."""
    await asyncio.sleep(seconds)
