"""The demo: both platforms played inside the process, the real service on them, and phones on the chat page.

Its clock can be turned from the page; its story (`demo_story`) plays by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from bot.actions.invite import IN_DEPARTMENT, do_invite
from bot.app import App
from bot.clock import TurnedClock
from bot.demo_city import furnish
from bot.demo_clock import keep_clock, set_clock
from bot.demo_story import DEPARTMENT, PERSIAN, make_story
from bot.errors import SettingError
from bot.learning import Learned, learn
from bot.lock import ServiceLock
from bot.pack.pack import Pack
from bot.sandbox import Sandbox, Server, serve
from bot.sandbox.message import JSON
from bot.sandbox.page import Page
from bot.sandbox.phones import Phone
from bot.sender import Sender
from bot.settings import ROOT, Settings
from bot.web.server import bind

OVERLAY = ROOT / "data" / "demo"
# Invented: the sandbox takes any.
_TELEGRAM_TOKEN, _BALE_TOKEN = "1370001:demo", "1370002:demo"


@dataclass(slots=True)
class Demo:
    """One run. `told` is given the page's address whenever it answers; `stop` ends everything."""

    settings: Settings
    clock: TurnedClock
    told: Callable[[str], None]
    stop: asyncio.Event
    keep: bool = False
    _first: int = field(init=False)  # what the clock was turned by before the demo began

    async def run(self) -> None:
        """Serve until `stop`; a reset from the page begins again with an empty database."""
        self._first = self.clock.turned
        while await self._round():
            self.keep = False
            self.clock.turn(self._first - self.clock.turned)

    async def _round(self) -> bool:
        """One life of the service; whether another one is wanted."""
        fresh = prepare(self.settings, self.keep)
        learned = learn(self.settings.city, OVERLAY)
        set_clock(self.clock, learned.pack, self._kept_clock)
        sandbox, reset, end = Sandbox(self.clock), asyncio.Event(), asyncio.Event()
        page = Page(sandbox, make_phones(sandbox), reset.set)
        async with serve(sandbox) as server, self._app(server, page, learned) as app:
            self._furnish(page, sandbox, app)
            jobs = [self._announce(app), self._end(reset, end), _begin(app, page, fresh)]
            tasks = [asyncio.create_task(job) for job in jobs]
            try:
                await app.run(end)
            finally:
                page.close()
                for task in tasks:
                    task.cancel()
        return reset.is_set()

    @property
    def _kept_clock(self) -> Path:
        return self.settings.data_dir / "clock"

    def _app(self, server: Server, page: Page, learned: Learned) -> App:
        settings = replace(self.settings, telegram_api_url=server.url("telegram"), bale_api_url=server.url("bale"))
        app = App(settings, self.clock, learned=learned)
        app.routes = page.routes
        return app

    def _furnish(self, page: Page, sandbox: Sandbox, app: App) -> None:
        """What is known only once the service is built."""
        self.settings = replace(self.settings, web_port=urlsplit(app.web.url).port or 0)
        page.map = town(app.city.pack)
        for platform in (sandbox.telegram, sandbox.bale):
            platform.bot.name = app.city.pack.municipality("fa")
        senders: dict[str, Sender] = {sender.channel.key: sender for sender in app.senders}
        page.switches.outbox = lambda platform: senders[platform].waiting
        page.hands.turned = lambda: self._turned(app)
        if self.keep:
            # A database that was kept knows the people and the ids of the last run. Ten ids a second are more than
            # phones use, so that these are new even right after it; they have 31 bits, as the platforms' own.
            for platform in (sandbox.telegram, sandbox.bale):
                platform.bot.updates.restart_ids(self.clock.now() // 100 % 2**31)
            for phone in page.phones.values():
                phone.person.chat.started = True

    def _turned(self, app: App) -> None:
        """A visitor turned the clock: whoever waits for a time looks again."""
        keep_clock(self.clock, self._kept_clock)
        app.schedule.wake()

    async def _announce(self, app: App) -> None:
        url = urlsplit(app.web.url)
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection(url.hostname, url.port)
                writer.close()
                break
            await self.clock.sleep(0.02)
        self.told(app.web.url + "/")

    async def _end(self, reset: asyncio.Event, end: asyncio.Event) -> None:
        """Set `end` for whichever comes first."""
        waits = [asyncio.create_task(each.wait()) for each in (self.stop, reset)]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for each in waits:
            each.cancel()
        end.set()


def demo_settings(settings: Settings) -> Settings:
    """The demo's own: no token, no proxy, data apart. Raises SettingError unless WEB_HOST is this machine alone."""
    host = settings.web_host
    if host != "localhost" and not _is_loopback(host):
        raise SettingError(f"WEB_HOST={host} would show the demo to others.", "Set WEB_HOST=127.0.0.1 for the demo.")
    home = settings.data_dir / "demo"
    own = replace(settings, telegram_token=_TELEGRAM_TOKEN, bale_token=_BALE_TOKEN, telegram_proxy="", bale_proxy="")
    return replace(own, data_dir=home, database_url=home / "shahr137.db")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def prepare(settings: Settings, keep: bool) -> bool:
    """Empty the demo's folder, once it is sure that no other demo lives in it and that the port can be had.

    Answers whether the database will be a new one. Raises SettingError or DatabaseError otherwise.
    """
    bind(settings.web_host, settings.web_port).close()
    lock = ServiceLock(settings.database_url)
    lock.take()
    try:
        if not keep:
            empty(settings.data_dir)
    finally:
        lock.release()
    return not settings.database_url.exists()


def empty(folder: Path) -> None:
    """Remove what is in the folder."""
    for each in folder.iterdir():
        if each.is_dir():
            shutil.rmtree(each)
        else:
            each.unlink()


def make_phones(sandbox: Sandbox) -> list[Phone]:
    """Two citizens, and of the staff one of each role that works on cases; each platform has three of them."""
    telegram, bale = sandbox.telegram.person, sandbox.bale.person
    return [
        Phone("citizen-telegram", "citizen", telegram("سارا")),
        Phone("citizen-bale", "citizen", bale("هیوا")),
        Phone("dispatcher", "dispatcher", bale("نرگس")),
        Phone("officer", "officer", telegram("آرش")),
        Phone("manager", "manager", bale("پروین")),
        Phone("admin", "admin", telegram("بهرام")),
    ]


def town(pack: Pack) -> JSON:
    """What the page's map draws: {centre [lat, lon], areas [{name, rings [[[lon, lat]]]}]}."""
    geo = pack.city.geo
    areas = [{"name": area.name("fa"), "rings": area.rings} for area in pack.areas]
    return {"centre": [geo.lat, geo.lon], "areas": areas}


async def _begin(app: App, page: Page, fresh: bool) -> None:
    """Bring everybody into their role, unless a kept database knows them; then the story may be played."""
    if fresh:
        await furnish(app.store, app.city, app.settings.data_dir / "files")
        await asyncio.gather(*(_join(app, phone) for phone in page.phones.values() if phone.role != "citizen"))
    geo = app.city.pack.geo
    page.player.offer(make_story(geo.lat, geo.lon))


async def _join(app: App, phone: Phone) -> None:
    """Take the phone's role by an invitation, as a real official does, in Persian."""
    phone.person.starts(f"i-{await _invitation(app, phone.role)}")
    with contextlib.suppress(AssertionError):  # not asked in time: whoever holds the phone may choose
        phone.person.presses(PERSIAN, await phone.person.sees(PERSIAN, within=20))


async def _invitation(app: App, role: str) -> str:
    pack = app.city.pack
    department = DEPARTMENT if role in IN_DEPARTMENT else ""
    async with app.store.unit() as unit:
        work = await unit.work()
        code = do_invite(work, pack, role, department)
        unit.merge(work)
        await app.store.commit(unit)
    return code


async def serve_demo(
    settings: Settings,
    clock: TurnedClock,
    told: Callable[[str], None],
    *,
    keep: bool = False,
    stop: asyncio.Event | None = None,
) -> None:
    """Serve the demo until `stop`. `told` gets the page's address, as http://127.0.0.1:8137/, once it answers.

    The clock is turned: by the visitor, and beforehand where it is night.
    """
    await Demo(demo_settings(settings), clock, told, stop or asyncio.Event(), keep).run()
