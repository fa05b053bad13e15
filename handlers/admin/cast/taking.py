"""The one dialogue of announcements: each step's message goes to whoever asked for it."""

from __future__ import annotations

from telegram import Update

from bot.errors import NotFound, Refused
from handlers import message
from handlers.admin.cast import audience, run, send, write
from handlers.admin.cast.write import NAME, Taken
from handlers.citizen.menu import leave
from handlers.context import Context
from handlers.pieces import Piece, piece_of
from handlers.refused import kindly

STEPS: dict[str, Taken] = {**write.STEPS, **audience.STEPS, **send.STEPS, **run.STEPS}
REST = "rest"  # the step in which only what belongs to the last message is waited for
_ENDS = ("err-already", "err-old-button", "err-not-allowed")  # asking again would bring the same answer
_FOLLOWS = 3_000  # milliseconds in which the rest of an album or of a long text comes


@kindly("err-not-allowed")
async def take(update: Update, context: Context) -> None:
    """What somebody wrote. A refusal is told, and the question stays while another answer can help."""
    if update.message is None:
        return
    dialogue, piece = context.work.dialogue(NAME), piece_of(update.message)
    if _is_rest(context, piece):
        if piece.file:
            context.say(context.reader.screen(context.rich("cast-one-file")), collapse="cast-one-file")
        return
    if dialogue.step == REST:
        leave(context)
        await message.written(update, context)
        return
    try:
        drafted = {name: value for name, value in dialogue.draft.items() if name != "rest"}
        await STEPS[dialogue.step](context, drafted, piece)
    except (Refused, NotFound) as error:
        if isinstance(error, NotFound) or error.text in _ENDS:
            context.work.end(NAME)
        raise
    finally:
        _expect_rest(context, piece)


def _is_rest(context: Context, piece: Piece) -> bool:
    """Whether it is the rest of what came before: more pictures of an album, the tail of a text that was cut."""
    dialogue = context.work.dialogue(NAME)
    if context.work.now - dialogue.updated_at > _FOLLOWS:
        return False
    return bool({"file": piece.file and piece.more, "text": piece.text}.get(dialogue.draft.get("rest", "")))


def _expect_rest(context: Context, piece: Piece) -> None:
    """An announcement is one message with one file: what follows is none of it, and no report either."""
    if not piece.more:
        return
    dialogue = context.work.dialogue(NAME)
    rest = {"rest": "file" if piece.file else "text"}
    context.work.go(NAME, dialogue.step or REST, {**dialogue.draft, **rest})


DIALOGUES = {NAME: take}
