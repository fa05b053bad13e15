"""A platform that was out of reach for an hour, and all that waited meanwhile: row 12."""

from __future__ import annotations

import asyncio
import signal
import time
from dataclasses import dataclass, field

from benchmarks.broadcast import town
from benchmarks.processes import resident_mb
from bot.sandbox.message import JSON
from bot.sandbox.server import serve
from bot.sandbox.world import Sandbox
from tests.faults.crowds import RATE, Crowd
from tests.faults.later import LASTING, PASSING, SHORT_LIVED
from tests.faults.report import Figure, Run, percentile
from tests.faults.service import Service, look

SCALE = 10  # times as fast as in life: 300 messages a second
_UNDER_WAY = "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending')"


@dataclass
class Asking:
    """People who ask for help after the outage, each once, and the seconds that each waited."""

    crowd: Crowd
    asked: dict[int, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)

    def hears(self, event: JSON) -> None:
        """Whatever reaches somebody."""
        message = event.get("message")
        if not message or not message["by_bot"] or message["text"] in (LASTING, PASSING):
            return
        if at := self.asked.pop(message["chat_id"], None):
            self.waits.append(time.monotonic() - at)

    async def all(self, count: int, seconds: float) -> None:
        """So many ask, one after another, over so many seconds."""
        began = time.monotonic()
        for number in range(count):
            await asyncio.sleep(max(began + seconds * number / count - time.monotonic(), 0))
            person = self.crowd.platform.people[self.crowd.numbers[-1 - number]]
            self.asked[person.id] = time.monotonic()
            person.says("/help")


async def row_12(run: Run) -> list[Figure]:
    people, questions, seconds = run.pick(400, 10_000), run.pick(100, 3_000), run.pick(1, 30)
    sandbox = Sandbox()
    async with serve(sandbox) as server:
        crowd = Crowd(sandbox.telegram, people)
        settings = {"TELEGRAM_RATE": str(RATE), "LOG_LEVEL": "info"}
        program = ("-m", "tests.faults.later")
        service = Service(server, run.room("outage"), ("telegram",), program, settings)
        run.logs.append(service.log)
        await town.populate(service.database, people)
        await service.start()
        try:
            asking = Asking(crowd)
            sandbox.subscribers.append(asking.hears)
            await asking.all(run.pick(10, 300), 1)
            await crowd.taking(run.pick(10, 300), 30)
            before = await _hour_without(service, crowd, people, seconds)
            sandbox.telegram.comes_back()
            at, asking.waits[:] = time.monotonic(), []
            await asking.all(questions, people / RATE * 0.9)
            return await _drained(service, asking, at, before)
        finally:
            await service.stop()


async def _hour_without(service: Service, crowd: Crowd, people: int, seconds: int) -> float:
    """Everybody is told something while the platform is down, and an hour passes; the memory before it in MB."""
    before = resident_mb(service.pid)
    crowd.platform.goes_down()
    await asyncio.sleep(0.2)
    service.send(signal.SIGUSR1)
    while look(service.database, _UNDER_WAY)[0][0] < people:  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.05)
    await asyncio.sleep(seconds)
    service.send(signal.SIGUSR2)
    await asyncio.sleep(0.5)
    return before


async def _drained(service: Service, asking: Asking, at: float, before: float) -> list[Figure]:
    """Wait for the end, and judge."""
    crowd, memory = asking.crowd, resident_mb(service.pid)
    end = time.monotonic() + 60
    while (look(service.database, _UNDER_WAY)[0][0] or asking.asked) and time.monotonic() < end:
        memory = max(memory, resident_mb(service.pid))
        await asyncio.sleep(0.1)
    seconds = time.monotonic() - at
    states = dict(look(service.database, "SELECT state, count(*) FROM outbox WHERE priority = 2 GROUP BY state"))
    texts = [message.text for number in crowd.numbers for message in crowd.platform.people[number].inbox]
    lasting, late = texts.count(LASTING), texts.count(PASSING)
    short_lived = crowd.people * SHORT_LIVED // 10
    good = lasting == crowd.people - short_lived and not late and not asking.asked
    good = good and states == {"sent": lasting, "expired": short_lived}
    p95, grown = percentile(asking.waits, 0.95), memory - before
    measured = (
        f"{crowd.people} messages waited, {late} of {short_lived} that were too late were sent, {lasting} of the "
        f"others arrived once; {len(asking.waits)} questions, {len(asking.asked)} without an answer"
    )
    slower = seconds * SCALE / 60
    return [
        Figure(12, "an hour without the platform", "0 lost, 0 sent that expired", measured, good),
        Figure(12, "answers go first", "p95 <= 2 s", f"p95 {p95:.2f} s", p95 <= 2, True),
        Figure(
            12, "drained", "<= 6 min at 30 a second", f"{slower:.1f} min ({seconds:.0f} s at {RATE})", slower <= 6, True
        ),
        Figure(12, "memory of the service", "memory + <= 20 MB", f"+{grown:.1f} MB", grown <= 20, True),
    ]
