"""Messages: a key of the menu, an answer to an open dialogue, a reply about a case, small talk, or a new report."""

from __future__ import annotations

from telegram import Update

from bot.talk.texts import spelling
from handlers import table
from handlers.context import Context


async def written(update: Update, context: Context) -> None:
    """A message in a private chat."""
    if context.work.who is None or update.message is None:
        return
    label = label_of(context, update.message.text or "")
    if label:
        await table.labels()[label](update, context)
        return
    focus = table.dialogues().get(context.person.focus)
    if focus is not None and context.work.dialogue(context.person.focus):
        await focus(update, context)
        return
    context.tell("err-unknown")


def label_of(context: Context, text: str) -> str:
    """The id of the menu's key that was pressed or typed, in any of the languages; "" for anything else."""
    label = context.city.labels.get(spelling(text), "") if 0 < len(text) <= 40 else ""
    return label if label in table.labels() else ""


async def edited(update: Update, context: Context) -> None:
    """An edited message."""


async def other(update: Update, context: Context) -> None:
    """Updates that mean nothing to us: silence."""
