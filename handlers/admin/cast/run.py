"""A broadcast that goes out or went out: its buttons, and what each of them asks for first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from telegram import Update

from bot.actions import afterwards
from bot.actions.casting import content_of, load_cast
from bot.errors import Refused
from bot.store.deliveries import BroadcastRow
from bot.store.work import Work
from bot.talk import announcing, casting
from bot.talk.screen import Screen
from handlers.admin.cast.home import OPEN_VERB, show
from handlers.admin.cast.write import NAME, check_round
from handlers.context import Context
from handlers.moments import read_moment
from handlers.paging import number_of
from handlers.pieces import Piece
from handlers.refused import kindly
from handlers.table import Handle

OVER_YES, BACK_YES, SURE = "b-over-yes", "b-back-yes", "b-sure"


def _press(do: Callable[[Work, int], Awaitable[BroadcastRow]]) -> Handle:
    """A button that needs nothing: done, and the card drawn anew."""

    @kindly("err-not-allowed")
    async def pressed(update: Update, context: Context) -> None:
        await show(update, context, await do(context.work, number_of(context.press.argument)))

    return pressed


@kindly("err-not-allowed")
async def over(update: Update, context: Context) -> None:
    """Is it over? So many would hear so."""
    row = await load_cast(context.work, number_of(context.press.argument))
    reader, count = context.reader, await afterwards.reached(context.work, row)
    text = reader.rich("cast-over-ask", title=announcing.title(reader, content_of(row)), count=count)
    buttons = [reader.button("btn-yes", OVER_YES, row.id), reader.button("btn-no", OPEN_VERB, row.id)]
    context.say(reader.screen(text, rows=[buttons]))


@kindly("err-not-allowed")
async def over_yes(update: Update, context: Context) -> None:
    """It is."""
    count = await afterwards.over(context.work, context.city, number_of(context.press.argument))
    context.show(update, context.reader.screen(context.rich("cast-over-ok", count=count)))


@kindly("err-not-allowed")
async def back(update: Update, context: Context) -> None:
    """Is it to be taken back?"""
    row, reader = await load_cast(context.work, number_of(context.press.argument)), context.reader
    buttons = [reader.button("btn-yes", BACK_YES, row.id), reader.button("btn-no", OPEN_VERB, row.id)]
    context.say(reader.screen(reader.rich("cast-withdraw-ask"), rows=[buttons]))


@kindly("err-not-allowed")
async def back_yes(update: Update, context: Context) -> None:
    """It is; how much of it could be is told when it is done."""
    await afterwards.withdraw(context.work, context.city, number_of(context.press.argument))
    context.show(update, context.reader.screen(context.rich("cast-withdraw-ok")))


def _asks(step: str, text: str) -> Handle:
    """A button that needs a word or a time."""

    @kindly("err-not-allowed")
    async def pressed(update: Update, context: Context) -> None:
        row, reader = await load_cast(context.work, number_of(context.press.argument)), context.reader
        dialogue = context.work.begin(NAME, step, {"id": row.id})
        rows = [[reader.button("btn-cancel", "b-cancel", version=dialogue.version)]]
        context.say(reader.screen(reader.rich(text), rows=rows))

    return pressed


async def until(context: Context, drafted: Mapping[str, Any], piece: Piece) -> None:
    """The new end, shown as it will be read."""
    at = read_moment(context, piece.text)
    row, before = await afterwards.check_later(context.work, context.city, drafted["id"], at)
    await _show_sure(context, row, {"until": at}, announcing.extended(context.reader, before, at))


async def corrected(context: Context, drafted: Mapping[str, Any], piece: Piece) -> None:
    """The right text, shown as it will be read."""
    if not piece.text:
        raise Refused("cast-correct-ask")
    row = await load_cast(context.work, drafted["id"])
    _, made = afterwards.corrected(context.city, row, piece.text)
    await _show_sure(context, row, {"words": piece.text}, made[context.reader.lang])


async def _show_sure(context: Context, row: BroadcastRow, given: Mapping[str, Any], shown: Screen) -> None:
    """What goes to so many at once is looked at before; whoever writes again instead changes it."""
    reader, step = context.reader, context.work.dialogue(NAME).step
    dialogue = context.work.begin(NAME, step, {"id": row.id, **given})
    asked = reader.rich("cast-sure-ask", count=await afterwards.reached(context.work, row))
    texts = [("btn-yes", SURE), ("btn-cancel", "b-cancel")]
    context.say(shown)
    context.say(reader.screen(asked, rows=[[reader.button(*each, version=dialogue.version) for each in texts]]))


@kindly("err-not-allowed")
async def sure(update: Update, context: Context) -> None:
    """It goes as it was shown."""
    drafted, work, city = check_round(context), context.work, context.city
    if until := drafted.get("until"):
        count, text = await afterwards.extend(work, city, drafted["id"], until), "cast-extended-ok"
    else:
        count, text = await afterwards.correct(work, city, drafted["id"], drafted["words"]), "cast-correct-ok"
    work.end(NAME)
    context.show(update, context.reader.screen(context.rich(text, count=count)))


STEPS = {"extend": until, "correct": corrected}
VERBS = {
    casting.PAUSE: _press(afterwards.pause),
    casting.RESUME: _press(afterwards.resume),
    casting.STOP: _press(afterwards.stop),
    casting.IS_OVER: over,
    OVER_YES: over_yes,
    casting.WITHDRAW: back,
    BACK_YES: back_yes,
    casting.EXTEND: _asks("extend", "cast-extend-ask"),
    casting.CORRECT: _asks("correct", "cast-correct-ask"),
    SURE: sure,
}
