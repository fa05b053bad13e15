"""The service with a clock that can be turned: `python -m tests.faults.later`.

SIGUSR1: everybody is told something, some of it for half an hour only; SIGUSR2: an hour passes.
"""

from __future__ import annotations

import asyncio
import signal
from typing import NamedTuple

from sqlalchemy import select

from bot.app import App
from bot.clock import HOUR, TurnedClock
from bot.logs import set_up
from bot.settings import load_settings
from bot.store.person import Address
from bot.store.statements import Query
from bot.store.tables import accounts
from bot.store.work import Priority, Work
from bot.talk.rich import Plain
from bot.talk.screen import Screen
from tests.town import DEMO

SHORT_LIVED = 3  # of ten
AT_ONCE = 20
LASTING, PASSING = "پروندهٔ شما پیش رفت", "تا نیم ساعت دیگر آب قطع می‌شود"


class _Account(NamedTuple):
    id: int
    person_id: int
    chat_id: int


EVERYBODY = Query(select(accounts.c.id, accounts.c.person_id, accounts.c.chat_id), _Account)


async def tell_everybody(app: App) -> None:
    """As in an hour's work: not all at once."""
    everybody = await app.store.read(EVERYBODY)
    for first in range(0, len(everybody), AT_ONCE):
        async with app.store.unit() as unit:
            work = await unit.work()
            for number, each in enumerate(everybody[first : first + AT_ONCE]):
                _tell(work, each, passing=number % 10 < SHORT_LIVED)
            unit.merge(work)
            await app.store.commit(unit)


def _tell(work: Work, each: _Account, *, passing: bool) -> None:
    work.say(
        Screen((Plain(PASSING if passing else LASTING),)),
        Address(each.id, "telegram", each.chat_id, each.person_id, "fa"),
        priority=Priority.PUSH,
        expires_at=work.now + HOUR // 2 if passing else 0,
    )


async def main() -> None:
    settings, clock, stop = load_settings(), TurnedClock(), asyncio.Event()
    set_up(settings.log_level, settings.log_format, (settings.telegram_token, settings.bale_token))
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    async with App(settings, clock, overlay=DEMO) as app:

        def hour() -> None:
            clock.turn(HOUR)
            app.schedule.wake()

        telling = set[asyncio.Task[None]]()
        loop.add_signal_handler(signal.SIGUSR1, lambda: telling.add(asyncio.create_task(tell_everybody(app))))
        loop.add_signal_handler(signal.SIGUSR2, hour)
        await app.run(stop)


if __name__ == "__main__":
    asyncio.run(main())
