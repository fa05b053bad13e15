"""An announcement to many under kills (row 9)."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.broadcast import town
from bot.sandbox.limits import Limits
from bot.sandbox.platform import Platform
from bot.sandbox.server import serve
from bot.sandbox.world import Sandbox
from tests.faults.kills import look
from tests.faults.report import Figure, Run
from tests.faults.service import Service

RATE = 300  # ten times what Telegram allows
IN_FLIGHT = 16


@dataclass
class Crowd:
    """All the people of a town, on a platform with a limit of its own."""

    platform: Platform
    people: int
    numbers: range = field(init=False)

    def __post_init__(self) -> None:
        self.platform.limits = Limits(bot_rate=RATE, bot_burst=RATE)
        self.platform.calls.record = False
        self.numbers = range(town.FIRST, town.FIRST + self.people)
        for number in self.numbers:
            self.platform.person(str(number), number=number).chat.started = True

    @property
    def taken(self) -> int:
        return self.platform.calls.counts["sendmessage", 200]

    @property
    def copies(self) -> Counter[int]:
        """How many people got it so many times."""
        return Counter(len(self.platform.people[number].inbox) for number in self.numbers)

    async def taking(self, count: int, within: float) -> None:
        """Until the platform took so many. AssertionError when it does not in so many seconds."""
        end = time.monotonic() + within
        while self.taken < count:
            await asyncio.sleep(0.002)
            assert time.monotonic() < end, f"{self.taken} messages, not {count}"

    @property
    def ideal(self) -> float:
        """Seconds that the limit leaves for all of them; a second's worth may come at once."""
        return (self.people - RATE) / RATE


async def row_9(run: Run) -> list[Figure]:
    people, kills = run.pick(900, 100_000), run.pick(2, 50)
    sandbox, dice = Sandbox(), random.Random("137 broadcast")
    async with serve(sandbox) as server:
        settings = {"TELEGRAM_RATE": str(RATE), "LOG_LEVEL": "info"}
        service = Service(server, run.room("broadcast"), ("telegram",), settings=settings)
        run.logs.append(service.log)
        service.folder.mkdir(parents=True, exist_ok=True)
        await town.populate(service.database, people)
        await town.announce(service.database)
        crowd, down = Crowd(sandbox.telegram, people), 0.0
        await service.start()
        try:
            await crowd.taking(1, 30)
            began = time.monotonic()
            for number in range(kills):
                await crowd.taking(int(people * (number + dice.random()) / kills), 60)
                await asyncio.sleep(dice.uniform(0, 0.005))
                down += await _killed(service, crowd)
            await _finished(service, 60)
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


async def _finished(service: Service, within: float) -> None:
    end = time.monotonic() + within
    while look(service.database, "SELECT 1 FROM broadcasts WHERE finished_at = 0"):
        await asyncio.sleep(0.1)
        assert time.monotonic() < end, "the broadcast does not end"
