"""Field work: what is to be done nearest to where an official stands, and the next one after each that is done."""

from __future__ import annotations

from typing import Any

from telegram import Update

from bot.actions.notices import OPEN_VERB
from bot.actions.sight import check_desk, sight_of
from bot.clock import MINUTE
from bot.domain import geo
from bot.domain.geo import Point
from bot.store.near import WIDER, FieldRow, Near, nearest_mine
from bot.talk import buttons
from bot.talk.cases import topic
from bot.talk.rich import Rich
from bot.talk.screen import Button, Key, Keys
from handlers.citizen.menu import leave
from handlers.context import Context
from handlers.pieces import piece_of
from handlers.refused import kindly

NAME = "desk-near"
SPOT = "desk-spot"  # memory: where they stood, for half an hour; it goes with the next one and stands in no other table
NEAR_VERB = "v-near"
_FRESH = 30 * MINUTE


@kindly("desk-not-yours")
async def begin(update: Update, context: Context) -> None:
    """Ask where they stand: only the keyboard in place of the phone's own can send that."""
    await check_desk(context.work)
    context.work.begin(NAME, "place")
    _ask(context, "desk-near-ask")


def _ask(context: Context, text: str) -> None:
    line = context.reader.line
    keys = Keys(((Key(line("btn-location"), ask_place=True),), (Key(line("btn-desk")),)), lasting=False)
    context.say(context.reader.screen(context.rich(text), keys=keys), collapse=NAME)


@kindly("desk-not-yours")
async def take(update: Update, context: Context) -> None:
    """The place; anything else is asked again."""
    await check_desk(context.work)
    place = piece_of(update.message).place if update.message else None
    if place is None or not geo.valid(place.lat, place.lon):
        _ask(context, "desk-near-bad")
        return
    leave(context)
    context.work.keep(SPOT, {"lat": place.lat, "lon": place.lon, "at": context.work.now})
    await _list(context, (place.lat, place.lon))


async def _list(context: Context, point: Point) -> None:
    """Two messages: the first brings the menu's keyboard back, the second has the numbers to open."""
    reader, most = context.reader, context.city.pack.limits.list_page
    found = await _mine(context, point, most)
    if not found:
        context.tell("desk-near-none", distance=WIDER[-1])
        return
    context.tell("desk-near-list")
    lines = [_line(context, number, each) for number, each in enumerate(found, 1)]
    numbers = [Button(reader.digits(at), buttons.make(OPEN_VERB, 0, each.case.id)) for at, each in enumerate(found, 1)]
    rows = [numbers, [reader.button("btn-near", NEAR_VERB), reader.button("btn-desk", "v-home")]]
    context.say(reader.screen(*lines, rows=rows, gap="\n\n"))


async def _mine(context: Context, point: Point, most: int) -> list[Near[FieldRow]]:
    desks = (await sight_of(context.work, context.person)).desks
    return await nearest_mine(context.work, point, most, desks, context.person.id)


def _line(context: Context, number: int, near: Near[FieldRow]) -> Rich:
    return context.rich("desk-near-line", number=number, **_about(context, near))


def _about(context: Context, near: Near[FieldRow]) -> dict[str, Any]:
    reader, case = context.reader, near.case
    title = ("🔴 " if case.urgent else "") + topic(reader, context.city.pack, case.category)
    return {"distance": round(near.metres), "title": title, "code": reader.code(case.code)}


async def offer_next(context: Context, done: int) -> None:
    """After case `done`: the next nearest, for who has said in this half hour where they stand."""
    spot = context.work.dialogue(SPOT).draft
    if not spot:
        return
    if context.work.now - spot["at"] > _FRESH:
        context.work.keep(SPOT, {})
        return
    found = [each for each in await _mine(context, (spot["lat"], spot["lon"]), 2) if each.case.id != done]
    if found:
        reader, first = context.reader, found[0]
        rows = [[reader.button("btn-open", OPEN_VERB, first.case.id)]]
        context.say(
            reader.screen(reader.rich("desk-done-next", **_about(context, first)), rows=rows), case=first.case.id
        )


LABELS = {"btn-near": begin}
VERBS = {NEAR_VERB: begin}
DIALOGUES = {NAME: take}
