"""A platform that has nothing but files, and a media loop that fetches them: for the tests and for the whole corpus."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from aiohttp import web
from sqlalchemy import bindparam, select

from bot.channels.http import Http
from bot.channels.telegram import Telegram
from bot.clock import TurnedClock
from bot.media import Arrived, Media
from bot.store import tables
from bot.store.statements import Query
from bot.store.store import Store
from bot.store.work import Arrival, Work

TOKEN = "7:secret"
Given = bytes | int  # what a file is, or the status that is answered instead


class Row(NamedTuple):
    id: int
    case_id: int | None
    kind: str
    bot: str
    file_id: str
    name: str
    mime: str
    size: int
    state: str
    sha256: str
    inline: bool
    lat: float | None
    lon: float | None
    attempts: int
    due_at: int
    error: str


ROW = Query(
    select(*(tables.attachments.c[n] for n in Row._fields)).where(tables.attachments.c.id == bindparam("i")), Row
)


@dataclass
class Platform:
    """`files` by file id. `sizes`: what getFile says of a file's size, where it does not tell the truth."""

    files: dict[str, Given] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0
    sent: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    async def get_file(self, request: web.Request) -> web.Response:
        file_id = str((await request.post())["file_id"])
        self.asked.append(file_id)
        given = self.files.get(file_id, 400)
        if isinstance(given, int):
            refusal = {"ok": False, "error_code": given, "description": "Bad Request: no such file"}
            return web.json_response(refusal, status=given)
        size = self.sizes.get(file_id, len(given))
        return web.json_response({"ok": True, "result": {"file_id": file_id, "file_path": file_id, "file_size": size}})

    async def get(self, request: web.Request) -> web.StreamResponse:
        given = self.files[request.match_info["path"]]
        assert isinstance(given, bytes)
        response = web.StreamResponse()
        await response.prepare(request)
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            await self.gate.wait()
            for at in range(0, len(given), 65_536):
                await response.write(given[at : at + 65_536])
                self.sent += len(given[at : at + 65_536])
        finally:
            self.busy -= 1
        return response


@asynccontextmanager
async def serve(platform: Platform) -> AsyncIterator[Http]:
    """A real connection to this platform."""
    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/getFile", platform.get_file)
    app.router.add_get(f"/file/bot{TOKEN}/{{path:.*}}", platform.get)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    http = Http(Telegram(), TOKEN, f"http://127.0.0.1:{runner.addresses[0][1]}")
    await http.start()
    try:
        yield http
    finally:
        await http.close()
        await runner.cleanup()


@dataclass(frozen=True)
class Limits:
    max_file_mb: int = 20


Heard = Callable[[Work, Arrived], Awaitable[None]]


class Bench:
    """A store with one reporter, a platform, and a media loop that runs when it is told to."""

    def __init__(self, store: Store, clock: TurnedClock, platform: Platform, http: Http, folder: Path) -> None:
        self.store, self.clock, self.platform, self.http = store, clock, platform, http
        self.files = folder / "files"
        self.heard: list[Arrived] = []
        self.reporter = 0
        self.account = 0
        self._woken: list[Callable[[], None]] = []

    async def welcome(self, user_id: int = 1) -> int:
        """Somebody new; the first one is the reporter."""
        async with self.store.unit("telegram", "telegram", [Arrival(user_id, "x", user_id, user_id)]) as unit:
            work = await unit.work(Arrival(user_id, "x", user_id, user_id))
            unit.merge(work)
            await self.store.commit(unit)
        self.reporter = self.reporter or work.person.id
        self.account = self.account or work.person.account_id
        return work.person.id

    async def add(self, table: Any, **values: Any) -> int:
        async with self.store.unit() as unit:
            work = await unit.work()
            id_ = work.add(table, **values)
            unit.merge(work)
            await self.store.commit(unit)
        for wake in self._woken:
            wake()
        return id_

    async def sent(self, content: Given, kind: str = "photo", name: str = "", *, by: int = 0) -> int:
        """Somebody sent a file: the row is committed, the platform has the bytes."""
        file_id = f"f{len(self.platform.files)}"
        self.platform.files[file_id] = content
        row = {"kind": kind, "bot": "telegram", "file_id": file_id, "name": name, "created_at": self.clock.now()}
        return await self.add(tables.attachments, person_id=by or self.reporter, **row)

    def media(self, most_mb: int = 20, heard: Heard | None = None) -> Media:
        limits = Limits(most_mb)
        return Media(self.store, self.clock, self.files, {"telegram": self.http}, limits, heard or self.hear)

    async def hear(self, work: Work, arrived: Arrived) -> None:
        self.heard.append(arrived)

    async def row(self, id_: int) -> Row:
        return (await self.store.read(ROW, i=id_))[0]

    async def settled(self, id_: int) -> Row:
        """The row once it is neither pending nor being tried."""
        return await self.until(id_, lambda row: row.state != "pending")

    async def until(self, id_: int, holds: Callable[[Row], bool]) -> Row:
        await eventually(lambda: self._holds(id_, holds))
        return await self.row(id_)

    async def _holds(self, id_: int, holds: Callable[[Row], bool]) -> bool:
        return holds(await self.row(id_))

    async def downloads(self, n: int = 1) -> None:
        """Wait until so many are on their way at once."""

        async def busy() -> bool:
            return self.platform.busy >= n

        await eventually(busy)

    @asynccontextmanager
    async def running(self, media: Media) -> AsyncIterator[None]:
        self._woken.append(media.wake)
        task = asyncio.create_task(media.run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def fetched(self, content: Given, kind: str = "photo", name: str = "", **more: Any) -> Row:
        """What becomes of one file."""
        id_ = await self.sent(content, kind, name)
        async with self.running(self.media(**more)):
            return await self.settled(id_)

    async def fetched_too(self, content: Given, kind: str = "voice") -> Row:
        """What becomes of one more file while the loop runs."""
        return await self.settled(await self.sent(content, kind))

    def stored(self) -> list[Path]:
        """The files that are kept."""
        return sorted(path for path in self.files.rglob("*") if path.is_file())


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    """Rows tell nobody when they change: look until it holds, for half a minute at most."""
    async with asyncio.timeout(30):
        while not await holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@asynccontextmanager
async def bench(folder: Path) -> AsyncIterator[Bench]:
    clock = TurnedClock()
    store = await Store.open(folder / "city.db", clock)
    platform = Platform()
    try:
        async with serve(platform) as http:
            made = Bench(store, clock, platform, http, folder)
            await made.welcome()
            yield made
    finally:
        await store.close()
