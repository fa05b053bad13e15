"""Messages: a key of the menu, a reply about a case, an answer to an open dialogue, small talk, or a new report."""

from __future__ import annotations

from telegram import Update

from bot.talk.menu import DESK_ONLY
from bot.talk.texts import spelling
from handlers import table
from handlers.citizen.menu import leave
from handlers.context import Context


async def commanded(update: Update, context: Context) -> None:
    """One of the commands of `table.commands()`."""
    if context.work.who is not None and update.message is not None and update.message.text:
        name = update.message.text[1:].split(None, 1)[0].split("@")[0].lower()
        await table.commands()[name](update, context)


async def written(update: Update, context: Context) -> None:
    """A message in a private chat."""
    if context.work.who is None or update.message is None:
        return
    label = label_of(context, update.message.text or "")
    if label:
        leave(context)
        await table.labels()[label](update, context)
    elif not (update.message.reply_to_message and await _tried("ON_REPLY", update, context)):
        await _by_focus(update, context)


async def _by_focus(update: Update, context: Context) -> None:
    focus = context.person.focus
    handle = table.dialogues().get(focus)
    if handle is not None and context.work.dialogue(focus):
        if not await _tried("ON_CODE", update, context):
            await handle(update, context)
    elif not await _tried("ON_TEXT", update, context):
        await _tried("ON_ANYTHING", update, context)


async def edited(update: Update, context: Context) -> None:
    """An edited message: it changes the draft that it is part of, or adds to the case that it went into."""
    if context.work.who is not None and update.edited_message is not None:
        await _tried("ON_EDIT", update, context)


async def other(update: Update, context: Context) -> None:
    """Updates that mean nothing to us: silence."""


async def _tried(name: str, update: Update, context: Context) -> bool:
    for attempt in table.chain(name):
        if await attempt(update, context):
            return True
    return False


def label_of(context: Context, text: str) -> str:
    """The id of the menu's key that was pressed or typed, in any of the languages; "" for anything else."""
    label = context.city.labels.get(spelling(text), "") if 0 < len(text) <= 40 else ""
    if label in DESK_ONLY and not (context.person.official or context.person.official_view):
        return ""
    return label if label in table.labels() else ""
