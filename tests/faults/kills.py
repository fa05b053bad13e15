"""SIGKILL while people file: at random moments, most of them between delivery and acknowledgement (rows 1 and 3)."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox.platform import Platform
from bot.sandbox.server import Server, serve
from bot.sandbox.world import Sandbox
from tests.faults.citizens import PATIENCE, Citizen, Ledger, crowd, number_in
from tests.faults.crowds import Crowd, finished
from tests.faults.report import Figure, Run, percentile
from tests.faults.service import Service, look
from tests.faults.watch import WatchedUpdates, watch

PEOPLE = 5
LATEST = 0.030  # seconds after a delivery; later than that most batches are acknowledged
NEAR = 0.85  # of the kills follow a delivery, the others come at any moment
POINTS = ("after_inbox_insert", "before_commit", "after_commit", "after_send")


@dataclass
class Lane:
    """One service on one platform, killed again and again."""

    service: Service
    sandbox: Sandbox
    channel: str
    updates: WatchedUpdates
    dice: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    near: int = 0

    async def run(self, kills: int) -> None:
        stop = asyncio.Event()
        people = asyncio.create_task(crowd(self.sandbox[self.channel], self.ledger, PEOPLE, stop))
        try:
            for _ in range(kills):
                await self._life()
            stop.set()
            await self.service.start()
            await asyncio.wait_for(people, 120)
            await settled(self.service.database)
        except TimeoutError:
            people.cancel()
        finally:
            stop.set()
            people.cancel()
            await asyncio.gather(people, return_exceptions=True)
            await self.service.stop()

    async def _life(self) -> None:
        """From a start to a kill."""
        self.updates.asked.clear()
        await self.service.start()
        await asyncio.wait_for(self.updates.asked.wait(), 60)
        if self.dice.random() < NEAR:
            await self._after_a_delivery()
        else:
            await asyncio.sleep(self.dice.uniform(0, 0.5))
        self.near += self.updates.in_hand > 0
        self.service.kill()
        await self.service.ended()

    async def _after_a_delivery(self) -> None:
        for _ in range(self.dice.choice([1, 1, 2, 3, 5])):
            given = asyncio.Event()
            self.updates.given = given.set
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(given.wait(), 5)
        await asyncio.sleep(self.dice.choice([0, 0.002, self.dice.uniform(0, LATEST)]))


async def settled(database: Path) -> None:
    """Until nothing waits to be sent."""
    for _ in range(200):
        if not look(database, "SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending') LIMIT 1"):
            return
        await asyncio.sleep(0.05)


@dataclass
class Judged:
    """The ledger beside the database. `doubles`: messages that came again; `doubts`: how many may have."""

    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    stuck: int = 0
    messages: int = 0
    doubles: int = 0
    doubts: int = 0
    set_aside: int = 0

    def __add__(self, other: Judged) -> Judged:
        return Judged(*(getattr(self, name) + getattr(other, name) for name in vars(self)))


def taken(platform: Platform) -> int:
    """Messages and changes of messages that the platform took."""
    return sum(
        times
        for (method, status), times in platform.calls.counts.items()
        if status in (200, 0) and method.startswith(("send", "edit"))
    )


def judge(ledger: Ledger, database: Path, sandbox: Sandbox, channel: str) -> Judged:
    cases: dict[int, list[str]] = {}
    for words, code in look(database, "SELECT words, code FROM cases"):
        cases.setdefault(number_in(words), []).append(str(code))
    found = Judged(acknowledged=len(ledger.codes), stuck=len(ledger.open))
    for number, codes in ledger.codes.items():
        found.lost += not codes <= set(cases.get(number, []))
        found.doubled += len(codes) > 1
    found.doubled += sum(len(codes) > 1 for codes in cases.values())
    written = taken(sandbox[channel])
    ((sent, found.doubts),) = look(
        database, "SELECT count(*), coalesce(sum(doubts), 0) FROM outbox WHERE state IN ('sent', 'uncertain')"
    )
    found.messages, found.doubles = written, max(written - sent, 0)
    ((found.set_aside,),) = look(database, "SELECT count(*) FROM failed_updates")
    return found


def lane(run: Run, channel: str, server: Server, sandbox: Sandbox, name: str = "kills") -> Lane:
    service = Service(server, run.room(f"{name}-{channel}"), (channel,))
    run.logs.append(service.log)
    return Lane(service, sandbox, channel, watch(sandbox[channel]), random.Random(f"137 {channel}"))


async def row_1(run: Run) -> list[Figure]:
    """Both platforms at once, each with its own service and database."""
    sandbox, kills = Sandbox(), run.pick(2, 100)
    async with serve(sandbox) as server:
        lanes = [lane(run, channel, server, sandbox) for channel in ("telegram", "bale")]
        await asyncio.gather(*(each.run(kills) for each in lanes))
        ready = [await _start_alone(lanes[0]) for _ in range(run.pick(1, 5))]
    found = Judged()
    for each in lanes:
        found += judge(each.ledger, each.service.database, sandbox, each.channel)
    near = sum(each.near for each in lanes) / (2 * kills)
    nudges = sum(each.ledger.nudges for each in lanes)
    intact = sum(_intact(each.service.database) for each in lanes)
    good = not (found.lost or found.doubled or found.stuck) and found.acknowledged > 0 and intact == 2
    measured = (
        f"{2 * kills} kills, {near:.0%} between delivery and acknowledgement; {found.acknowledged} codes shown: "
        f"{found.lost} lost, {found.doubled} doubled, {found.stuck} dialogues stuck ({nudges} times somebody asked "
        f"again after {PATIENCE:.0f} s); {found.set_aside} updates set aside with an apology; {intact} of 2 databases "
        "whole"
    )
    bound = f"{found.doubles} of {found.messages} messages came twice, {found.doubts} were in doubt"
    middle = f"p50 {percentile(ready, 0.5):.2f} s, p95 {percentile(ready, 0.95):.2f} s"
    return [
        Figure(1, "SIGKILL while people file", "0 lost, 0 doubled, 0 stuck; 60 % near", measured, good),
        Figure(1, "of the kills between delivery and acknowledgement", ">= 60 %", f"{near:.0%}", near >= 0.6, True),
        Figure(1, "doubles of messages", "<= in doubt", bound, found.doubles <= found.doubts),
        Figure(1, "asks the platform again after a start", "<= 1.5 s", middle, percentile(ready, 0.5) <= 1.5, True),
    ]


async def _start_alone(lane: Lane) -> float:
    """Seconds from the start to the first poll, after a kill and with nothing else to do."""
    lane.updates.asked.clear()
    await lane.service.start()
    await asyncio.wait_for(lane.updates.asked.wait(), 60)
    seconds = time.monotonic() - lane.service.started_at
    await lane.service.gone()
    return seconds


async def row_29(run: Run) -> list[Figure]:
    """SIGTERM while people file and many are told something: everything in order, so that nothing comes twice."""
    sandbox, stops, seconds, codes = Sandbox(), run.pick(1, 20), list[float](), list[int]()
    async with serve(sandbox) as server:
        one, stop = lane(run, "telegram", server, sandbox, "stops"), asyncio.Event()
        told = Crowd(sandbox.telegram, run.pick(600, 10_000), limited=False)
        await told.to_be_told(one.service)
        people = asyncio.create_task(crowd(sandbox.telegram, one.ledger, PEOPLE, stop))
        try:
            for _ in range(stops):
                one.updates.asked.clear()
                await one.service.start()
                await asyncio.wait_for(one.updates.asked.wait(), 60)
                await asyncio.sleep(one.dice.uniform(0.05, 1))
                seconds.append(await one.service.stop())
                codes.append(await one.service.ended())
            await one.service.start()
            stop.set()
            await asyncio.wait_for(people, 120)
            await finished(one.service.database, 60)
            await settled(one.service.database)
        finally:
            people.cancel()
            await asyncio.gather(people, return_exceptions=True)
            await one.service.stop()
    found, copies = judge(one.ledger, one.service.database, sandbox, "telegram"), told.copies
    measured = (
        f"{stops} stops, exit codes {sorted(set(codes))}: {found.acknowledged} codes shown, {found.lost} lost, "
        f"{found.doubled} doubled, {found.stuck} stuck; {found.doubles} messages came twice; of {told.people} people "
        f"of a broadcast {copies[1]} got it once"
    )
    good = set(codes) == {0} and not (found.lost or found.doubled or found.stuck or found.doubles)
    good = good and copies[1] == told.people
    slowest = max(seconds)
    return [
        Figure(
            29,
            "SIGTERM while people file and a broadcast goes out",
            "0 lost, 0 doubled",
            measured,
            good and found.acknowledged > 0,
        ),
        Figure(29, "stops soon", "<= 5 s", f"at most {slowest:.1f} s", slowest <= 5, True),
    ]


def _intact(database: Path) -> bool:
    return look(database, "PRAGMA integrity_check") == [("ok",)]


async def row_3(run: Run) -> list[Figure]:
    """Each named point once, as the report is submitted, on both platforms."""
    good, told = 0, []
    for channel in ("telegram",) if run.short else ("telegram", "bale"):
        for point in POINTS:
            died, judged = await _at(run, channel, point)
            fine = died and judged.acknowledged == 1 and not (judged.lost or judged.doubled or judged.stuck)
            fine = fine and judged.doubles <= judged.doubts and not judged.set_aside
            good += fine
            if not fine:
                told.append(f"{channel} {point}: died {died}, {judged}")
    points = len(POINTS) * (1 if run.short else 2)
    measured = f"{good} of {points} points: killed there, one case, one code" + "".join(f"; {line}" for line in told)
    return [Figure(3, "kill at each named point", "100 % of points, 0 lost, 0 doubled", measured, good == points)]


async def _at(run: Run, channel: str, point: str) -> tuple[bool, Judged]:
    sandbox, ledger = Sandbox(), Ledger()
    async with serve(sandbox) as server:
        service = Service(server, run.room(f"point-{channel}-{point}"), (channel,))
        run.logs.append(service.log)
        await service.start(("-m", "tests.faults.points", point))
        citizen = Citizen(sandbox[channel].person("reporter"), ledger.next(), ledger)
        filing = asyncio.create_task(citizen.files(within=60))
        died = False
        try:
            died = await service.ended(40) == -9
            await service.start()
            await filing
            await asyncio.sleep(0.5)
            await settled(service.database)
        except (TimeoutError, AssertionError):
            filing.cancel()
        finally:
            await asyncio.gather(filing, return_exceptions=True)
            await service.stop()
        return died, judge(ledger, service.database, sandbox, channel)
