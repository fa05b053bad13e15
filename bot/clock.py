"""The only way to the time. Rows keep time as whole milliseconds since 1970 (UTC)."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Protocol

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class Clock(Protocol):
    """Wall time for what people see and rows keep; monotonic time for limits and waits."""

    def now(self) -> int:
        """Milliseconds since 1970, UTC."""

    def monotonic(self) -> float:
        """Seconds that never jump."""

    async def sleep(self, seconds: float) -> None:
        """Wait in monotonic time."""

    async def wait(self, event: asyncio.Event, seconds: float | None) -> None:
        """Wait for the event, at most so many seconds of monotonic time (None: for ever)."""


class SystemClock:
    def now(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def wait(self, event: asyncio.Event, seconds: float | None) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await event.wait()


class TurnedClock(SystemClock):
    """Real time plus what somebody turned it by: for tests and for the demo's clock."""

    def __init__(self) -> None:
        self._turned = 0

    @property
    def turned(self) -> int:
        """By how many milliseconds it has been turned so far."""
        return self._turned

    def now(self) -> int:
        return super().now() + self._turned

    def turn(self, milliseconds: int) -> None:
        """Move the wall clock; limits and waits, being monotonic, do not notice."""
        self._turned += milliseconds


def utc(millis: int) -> datetime:
    """The aware UTC moment of a row's milliseconds."""
    return datetime.fromtimestamp(millis / 1000, UTC)
