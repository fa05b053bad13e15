"""python-telegram-bot swallows what a handler raises: mark it, so that intake drops what was staged and keeps it."""

from __future__ import annotations

from bot.actions.city import City
from bot.store.work import Work
from handlers.context import Context


async def mark(update: object, context: Context) -> None:
    """The error handler."""
    context.work.error = context.error


def apologise(city: City, work: Work) -> None:
    """A plain word to who wrote, when their update failed: nothing that they wrote is lost."""
    reader = city.reader(work.person)
    work.say(reader.screen(reader.rich("err-system")), collapse="apology")
