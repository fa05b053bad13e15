"""A platform's queue of updates that tells what is between delivery and acknowledgement, at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.sandbox.platform import Platform
from bot.sandbox.updates import Updates


class WatchedUpdates(Updates):
    """`in_hand`: updates of a batch that was given out and not acknowledged by the next call. `given` is called when
    one is given out; `polls` counts the calls.
    """

    in_hand = 0
    polls = 0

    def __init__(self, platform: Platform) -> None:
        super().__init__(platform.profile, platform.clock)
        self.given: Callable[[], None] = lambda: None
        self.asked = asyncio.Event()

    def push_bytes(self, body: bytes) -> None:
        """Queue an update as these bytes, with the next id in place of `%d`: what no honest JSON writer makes."""
        number = self.push_raw({})
        self._waiting[-1].body = body.replace(b"%d", str(number).encode())

    async def poll(self, offset: int | None, limit: int, within: float) -> list[bytes]:
        self.polls += 1
        self.in_hand = 0
        self.asked.set()
        batch = await super().poll(offset, limit, within)
        if batch:
            self.in_hand = len(batch)
            self.given()
        return batch


def watch(platform: Platform) -> WatchedUpdates:
    """Put a watched queue into a platform that was not used yet."""
    watched = WatchedUpdates(platform)
    platform.bot.updates = watched
    return watched
