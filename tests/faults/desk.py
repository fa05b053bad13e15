"""Intake alone, with a handler that does what each message says: for what must hold whatever a handler does."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, ExtBot, TypeHandler

from bot.channels.http import Http
from bot.channels.request import CityRequest
from bot.channels.telegram import Telegram
from bot.clock import Clock
from bot.domain.calendar import OfficialDays
from bot.intake import House, Intake
from bot.learning import make_city
from bot.sandbox.server import serve
from bot.sandbox.world import Sandbox
from bot.store import tables
from bot.store.store import Store
from bot.talk.rich import Plain
from bot.talk.screen import Screen
from handlers import errors
from handlers.context import CityApplication, Context
from tests.faults.hand_clock import HandClock
from tests.town import learned

TOKEN = "137:sandbox"
FLOOD = 20
JSON = dict[str, Any]


class Killed(BaseException):
    """The process ends here: nothing catches this, nothing is written down."""


@dataclass
class Desk:
    """`handled` are the texts that the handler saw to the end; `deeds` what it does for a text, before it answers."""

    clock: Clock
    sandbox: Sandbox
    store: Store
    http: Http
    path: Path
    handled: list[str] = field(default_factory=list)
    deeds: dict[str, Callable[[Context], None]] = field(default_factory=dict)
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    intake: Intake = field(init=False)

    def __post_init__(self) -> None:
        self.renew()
        self.deeds |= {"boom": _boom, "row": _bad_row, "huge": _huge_row}

    def renew(self) -> None:
        """An intake that remembers nothing, as after a start."""
        house = House(self.http.channel, self.http, self._application(), "telegram:137")
        self.intake = Intake(house, self.store, self.clock, FLOOD)

    def _application(self) -> CityApplication:
        bot: ExtBot[None] = ExtBot(TOKEN, request=CityRequest(self.http), get_updates_request=CityRequest(self.http))
        builder = ApplicationBuilder().application_class(CityApplication).bot(bot).updater(None)
        application: CityApplication = builder.context_types(ContextTypes(context=Context)).build()  # type: ignore[assignment]
        application.city = make_city(learned(), b"key" * 11, OfficialDays())
        application.channel = "telegram"
        application.add_handler(TypeHandler(Update, self._handle))
        application.add_error_handler(errors.mark)
        return application

    async def _handle(self, update: Update, context: Context) -> None:
        if update.message is None or context.work.who is None:
            return
        text = update.message.text or ""
        context.work.say(Screen((Plain(f"answer to {text}"),)))
        if text in self.deeds:
            self.deeds[text](context)
        self.handled.append(text)

    def update(self, text: str, user: int = 7, number: int | None = None) -> JSON:
        """A message in a private chat, as the platform delivers it."""
        number = next(self.numbers) if number is None else number
        person = {"id": user, "is_bot": False, "first_name": "Alice"}
        chat = {"id": user, "type": "private"}
        return {
            "update_id": number,
            "message": {"message_id": number, "date": 1, "chat": chat, "from": person, "text": text},
        }

    async def failed(self) -> list[Any]:
        return await self.store.look("SELECT update_id, error, state, attempts FROM failed_updates ORDER BY id")

    async def said(self) -> int:
        """How many messages wait to be sent."""
        rows = await self.store.look("SELECT count(*) FROM outbox WHERE state = 'waiting'")
        number: int = rows[0][0]
        return number

    async def dies(self, *texts: str) -> None:
        """A batch in whose midst the process is killed, and the start after it."""
        with contextlib.suppress(Killed):
            await self.intake.take([self.update(text) for text in texts])
        await self.restart()

    async def restart(self) -> None:
        """Another process on the same database, after an unclean stop."""
        await self.store.close(clean=False)
        self.store = await Store.open(self.path, self.clock)
        self.renew()
        await self.intake._get_ready()


def _boom(context: Context) -> None:
    raise ValueError("what somebody wrote")


def _bad_row(context: Context) -> None:
    context.work.add(tables.cases, code=None, person_id=context.person.id)


def _huge_row(context: Context) -> None:
    context.work.add(tables.additions, case_id=2**70, person_id=context.person.id, words="", created_at=0)


@contextlib.asynccontextmanager
async def desk(folder: Path, clock: Clock | None = None) -> AsyncIterator[Desk]:
    """A desk whose intake nobody has started."""
    clock = clock or HandClock()
    sandbox = Sandbox(clock)
    async with serve(sandbox) as server:
        store = await Store.open(folder / "a.db", clock)
        http = Http(Telegram(), TOKEN, server.url("telegram"))
        await http.start()
        made = Desk(clock, sandbox, store, http, folder / "a.db")
        await made.intake._get_ready()
        try:
            yield made
        finally:
            await http.close()
            await made.store.close()


@contextlib.asynccontextmanager
async def polling(intake: Intake) -> AsyncIterator[None]:
    """The intake runs until the block ends."""
    task = asyncio.create_task(intake.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
