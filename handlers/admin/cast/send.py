"""Safe to send: a test to oneself, the number typed to confirm, a time, and the second person's word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.actions.casting import (
    REJECT_VERB,
    SECOND_VERB,
    approve,
    cancel,
    check_ready,
    held_until,
    launch,
    load_cast,
    needs_reason,
    reject,
    second_people,
)
from bot.actions.previewing import DROP, LATER, SEND, TEST, test
from bot.domain.broadcast import Cast, Tally
from bot.errors import Refused
from bot.store import tables
from bot.store.deliveries import BroadcastRow
from bot.store.person import Dialogue
from bot.talk import casting
from bot.talk.rich import Rich
from bot.talk.screen import Screen
from bot.understand.normalise import latin_digits
from handlers.admin.cast.home import show
from handlers.admin.cast.write import NAME
from handlers.context import Context
from handlers.moments import read_moment
from handlers.paging import number_of
from handlers.pieces import Piece
from handlers.refused import kindly

QUIET_VERB = "b-quiet"


async def _draft(context: Context) -> BroadcastRow:
    return await load_cast(context.work, number_of(context.press.argument), Cast.DRAFT)


@kindly("err-not-allowed")
async def test_it(update: Update, context: Context) -> None:
    """To the author alone."""
    await test(context.work, context.city, await _draft(context))


@kindly("err-not-allowed")
async def send(update: Update, context: Context) -> None:
    """Now; in the quiet hours of its kind when they are over, if that is wanted."""
    row = await _draft(context)
    if not _is_quiet(context, row):
        await _ask(context, row, 0)


def _is_quiet(context: Context, row: BroadcastRow) -> bool:
    """Whether people are left in peace now; then the end of that is offered."""
    reader, now = context.reader, context.work.now
    held = held_until(context.city, row.kind, now)
    if held > now:
        buttons = [reader.button("btn-yes", QUIET_VERB, row.id), reader.button("btn-no", "b-open", row.id)]
        context.say(reader.screen(reader.rich("cast-quiet", date=reader.date_clock(held)), rows=[buttons]))
    return held > now


@kindly("err-not-allowed")
async def after_quiet(update: Update, context: Context) -> None:
    """When people may be disturbed again."""
    row = await _draft(context)
    await _ask(context, row, held_until(context.city, row.kind, context.work.now))


@kindly("err-not-allowed")
async def later(update: Update, context: Context) -> None:
    """At which time?"""
    row = await _draft(context)
    dialogue = context.work.begin(NAME, "when", {"id": row.id})
    context.say(_cancellable(context, context.rich("cast-when-ask"), dialogue))


async def when(context: Context, drafted: Mapping[str, Any], piece: Piece) -> None:
    """The time that was typed. Within the quiet hours of its kind it is refused."""
    row = await load_cast(context.work, drafted["id"], Cast.DRAFT)
    at = read_moment(context, piece.text)
    if held_until(context.city, row.kind, at) > at:
        raise Refused("cast-when-quiet", date=context.reader.date_clock(held_until(context.city, row.kind, at)))
    await _ask(context, row, at)


async def _ask(context: Context, row: BroadcastRow, at: int) -> None:
    """Why a warning can't wait for a second person; then the number, as a hand that slipped would not type it."""
    reader = context.reader
    check_ready(context.work, context.city, row, at)
    step = "why" if needs_reason(context.city, row) else "number"
    dialogue = context.work.begin(NAME, step, {"id": row.id, "at": at, "version": row.version, "reason": ""})
    text = reader.rich("cast-alone-ask") if step == "why" else reader.rich("cast-confirm", count=row.size)
    context.say(_cancellable(context, text, dialogue))


def _cancellable(context: Context, text: Rich, dialogue: Dialogue) -> Screen:
    """A question with the way out of it."""
    reader = context.reader
    return reader.screen(text, rows=[[reader.button("btn-cancel", "b-cancel", version=dialogue.version)]])


async def why(context: Context, drafted: Mapping[str, Any], piece: Piece) -> None:
    """The reason; the number is next."""
    row = await load_cast(context.work, drafted["id"], Cast.DRAFT)
    if len(piece.text) < context.city.pack.limits.min_text_chars:
        raise Refused("cast-alone-ask")
    dialogue = context.work.go(NAME, "number", {**drafted, "reason": piece.text})
    context.say(_cancellable(context, context.rich("cast-confirm", count=row.size), dialogue))


async def number(context: Context, drafted: Mapping[str, Any], piece: Piece) -> None:
    """The number that was typed: only the right one sends."""
    row = await load_cast(context.work, drafted["id"], Cast.DRAFT)
    if row.version != drafted["version"]:
        raise Refused("err-old-button")
    typed = latin_digits(piece.text).replace("٬", "").replace(",", "").strip()
    if typed != str(row.size):
        raise Refused("cast-confirm-wrong", count=row.size)
    if not drafted["at"] and _is_quiet(context, row):  # it began between the question and the answer
        context.work.end(NAME)
        return
    launched = await launch(context.work, context.city, row, drafted["at"], drafted["reason"])
    context.work.end(NAME)
    await _tell(context, launched, drafted["reason"])


async def _tell(context: Context, row: BroadcastRow, reason: str) -> None:
    """Where it is now. What goes out at once shows its progress in this very message."""
    reader, work = context.reader, context.work
    said: list[Rich] = [reader.rich("cast-safety-alone")] if reason else []
    if row.state == Cast.APPROVAL:
        said.append(reader.rich("cast-second-wait", count=context.city.pack.limits.second_approval_from))
        if not await second_people(work, row):
            said.append(reader.rich("cast-second-nobody"))
    elif row.state == Cast.SCHEDULED:
        said.append(reader.rich("cast-scheduled", date=reader.date_clock(row.send_at)))
    if said:
        context.say(reader.screen(*said, keys=context.menu()))
    if row.state == Cast.SENDING:
        card = casting.card(reader, row, Tally(), context.city.pack.limits.pushes_per_day)
        work.set(tables.broadcasts, row.id, card_id=work.say(card, collapse=casting.key(row.id)))


@kindly("err-not-allowed")
async def agreed(update: Update, context: Context) -> None:
    """The second person's yes."""
    cast_id = number_of(context.press.argument)
    await approve(context.work, context.city, cast_id)
    context.show(update, context.reader.screen(context.rich("cast-approved")))


@kindly("err-not-allowed")
async def refused(update: Update, context: Context) -> None:
    """The second person's no: why?"""
    row = await load_cast(context.work, number_of(context.press.argument), Cast.APPROVAL)
    if row.author_id == context.person.id:
        raise Refused("cast-second-self")
    dialogue = context.work.begin(NAME, "second", {"id": row.id})
    context.say(_cancellable(context, context.rich("cast-second-reason"), dialogue))


async def second(context: Context, drafted: Mapping[str, Any], piece: Piece) -> None:
    """The reason for the no."""
    if not piece.text:
        raise Refused("cast-second-reason")
    await reject(context.work, context.city, drafted["id"], piece.text)
    context.work.end(NAME)
    context.tell("cast-not-approved")


@kindly("err-not-allowed")
async def drop(update: Update, context: Context) -> None:
    """It will not be sent."""
    row = await cancel(context.work, number_of(context.press.argument))
    if context.person.focus == NAME:
        context.work.end(NAME)
    context.show(update, context.reader.screen(context.rich("cast-cancelled", title=row.title)))


@kindly("err-not-allowed")
async def back(update: Update, context: Context) -> None:
    """The preview as it stands."""
    await show(update, context, await _draft(context))


STEPS = {"when": when, "why": why, "number": number, "second": second}
VERBS = {
    TEST: test_it,
    SEND: send,
    LATER: later,
    QUIET_VERB: after_quiet,
    SECOND_VERB: agreed,
    REJECT_VERB: refused,
    DROP: drop,
}
