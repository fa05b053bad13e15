"""The one dialogue of announcements: each step's message goes to whoever asked for it."""

from __future__ import annotations

from telegram import Update

from handlers.admin.cast import audience, run, send, write
from handlers.admin.cast.write import NAME, Taken
from handlers.context import Context
from handlers.pieces import piece_of
from handlers.refused import kindly

STEPS: dict[str, Taken] = {**write.STEPS, **audience.STEPS, **send.STEPS, **run.STEPS}


@kindly("err-not-allowed")
async def take(update: Update, context: Context) -> None:
    """What somebody wrote. A refusal is told, and the question stays."""
    dialogue = context.work.dialogue(NAME)
    if update.message is not None:
        await STEPS[dialogue.step](context, dialogue.draft, piece_of(update.message))


DIALOGUES = {NAME: take}
