"""A whole town in one process: both fake platforms on loopback, and the real service with its real database."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import App
from bot.clock import TurnedClock
from bot.learning import Learned, learn
from bot.portal.fetch import Fetcher
from bot.sandbox.person import Person
from bot.sandbox.server import Server, serve
from bot.sandbox.world import Sandbox
from bot.settings import ROOT, Settings, read_settings
from tests.house import furnish

TOKENS = {"TELEGRAM_TOKEN": "137:sandbox-telegram", "BALE_TOKEN": "731:sandbox-bale"}
HASTE = 8
DEMO = ROOT / "data" / "demo"


@dataclass
class Town:
    """What a scenario needs: people on platforms, the service, the clock."""

    sandbox: Sandbox
    server: Server
    settings: Settings
    clock: TurnedClock
    app: App
    _people: dict[str, Person] = field(default_factory=dict)

    def person(self, name: str, channel: str = "telegram") -> Person:
        """Somebody known by their role in the story; the same name is the same person."""
        if name not in self._people:
            self._people[name] = self.sandbox[channel].person(first_name=name)
        return self._people[name]

    async def newcomer(self, name: str, channel: str = "telegram", lang: str = "فارسی") -> Person:
        """Somebody who has started the bot and chosen a language."""
        person = self.person(name, channel)
        person.starts()
        await person.answer()
        person.presses(lang)
        await person.answer()
        return person

    async def rows(self, sql: str, *values: Any) -> list[Any]:
        """What the database holds, read as plain SQL."""
        return await self.app.store.look(sql, values)


def settings_for(server: Server, folder: Path, **more: str) -> Settings:
    """Settings of a service in this folder against the sandbox."""
    return read_settings(
        {
            **TOKENS,
            "TELEGRAM_API_URL": server.url("telegram"),
            "BALE_API_URL": server.url("bale"),
            "DATABASE_URL": f"sqlite:///{folder}/shahr137.db",
            "DATA_DIR": str(folder),
            "WEB_PORT": "0",
            **more,
        }
    )


class Hasty(TurnedClock):
    """Waits and limits run several times as fast, for the service and the platforms alike: what people in stories do
    in a minute takes them seconds. What rows keep is ordinary time.
    """

    def monotonic(self) -> float:
        return super().monotonic() * HASTE

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds / HASTE)

    async def wait(self, event: asyncio.Event, seconds: float | None) -> None:
        await super().wait(event, None if seconds is None else seconds / HASTE)


def at_work() -> Hasty:
    """Real time moved to the next Saturday, ten o'clock in Tehran: people are at work and citizens may be disturbed."""
    clock = Hasty()
    now = datetime.fromtimestamp(clock.now() / 1000, UTC)
    saturday = (now + timedelta(days=(5 - now.weekday()) % 7 + 7)).replace(hour=6, minute=30, second=0, microsecond=0)
    clock.turn(int((saturday - now).total_seconds() * 1000))
    return clock


@functools.cache
def learned() -> Learned:
    """The pack of Qorveh with the confirmed overlay, read once for all towns."""
    read = learn(ROOT / "data" / "qorveh", DEMO)
    read.mind.warm()
    return read


@contextlib.asynccontextmanager
async def living(
    folder: Path, read: Learned | None = None, fetcher: Fetcher | None = None, **more: str
) -> AsyncIterator[Town]:
    """A town whose service runs until the block ends. `read`: another pack; `fetcher`: how the portal is reached."""
    clock = at_work()
    sandbox = Sandbox(clock)
    async with serve(sandbox) as server:
        settings = settings_for(server, folder, **more)
        furnish(settings.database_url)
        async with App(settings, clock, learned=read or learned(), fetcher=fetcher) as app, serving(app):
            yield Town(sandbox, server, settings, clock, app)


@contextlib.asynccontextmanager
async def serving(app: App) -> AsyncIterator[None]:
    """Run an opened app beside the block."""
    stop = asyncio.Event()
    run = asyncio.create_task(app.run(stop))
    try:
        yield
    finally:
        stop.set()
        await run
