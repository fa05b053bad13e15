"""Very many people on one platform, and how often each of them got what all are told."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.broadcast import town
from bot.sandbox.limits import Limits
from bot.sandbox.platform import Platform
from tests.faults.service import Service, look

RATE = 300  # messages a second: ten times what Telegram allows


@dataclass
class Crowd:
    """All the people of a town, on a platform with a limit of its own (`limited`)."""

    platform: Platform
    people: int
    limited: bool = True
    numbers: range = field(init=False)

    def __post_init__(self) -> None:
        if self.limited:
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

    async def to_be_told(self, service: Service) -> None:
        """Put them into the database of a service that has not begun yet, with an announcement to all of them."""
        service.folder.mkdir(parents=True, exist_ok=True)
        service.settings["TELEGRAM_RATE"] = str(RATE)
        await town.populate(service.database, self.people)
        await town.announce(service.database)

    @property
    def ideal(self) -> float:
        """Seconds that the limit leaves for all of them; a second's worth may come at once."""
        return (self.people - RATE) / RATE


async def finished(database: Path, within: float) -> None:
    """Until all broadcasts are over."""
    end = time.monotonic() + within
    while look(database, "SELECT 1 FROM broadcasts WHERE finished_at = 0"):
        await asyncio.sleep(0.1)
        assert time.monotonic() < end, "the broadcast does not end"
