"""First contact: the language, the welcome, deep links."""

from __future__ import annotations

from telegram import Update

from handlers.context import Context


async def start(update: Update, context: Context) -> None:
    """/start, with or without a deep link."""
    context.tell("start-welcome")


COMMANDS = {"start": start}
