"""A refusal is an answer: actions raise it before they stage anything, and the person is told why."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from telegram import Update

from bot.errors import NotFound, Refused
from handlers.context import Context
from handlers.table import Handle


def kindly(missing: str) -> Callable[[Handle], Handle]:
    """Tell refusals; `missing` is the text for what does not exist or may not be known to exist."""

    def decorate(handle: Handle) -> Handle:
        @wraps(handle)
        async def guarded(update: Update, context: Context) -> None:
            try:
                await handle(update, context)
            except Refused as refusal:
                context.tell(refusal.text, **refusal.args_)
            except NotFound:
                context.tell(missing)

        return guarded

    return decorate
