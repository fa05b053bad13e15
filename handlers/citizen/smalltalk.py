"""Short messages that are no report: a greeting, thanks, a call for help, a wish to stop."""

from __future__ import annotations

from telegram import Update

from handlers import table
from handlers.context import Context

_ANSWERS = {"greeting": "err-greeting", "thanks": "err-thanks"}


async def small_talk(update: Update, context: Context) -> bool:
    """Answer it, where the whole message is that; an open dialogue stays as it is."""
    text = update.message.text if update.message else None
    kind = context.city.mind.smalltalk(text) if text else None
    if kind is None:
        return False
    if kind in _ANSWERS:
        context.tell(_ANSWERS[kind])
    else:
        await table.commands()[kind](update, context)
    return True


ON_TEXT = small_talk
