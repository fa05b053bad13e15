"""An announcement to many that is killed, stopped or corrected on its way: rows 9 and 10."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from benchmarks.broadcast import town
from bot.actions.afterwards import correct, stop
from bot.actions.broadcasts import Announcement, do_broadcast
from bot.actions.casting import screens_of
from bot.app import App
from bot.clock import TurnedClock
from bot.domain.broadcast import Audience
from bot.domain.content import Content
from bot.sandbox.person import Person
from bot.sandbox.server import serve
from bot.sandbox.world import Sandbox
from bot.store.work import Work
from tests.acting import acting, hires
from tests.faults.crowds import RATE, Crowd, finished
from tests.faults.report import Figure, Run
from tests.faults.service import Service
from tests.house import furnish
from tests.town import Town, learned, serving, settings_for

IN_FLIGHT = 16
OLD, NEW = "پل تا عصر بسته است", "پل تا فردا بسته است"


async def row_9(run: Run) -> list[Figure]:
    people, kills = run.pick(900, 100_000), run.pick(2, 50)
    sandbox, dice = Sandbox(), random.Random("137 broadcast")
    async with serve(sandbox) as server:
        service = Service(server, run.room("broadcast"), ("telegram",), settings={"LOG_LEVEL": "info"})
        run.logs.append(service.log)
        crowd, down = Crowd(sandbox.telegram, people), 0.0
        await crowd.to_be_told(service)
        await service.start()
        try:
            await crowd.taking(1, 30)
            began = time.monotonic()
            for number in range(kills):
                await crowd.taking(int(people * (number + dice.random()) / kills), 60)
                await asyncio.sleep(dice.uniform(0, 0.005))
                down += await _killed(service, crowd)
            await finished(service.database, 60)
            seconds = time.monotonic() - began
        finally:
            await service.stop()
    copies = crowd.copies
    doubles = sum((times - 1) * number for times, number in copies.items() if times > 1)
    more = sum(number for times, number in copies.items() if times > 2)
    measured = f"{people} people, {kills} kills: {copies[0]} missed, {doubles} doubles, {more} triples"
    late = (seconds - down) / crowd.ideal
    lasted = f"{seconds:.0f} s, {down:.0f} s of them restarts: {late:.2f} times the ideal {crowd.ideal:.0f} s"
    good = not (copies[0] or more) and doubles <= IN_FLIGHT * kills
    target = f"0 missed, doubles <= {IN_FLIGHT} a kill, 0 triples"
    return [
        Figure(9, "SIGKILL during a broadcast", target, measured, good),
        Figure(9, "its time", "<= 1.1 times the ideal, and the restarts", lasted, late <= 1.1, True),
    ]


async def _killed(service: Service, crowd: Crowd) -> float:
    """Seconds from the kill to the next message."""
    service.kill()
    at = time.monotonic()
    await service.ended()
    before = crowd.taken
    await service.start()
    await crowd.taking(before + 1, 30)
    return time.monotonic() - at


@dataclass
class Midway:
    """A broadcast of an admin, of whose people three of ten have it."""

    town: Town
    admin: Person
    crowd: Crowd
    cast: int

    async def ends(self) -> None:
        """Asked of the service itself: a second SQLite in one process would pull the first one's locks away."""
        end = time.monotonic() + 4 * self.crowd.ideal + 20
        while await self.town.rows("SELECT 1 FROM broadcasts WHERE finished_at = 0"):
            await asyncio.sleep(0.1)
            assert time.monotonic() < end, "the broadcast does not end"


@contextlib.asynccontextmanager
async def midway(folder: Path, people: int) -> AsyncIterator[Midway]:
    sandbox = Sandbox(clock := TurnedClock())
    async with serve(sandbox) as server:
        settings = settings_for(server, folder, TELEGRAM_RATE=str(RATE))
        furnish(settings.database_url)
        await town.populate(settings.database_url, people)
        async with App(settings, clock, learned=learned()) as app, serving(app):
            made = Town(sandbox, server, settings, clock, app)
            admin = await hires(made, "admin", "admin", channel="bale")
            crowd = Crowd(sandbox.telegram, people)
            async with acting(made, admin) as work:
                cast = _announce(work, app)
            await crowd.taking(people * 3 // 10, 60)
            yield Midway(made, admin, crowd, cast)


def _announce(work: Work, app: App) -> int:
    content = Content(texts={"fa": OLD})
    screens = screens_of(app.city, "safety", content, 0)
    more = {"content": orjson.dumps(content.dump()).decode()}
    return do_broadcast(work, Announcement("safety", "پل", screens, Audience(channels=("telegram",)), more=more))


async def row_10(run: Run) -> list[Figure]:
    return [*await _stopped(run), await _corrected(run)]


async def _stopped(run: Run) -> list[Figure]:
    people = run.pick(900, 10_000)
    async with midway(run.room("cast-stopped"), people) as one:
        async with acting(one.town, one.admin) as work:
            await stop(work, one.cast)
        at, before, last = time.monotonic(), one.crowd.taken, 0.0
        seen = before
        while time.monotonic() - at < 2:
            if one.crowd.taken > seen:
                seen, last = one.crowd.taken, time.monotonic() - at
            await asyncio.sleep(0.01)
        await one.ends()
        rows = dict(await one.town.rows("SELECT chat_id, state FROM outbox WHERE broadcast_id = ?", one.cast))
        got = {number for number in one.crowd.numbers if one.crowd.platform.people[number].inbox}
        wrong = {chat for chat, state in rows.items() if state not in ("sent", "stopped")}
        wrong |= got ^ {chat for chat, state in rows.items() if state == "sent"}
        more = one.crowd.copies
    late = seen - before
    measured = f"{people} people, stopped when {before} had it: {late} more, the last {last:.2f} s after the stop"
    states = f"{len(wrong)} of {len(rows)} rows differ from what the platform took"
    exact = not wrong and set(more) <= {0, 1} and late <= IN_FLIGHT and one.crowd.taken < people
    return [
        Figure(10, "a broadcast is stopped", "<= 1 s, <= 16 in flight", measured, last <= 1, True),
        Figure(10, "its rows", "states exact", f"{states}; {late} were in flight", exact),
    ]


async def _corrected(run: Run) -> Figure:
    people = run.pick(900, 10_000)
    async with midway(run.room("cast-corrected"), people) as one:
        async with acting(one.town, one.admin) as work:
            await correct(work, one.town.app.city, one.cast, NEW)
        await one.ends()
        versions = dict(await one.town.rows(_VERSIONS, one.cast))
        heard = {number: _heard(one.crowd.platform.people[number]) for number in one.crowd.numbers}
    wrong = sum(heard[number] != _EXPECTED[versions.get(number, 0)] for number in heard)
    old = sum(version == 1 for version in versions.values())
    measured = (
        f"{people} people, corrected midway: {old} got the old text and its correction, {len(versions) - old} the new "
        f"text alone, {wrong} anything else"
    )
    good = not wrong and 0 < old < people == len(versions)
    return Figure(10, "a broadcast is corrected", "the right text for all, nothing else", measured, good)


_VERSIONS = (
    "SELECT o.chat_id, r.version FROM outbox o JOIN renditions r ON r.id = o.rendition_id "
    "WHERE o.broadcast_id = ? AND o.state = 'sent'"
)
_EXPECTED = {0: [], 1: ["old", "correction"], 2: ["new"]}


def _heard(person: Person) -> list[str]:
    told = []
    for message in person.inbox:
        correction = "correction" if "اصلاح پیام پیشین" in message.text else "new"
        told.append("old" if OLD in message.text else correction if NEW in message.text else "something else")
    return told
