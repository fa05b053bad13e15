"""The mayor's message, word for word."""

from __future__ import annotations

from telegram import Update

from bot.talk.rich import Plain
from bot.talk.screen import Screen
from handlers.citizen.menu import leave
from handlers.context import Context


async def mayor(update: Update, context: Context) -> None:
    """Paragraphs and signature are a message of their own, without a letter of ours: it hashes to the pack's value."""
    leave(context)
    if context.reader.lang != "fa":
        context.say(context.reader.screen(context.rich("mayor-note-language")))
    context.say(Screen((Plain(context.city.pack.mayor.text),)))


COMMANDS = {"mayor": mayor}
LABELS = {"btn-mayor": mayor}
