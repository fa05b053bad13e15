"""Closing the account of somebody who floods the city, and opening it again: from the card, by the centre."""

from __future__ import annotations

from telegram import Update

from bot.actions import block
from bot.actions.fields import check_words
from bot.actions.notices import CARD_VERB
from bot.actions.sight import load_for_desk
from handlers.context import Context
from handlers.official.slots import only_text
from handlers.paging import number_of
from handlers.pieces import piece_of
from handlers.refused import kindly

NAME = "desk-block"
STOP_VERB = "v-block-stop"


@kindly("desk-not-yours")
async def begin(update: Update, context: Context) -> None:
    """Why, in their own words: it stays in the log."""
    work, reader = context.work, context.reader
    case = await load_for_desk(work, number_of(context.press.argument))
    await block.check_step(work, case, "block")
    dialogue = work.begin(NAME, "words", {"case": case.id})
    rows = [[reader.button("btn-cancel", STOP_VERB, version=dialogue.version)]]
    text = reader.rich("desk-block-ask", days=context.city.pack.limits.block_days)
    context.say(reader.screen(text, rows=rows), case=case.id)


@kindly("desk-not-yours")
async def take(update: Update, context: Context) -> None:
    """The reason; one that says too little is asked for again."""
    if update.message is None:
        return
    work, reader, draft = context.work, context.reader, context.work.dialogue(NAME).draft
    words = only_text(piece_of(update.message))
    check_words(context.city, words)
    work.end(NAME)
    case = await load_for_desk(work, draft["case"])
    until = await block.block(work, context.city, case, words)
    rows = [[reader.button("btn-back", CARD_VERB, case.id)]]
    context.say(reader.screen(reader.rich("desk-block-ok", date=reader.date(until)), rows=rows), case=case.id)


@kindly("desk-not-yours")
async def stop(update: Update, context: Context) -> None:
    """Nobody is blocked."""
    dialogue = context.work.dialogue(NAME)
    if not dialogue or dialogue.version != context.press.version:
        context.tell("err-old-button")
        return
    context.work.end(NAME)
    context.tell("desk-nothing-moved")


@kindly("desk-not-yours")
async def unblock(update: Update, context: Context) -> None:
    """Before its time."""
    case = await load_for_desk(context.work, number_of(context.press.argument))
    await block.unblock(context.work, context.city, case)
    rows = [[context.reader.button("btn-back", CARD_VERB, case.id)]]
    context.show(update, context.reader.screen(context.rich("desk-unblock-ok"), rows=rows), case=case.id)


VERBS = {"v-block": begin, "v-unblock": unblock, STOP_VERB: stop}
DIALOGUES = {NAME: take}
