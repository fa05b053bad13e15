"""The service that kills itself at one named point: `python -m tests.faults.points POINT`.

The parts are subclassed here, so that the product has no switch for it. It happens as the report is submitted.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

from bot.app import App
from bot.channels.base import Outcome
from bot.clock import SystemClock
from bot.intake import Intake
from bot.logs import set_up
from bot.sender import Sender
from bot.settings import load_settings
from bot.store.store import Store
from bot.store.unit import Unit
from bot.store.work import Arrival, Said, Work
from tests.town import DEMO

POISON = "poison"


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def submits(raw: dict[str, Any]) -> bool:
    """Whether this update is the press that files the report."""
    return str(raw.get("callback_query", {}).get("data", "")).startswith("r-send")


class AfterInboxInsert(Intake):
    """The inbox has the update, uncommitted, and no handler ran."""

    async def _one(self, unit: Unit, arrival: Arrival, raw: dict[str, Any]) -> None:
        if submits(raw):
            die()
        await super()._one(unit, arrival, raw)


class BeforeCommit(Store):
    """Handlers ran; nothing of it is committed."""

    async def commit(self, unit: Unit) -> None:
        if any(said.case_id for said in unit._waiting):
            die()
        await super().commit(unit)


class AfterCommit(Intake):
    """All is committed; the platform does not know."""

    def _acknowledge(self, raws: Sequence[dict[str, Any]]) -> bool:
        if any(submits(raw) for raw in raws):
            die()
        return super()._acknowledge(raws)


class AfterSend(Sender):
    """The platform has the message; its result is not written."""

    def _keep(self, said: Said, outcome: Outcome) -> None:
        if said.case_id:
            die()
        super()._keep(said, outcome)


class Poisoned(Intake):
    """Some update kills the process whenever it is handled."""

    async def _handle(self, work: Work, raw: dict[str, Any]) -> None:
        if raw.get("message", {}).get("text") == POISON:
            die()
        await super()._handle(work, raw)


PARTS: dict[str, type] = {
    "after_inbox_insert": AfterInboxInsert,
    "before_commit": BeforeCommit,
    "after_commit": AfterCommit,
    "after_send": AfterSend,
    "poison": Poisoned,
}


async def main(point: str) -> None:
    settings = load_settings()
    set_up(settings.log_level, settings.log_format, (settings.telegram_token, settings.bale_token))
    part = PARTS[point]
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with App(settings, SystemClock(), overlay=DEMO) as app:
        for each in (app.store, *app.intakes, *app.senders):
            if issubclass(part, type(each)):
                each.__class__ = part
        await app.run(stop)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
