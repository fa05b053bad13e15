"""The whole fake world: both platforms on one clock."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator

from bot.clock import Clock, SystemClock
from bot.sandbox import profile
from bot.sandbox.message import JSON
from bot.sandbox.platform import Platform

Subscriber = Callable[[JSON], None]


class Sandbox:
    """`sandbox.telegram` and `sandbox.bale`; `sandbox["telegram"]` by name. `clock` dates messages (a TurnedClock
    makes them old) and measures the limits."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self.subscribers: list[Subscriber] = []
        self.telegram = Platform(self, profile.telegram(), self.clock)
        self.bale = Platform(self, profile.bale(), self.clock)

    def __getitem__(self, name: str) -> Platform:
        return {"telegram": self.telegram, "bale": self.bale}[name]

    def publish(self, event: JSON) -> None:
        """Give an event to every subscriber: {event, platform, …} with event one of message, edited, deleted (each
        with `message`, as Message.as_json), pressed (message, person, data), toast (person, text, alert), action
        (chat_id, action), outage, recovered. The page adds its own, without a platform: clock (as Hands.as_json),
        story (as Player.as_json), closing."""
        for subscriber in self.subscribers:
            subscriber(event)

    @contextlib.contextmanager
    def subscribe(self) -> Iterator[asyncio.Queue[JSON]]:
        """A queue of the events from now on, until the block ends."""
        queue: asyncio.Queue[JSON] = asyncio.Queue()
        self.subscribers.append(queue.put_nowait)
        try:
            yield queue
        finally:
            self.subscribers.remove(queue.put_nowait)
