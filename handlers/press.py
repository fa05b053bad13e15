"""Presses: one door. A verb leads to its dialogue; what is forged, old or from another program is answered kindly."""

from __future__ import annotations

from telegram import Update

from handlers import table
from handlers.context import Context, read_press


async def pressed(update: Update, context: Context) -> None:
    """A button under a message of ours."""
    press = read_press(update)
    handle = table.verbs().get(press.verb) if press else None
    if press is None or handle is None or context.work.who is None:
        await stale(context)
        return
    context.press = press
    await handle(update, context)


async def stale(context: Context) -> None:
    """The button is too old, or was never ours: say so, and give the menu."""
    if context.work.who is None:
        return
    context.work.toast()
    context.say(context.reader.screen(context.rich("err-old-button"), keys=context.menu()), collapse="stale")
