"""The sender between a real store and the sandbox, with time in the test's hand."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.channels.bale import Bale
from bot.channels.base import Channel
from bot.channels.http import Http
from bot.channels.telegram import Telegram
from bot.media_sources import Sources
from bot.sandbox.person import Person
from bot.sandbox.platform import Platform
from bot.sandbox.server import serve
from bot.sandbox.world import Sandbox
from bot.sender import Sender
from bot.store.person import Address
from bot.store.store import Store
from bot.store.work import Arrival, Priority, Work
from bot.talk.rich import Plain
from bot.talk.screen import Media, Screen
from tests.faults.hand_clock import HandClock, until

TOKEN = "137:sandbox"
BOT = "telegram:137"
CHANNELS: dict[str, type[Channel]] = {"telegram": Telegram, "bale": Bale}


@dataclass
class Office:
    """`sender` runs from `start` on. `rate` is what our sender keeps to."""

    clock: HandClock
    platform: Platform
    store: Store
    http: Http
    rate: float
    folder: Path
    sender: Sender = field(init=False)
    task: asyncio.Task[None] | None = None
    updates: int = 0

    def __post_init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """A sender that knows nothing, as after a start."""
        channel = self.http.channel
        sources = Sources(self.store, f"{channel.key}:137", self.folder / "files")
        self.sender = Sender(channel, self.http, self.store, self.clock, self.rate, sources)
        self.store.told[:] = [self.sender.take]

    def start(self) -> None:
        self.task = asyncio.create_task(self.sender.run())

    async def stop(self) -> None:
        if self.task is not None:
            self.task.cancel()
            await asyncio.gather(self.task, *self.sender._flying, return_exceptions=True)
            self.task = None

    async def kill(self) -> None:
        """The sender is gone, and with it what it had not written down."""
        await self.stop()
        self.store._riders.clear()
        self.renew()

    def person(self, name: str = "reporter") -> Person:
        person = self.platform.person(name)
        person.chat.started = True
        return person

    @contextlib.asynccontextmanager
    async def acting(self, person: Person, callback: str = "", *, flooding: bool = False) -> AsyncIterator[Work]:
        """What this person did, in a unit of its own."""
        self.updates += 1
        arrival = Arrival(self.updates, str(self.updates), person.id, person.id, callback, flooding)
        async with self.store.unit(self.platform.name, BOT, [arrival]) as unit:
            work = await unit.work(arrival)
            yield work
            unit.merge(work)
            await self.store.commit(unit)

    async def says(self, person: Person, *texts: str, media: tuple[Media, ...] = (), **how: Any) -> None:
        """Our answers to this person, all by one commit."""
        async with self.acting(person) as work:
            for text in texts:
                work.say(Screen((Plain(text),) if text else (), media=media), **how)

    async def pushes(self, person: Person, *texts: str, priority: Priority = Priority.PUSH) -> None:
        """Messages that nobody asked for."""
        await self.says(person, *texts, priority=priority)

    async def address(self, person: Person) -> Address:
        async with self.acting(person) as work:
            return work.person.address

    async def states(self) -> list[str]:
        """What became of all messages, in order."""
        return [row[0] for row in await self.store.look("SELECT state FROM outbox ORDER BY id")]

    async def become(self, *states: str) -> None:
        """Until the rows say this; time passes in small steps, so that what rides is written."""
        async with asyncio.timeout(5):
            while await self.states() != list(states):
                self.clock.advance(0.01)
                await asyncio.sleep(0.001)

    async def passing(self, seconds: float, step: float = 0.1) -> None:
        """Time passes little by little, and everybody acts meanwhile."""
        await self.settled()
        for _ in range(round(seconds / step)):
            self.clock.advance(step)
            await self.settled()

    async def settled(self) -> None:
        """Until the sender has nothing to do but to wait; what hangs is not waited for."""
        for _ in range(200):
            await asyncio.sleep(0.001)
            if self.clock.sleepers and not self.sender._flying and not self.sender._wake.is_set():
                return


def texts(person: Person) -> list[str]:
    return [message.text for message in person.inbox]


async def reads(person: Person, *expected: str) -> None:
    """Until the person's inbox holds exactly these."""
    try:
        await until(lambda: texts(person) == list(expected))
    except AssertionError:
        assert texts(person) == list(expected)


@contextlib.asynccontextmanager
async def office(folder: Path, channel: str = "telegram", rate: float = 30.0) -> AsyncIterator[Office]:
    """An office whose sender has not begun yet."""
    clock = HandClock()
    sandbox = Sandbox(clock)
    async with serve(sandbox) as server:
        store = await Store.open(folder / "a.db", clock)
        http = Http(CHANNELS[channel](), TOKEN, server.url(channel))
        await http.start()
        made = Office(clock, sandbox[channel], store, http, rate, folder)
        try:
            yield made
        finally:
            await made.stop()
            await http.close()
            await store.close()
