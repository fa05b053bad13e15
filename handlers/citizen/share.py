"""Telling a neighbour: a message that can be passed on as it is."""

from __future__ import annotations

from telegram import Update

from bot.actions.invite import deep_links
from bot.talk.rich import Link, Plain, join
from handlers.context import Context


async def share(update: Update, context: Context) -> None:
    """A word on what to do with it, then the message itself and nothing else in it."""
    reader = context.reader
    lines = [
        join((Plain(f"{reader.line(f'channel-{channel}')}: "),), (Link(link, link),), gap="")
        for channel, link in deep_links(context.city.bots).items()
    ]
    context.say(reader.screen(reader.rich("poster-share-how"), keys=context.menu()), collapse="share-how")
    context.say(reader.screen(reader.rich("poster-share"), *lines), collapse="share")


VERBS = {"h-share": share}
