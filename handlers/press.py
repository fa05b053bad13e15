"""Presses: one door, a table of verbs."""

from __future__ import annotations

from telegram import Update

from handlers.context import Context


async def pressed(update: Update, context: Context) -> None:
    context.work.toast(context.reader.line("err-old-button"))
