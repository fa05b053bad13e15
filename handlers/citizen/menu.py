"""The first page, and "settings and help": one screen of everything that is not a report."""

from __future__ import annotations

from telegram import Update

from bot.talk.screen import Button, Screen
from handlers.context import Context

# Dialogues that whoever goes elsewhere has left.
SMALL = (
    *("human", "link", "mine-code", "mine-add", "rate-why", "mine-claim", "news-search", "suggest"),
    *("desk-phone", "desk-search", "desk-near", "desk-keep", "desk-news", "desk-mayor", "desk-cast", "desk-poster"),
)


def leave(context: Context) -> None:
    """Somebody goes elsewhere: what they were asked in passing is no longer waited for."""
    if context.person.focus in SMALL:
        context.work.end(context.person.focus)


async def home(update: Update, context: Context) -> None:
    """The first page."""
    leave(context)
    context.tell("menu-main")


async def more(update: Update, context: Context) -> None:
    """Settings and help, from the menu or by the command."""
    leave(context)
    context.say(more_screen(context), collapse="more")


async def back(update: Update, context: Context) -> None:
    """The same in place of the screen that somebody comes back from."""
    leave(context)
    context.show(update, more_screen(context))


def more_screen(context: Context) -> Screen:
    """Eight buttons at most; linking is offered where there is another messenger to link. What becomes of what people
    send stands with the help.
    """
    reader = context.reader
    manner = reader.button("btn-ordinary", "s-simple", "off") if reader.simple else _simple(context)
    link = [reader.button("btn-link", "l-link")] if len(context.city.bots) > 1 else []
    rows = [
        [reader.button("btn-help", "h-help"), reader.button("btn-human", "h-human")],
        [reader.button("btn-language", "g-list"), reader.button("btn-my-area", "s-area")],
        [reader.button("btn-push", "p-list"), reader.button("btn-my-data", "d-data")],
        [*link, manner],
    ]
    return reader.screen(reader.rich("menu-more"), rows=rows)


def _simple(context: Context) -> Button:
    return context.reader.button("btn-simple", "s-simple", "on")


def back_button(context: Context) -> Button:
    """The way back to "settings and help"; stands in the last row."""
    return context.reader.button("btn-back", "s-more")


COMMANDS = {"settings": more}
LABELS = {"btn-home": home, "btn-more": more}
VERBS = {"s-more": back}
