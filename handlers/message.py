"""Messages: what was meant."""

from __future__ import annotations

from telegram import Update

from handlers.context import Context


async def written(update: Update, context: Context) -> None:
    context.tell("err-unknown")


async def edited(update: Update, context: Context) -> None:
    """An edited message."""


async def other(update: Update, context: Context) -> None:
    """Updates that mean nothing to us: silence."""
