"""Builds the parts, starts and stops them in order. It alone knows them all."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import secrets
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any

import structlog
from starlette.routing import BaseRoute
from telegram.ext import ApplicationBuilder, ContextTypes, ExtBot

from bot.actions.arrived import lost, offer_place
from bot.actions.city import City
from bot.actions.portal import BOT as PICTURES
from bot.actions.portal import picture_settled
from bot.broadcaster import Broadcaster
from bot.channels.bale import Bale
from bot.channels.base import Channel
from bot.channels.http import Http
from bot.channels.request import CityRequest
from bot.channels.telegram import Telegram
from bot.clock import MINUTE, Clock, utc
from bot.domain.calendar import OfficialDays
from bot.errors import CityError, PackError, SettingError
from bot.intake import House, Intake
from bot.learning import Learned, learn, make_city, relearn
from bot.lock import ServiceLock
from bot.media import Arrived, CalendarFile, Export, Media, Poster, Sheet
from bot.media import House as MediaHouse
from bot.media_sources import Sources
from bot.portal.asked import KIND as PAGE
from bot.portal.asked import Asked
from bot.portal.fetch import Fetcher
from bot.portal.pictures import Pictures
from bot.portal.reader import Portal
from bot.schedule import Schedule
from bot.sender import Sender
from bot.settings import Settings
from bot.store.store import Store
from bot.store.tables import CITY
from bot.store.work import Work
from bot.web.health import health_route
from bot.web.server import WebServer, bind
from handlers.context import CityApplication, Context, lighten
from handlers.registry import register

log = structlog.get_logger(__name__)
STOP_SECONDS = 3.0
SILENT_SECONDS = 60.0
RENEWED = "pack_renewed"
"""The key under which the last outcome of reading the pack anew is kept: its moment, and what was wrong."""
_COMMANDS = ("start", "report", "mine", "news", "mayor", "help", "settings", "cancel")
_TWO_LETTERS = {"ckb": "ku"}  # setMyCommands takes ISO 639-1 alone


async def code_key(store: Store) -> bytes:
    """The key of the tracking codes: made once, kept in the database, so that it goes where the cases go."""
    key = await store.get("code_key")
    if key is None:
        key = secrets.token_hex(32)
        await store.put("code_key", key)
    return bytes.fromhex(key)


class App:
    """The service. `async with App(...) as app: await app.run()`."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        *,
        overlay: Path | None = None,
        learned: Learned | None = None,
        fetcher: Fetcher | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.routes: list[BaseRoute] = []
        self.intakes: list[Intake] = []
        self.senders: list[Sender] = []
        self.city: City
        self.store: Store
        self.web: WebServer
        self.broadcaster: Broadcaster
        self.media: Media
        self.portal: Portal
        self.schedule: Schedule
        self._overlay = overlay
        self._learned = learned
        self._fetcher = fetcher or Fetcher()
        self._warmed = asyncio.Event()
        self._renewing = asyncio.Lock()
        self._official = OfficialDays()
        self._https: list[Http] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._closing = contextlib.AsyncExitStack()
        self._clean = True  # not after an error: the next start looks at the database first

    async def __aenter__(self) -> App:
        try:
            await self._open()
        except BaseException:
            await self._closing.aclose()
            raise
        return self

    async def __aexit__(self, *error: object) -> None:
        self._clean = error[0] is None
        await self._stop()

    async def _open(self) -> None:
        settings = self.settings
        if not (settings.telegram_token or settings.bale_token):
            raise SettingError(
                "Neither TELEGRAM_TOKEN nor BALE_TOKEN is set.", "Put one into .env, or try: python bot.py demo."
            )
        channels = self._channels()  # a wrong ability is told before anything is made
        lock = ServiceLock(settings.database_url)  # before the port: a second service is told the first one's number
        lock.take()
        self._closing.callback(lock.release)
        listener = bind(settings.web_host, settings.web_port)
        self._closing.callback(listener.close)
        learned = self._learned or learn(settings.city, self._overlay)
        self.store = await Store.open(settings.database_url, self.clock)
        self._closing.push_async_callback(self._close_store)
        self.city = make_city(learned, await code_key(self.store), self._official)
        for channel, token, url, proxy, rate in channels:
            await self._build(channel, token, Http(channel, token, url, proxy), rate)
        self.store.told.extend(sender.take for sender in self.senders)
        self.portal = Portal(self.store, self.clock, self.city, self._fetcher)
        self.media = self._media()
        self.schedule = Schedule(self.store, self.clock, self.city)
        self.schedule.others.append((self.portal.look, MINUTE))
        self.broadcaster = Broadcaster(self.store, self.clock, self.city)
        self.schedule.nudges.extend(sender.nudge for sender in self.senders)
        self.schedule.nudges.append(self.broadcaster.nudge)
        self.web = WebServer([health_route(self.health), *self.routes], listener)

    def _channels(self) -> list[tuple[Channel, str, str, str, float]]:
        s = self.settings
        known: list[tuple[Channel, str, str, str, float]] = [
            (Telegram(s.telegram_can), s.telegram_token, s.telegram_api_url, s.telegram_proxy, s.telegram_rate),
            (Bale(s.bale_can), s.bale_token, s.bale_api_url, s.bale_proxy, s.bale_rate),
        ]
        return [row for row in known if row[1]]

    async def _build(self, channel: Channel, token: str, http: Http, rate: float) -> None:
        await http.start()
        self._closing.push_async_callback(http.close)
        house = House(channel, http, self._application(channel, token, http), f"{channel.key}:{token.split(':')[0]}")
        intake = Intake(house, self.store, self.clock, self.city.pack.limits.messages_per_minute)
        sources = Sources(self.store, house.bot, self.settings.data_dir / "files")
        sender = Sender(channel, http, self.store, self.clock, rate, sources)
        self._https.append(http)
        self.intakes.append(intake)
        self.senders.append(sender)

        def storage_full(chat_id: int) -> None:
            sender.warn(chat_id, self.city.texts.line(self.city.pack.languages.default, "err-storage"))

        async def ready() -> None:
            username = self.city.bots.get(channel.key, "")
            log.info("channel_ready", channel=channel.key, username=username)
            await self.store.put(f"bot_username_{channel.key}", username)  # for links that are made offline
            self._spare(self._offer_commands(http))

        intake.storage_full = storage_full
        intake.ready = ready
        intake.warmed = self._warmed
        intake.heard = sender.heard

    def _media(self) -> Media:
        houses: dict[str, MediaHouse] = {
            intake.bot: http for intake, http in zip(self.intakes, self._https, strict=True)
        }
        houses[PICTURES] = Pictures(self.city, self._fetcher)
        files = self.settings.data_dir / "files"
        media = Media(self.store, self.clock, files, houses, self.city.pack.limits, self._arrived)
        media.makers["export"] = Export(self.store, media.vault, self.clock, lambda: self.city.pack, self.city.reader)
        media.makers[PAGE] = Asked(self.store, self.city, self.portal)
        media.makers["list"] = Sheet(self.store, media.vault, self.clock, self.city)
        media.makers["poster"] = Poster(self.store, media.vault, self.city)
        media.makers["calendar"] = CalendarFile(self.store, media.vault, self.city)
        self.store.after.append(media.wake)
        return media

    async def _arrived(self, work: Work, what: Arrived) -> None:
        if what.person_id == CITY:
            picture_settled(work, what.attachment_id, good=what.state == "stored" and what.kind == "photo")
        elif what.state != "stored":
            await lost(work, self.city, what.attachment_id, what.person_id, what.case_id)
        elif what.lat is not None and what.lon is not None and what.case_id is None:
            await offer_place(work, self.city, what.attachment_id, what.person_id, (what.lat, what.lon))

    def _application(self, channel: Channel, token: str, http: Http) -> CityApplication:
        bot: ExtBot[None] = ExtBot(token, request=CityRequest(http), get_updates_request=CityRequest(http))
        built = (
            ApplicationBuilder()
            .application_class(CityApplication)
            .bot(bot)
            .updater(None)
            .context_types(ContextTypes(context=Context))
            .build()
        )
        application: CityApplication = built  # type: ignore[assignment]
        application.city, application.channel = self.city, channel.key
        register(application)
        lighten()
        return application

    async def _offer_commands(self, http: Http) -> None:
        texts, languages = self.city.texts, self.city.pack.languages
        for lang in languages.offered:
            code = "" if lang == languages.default else _TWO_LETTERS.get(lang, lang)
            outcome = await http.commands([(name, texts.line(lang, f"cmd-{name}")) for name in _COMMANDS], code)
            if outcome.detail:
                log.info("commands_not_offered", channel=http.channel.key, detail=outcome.detail)
                return

    async def run(self, stop: asyncio.Event | None = None) -> None:
        """Serve until `stop` is set or a part dies; the latter raises, so that the process ends and is started anew."""
        self._start()
        stop = stop or asyncio.Event()
        waiting = asyncio.create_task(stop.wait())
        try:
            done, _ = await asyncio.wait([waiting, *self._tasks], return_when=asyncio.FIRST_COMPLETED)
            for task in done - {waiting}:
                task.result()
                raise CityError(f"{task.get_name()} ended by itself")
        finally:
            waiting.cancel()

    def _start(self) -> None:
        loops: Sequence[tuple[str, Coroutine[Any, Any, None]]] = [
            ("web", self.web.run()),
            ("media", self.media.run()),
            ("schedule", self.schedule.run()),
            ("broadcaster", self.broadcaster.run()),
            *((f"intake {intake.channel.key}", intake.run()) for intake in self.intakes),
            *((f"sender {sender.channel.key}", sender.run()) for sender in self.senders),
        ]
        self._tasks = [asyncio.create_task(loop, name=name) for name, loop in loops]
        self._spare(self._warm())
        gc.freeze()  # what lives for ever is never looked through again (p99 at saturation 57 -> 33 ms)
        gc.set_threshold(20_000, 20, 50)

    async def _warm(self) -> None:
        """Polling begins at once; the first words are looked at when there is something to look with."""
        try:
            await asyncio.to_thread(self._learn)
        finally:
            self._warmed.set()

    def _learn(self) -> None:
        """The categories, and this year's holidays and the next."""
        self.city.mind.warm()
        year = utc(self.clock.now()).year
        for each in (year, year + 1):
            self._official.load(each)

    def renew_soon(self) -> None:
        """Read the pack anew beside everything else: for a signal."""
        self._spare(self.renew())

    async def renew(self) -> str:
        """Read the pack anew and serve by it from the next update on; answers "", or what is wrong with it: then
        nothing has changed. The outcome is kept for the command that waits for it.
        """
        async with self._renewing:
            try:
                learned = await asyncio.to_thread(relearn, self.settings.city, self._overlay)
            except PackError as error:
                log.error("pack_refused", file=error.file, key=error.key)
                await self._renewed(str(error))
                return str(error)
            await self._take(make_city(learned, await code_key(self.store), self._official))
            log.info("pack_renewed", version=learned.pack.city.version)
            await self._renewed("")
            return ""

    async def _take(self, city: City) -> None:
        """Between two units of work."""
        async with self.store.unit():
            self.city.renew(city)
        limits = city.pack.limits
        self.media.limit(limits)
        for intake in self.intakes:
            intake.flood = limits.messages_per_minute
        for http in self._https:
            self._spare(self._offer_commands(http))

    async def _renewed(self, error: str) -> None:
        """Each outcome reads differently from the one before, also where it is the same."""
        await self.store.put(RENEWED, f"{self.clock.now()} {error}")

    def _spare(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        """Something useful beside; its failure is logged and stops nothing."""

        async def guarded() -> None:
            try:
                await coroutine
            except Exception as error:
                log.warning("spare_task_failed", error=type(error).__name__)

        task = asyncio.create_task(guarded())
        self._closing.callback(task.cancel)

    async def _stop(self) -> None:
        """Intake first (what is not committed comes again), then what is in flight, then the database."""
        for task in self._tasks:
            if task.get_name().startswith("intake"):
                task.cancel()
        if self._tasks:
            await asyncio.sleep(0)
            await asyncio.gather(*(sender.drain(STOP_SECONDS) for sender in self.senders))
            self.web.stop()
        rest = [task for task in self._tasks if task.get_name() != "web"]
        for task in rest:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._closing.aclose()

    async def _close_store(self) -> None:
        await self.store.close(clean=self._clean)

    async def health(self) -> tuple[bool, dict[str, Any]]:
        """Whether the database commits and a channel has polled within a minute, and the figures."""
        now = self.clock.monotonic()
        channels = {
            intake.channel.key: {
                "polled_seconds_ago": None if intake.polled_at is None else round(now - intake.polled_at, 1),
                "trouble": intake.trouble or sender.trouble,
                "waiting": sender.waiting,
                "sent": sender.sent,
            }
            for intake, sender in zip(self.intakes, self.senders, strict=True)
        }
        polled = any(i.polled_at is not None and now - i.polled_at < SILENT_SECONDS for i in self.intakes)
        database = await self._commits()
        return polled and database == "ok", {"database": database, "polled": polled, "channels": channels}

    async def _commits(self) -> str:
        try:
            await asyncio.wait_for(self.store.put("health", str(self.clock.now())), 5)
        except (CityError, TimeoutError) as error:
            return f"does not commit ({type(error).__name__})"
        return "ok"
