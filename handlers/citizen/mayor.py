"""The mayor's message, word for word: the newest that an admin put in, else that of the pack."""

from __future__ import annotations

from telegram import Update

from bot.actions.mayor import current
from bot.talk.rich import Plain
from bot.talk.screen import Screen
from handlers.citizen.menu import leave
from handlers.context import Context


async def mayor(update: Update, context: Context) -> None:
    """Paragraphs and signature are messages of their own, without a letter of ours: they hash to what was put in."""
    leave(context)
    if context.reader.lang != "fa":
        context.say(context.reader.screen(context.rich("mayor-note-language")))
    row = await current(context.work)
    say_words(context, row.words if row else context.city.pack.mayor.text)
    if row and row.dated:
        context.say(context.reader.screen(context.rich("mayor-date", date=context.reader.date(int(row.dated)))))


def say_words(context: Context, words: str) -> None:
    """As it was written; a long one is cut where messages must be."""
    context.say(Screen((Plain(words),)))


COMMANDS = {"mayor": mayor}
LABELS = {"btn-mayor": mayor}
