"""A list or what was found, as a file to take along: asked for here, made after the commit."""

from __future__ import annotations

from typing import Any

from telegram import Update

from bot.actions.lists import BOTTOM, LISTS, MOST_ROWS, bounds_of, desk_list, want_sheet
from bot.actions.searching import Asked, narrowed
from bot.actions.sight import Sight, check_desk
from bot.errors import Refused
from bot.store.search import COUNTED, FOUND_COUNT
from bot.talk.rich import Rich
from handlers.context import Context
from handlers.paging import number_of
from handlers.refused import kindly

SHEET_VERB = "v-sheet"
MEMORY = "desk-found"  # what was looked for last: its buttons narrow it, turn its pages and take it along


@kindly("desk-not-yours")
async def want(update: Update, context: Context) -> None:
    """The button under a list (`list.new`) or under what was found (`search.3`)."""
    sight = await check_desk(context.work)
    what: dict[str, Any]
    kind, _, which = context.press.argument.partition(".")
    if kind == "list" and which in LISTS:
        what, count = {"list": which}, await _count_list(context, sight, which)
    elif kind == "search":
        asked, _number = remembered(context, number_of(which))
        what, count = {"search": asked.dump()}, await _count_found(context, sight, asked)
    else:
        raise Refused("err-old-button")
    if not count:
        raise Refused("desk-list-empty")
    await want_sheet(context.work, what)
    context.say(context.reader.screen(_wait(context, count)))


def _wait(context: Context, count: int) -> Rich:
    if count >= COUNTED:
        return context.rich("desk-export-wait-many", max=MOST_ROWS)
    return context.rich("desk-export-wait", count=count)


async def _count_list(context: Context, sight: Sight, name: str) -> int:
    bounds = bounds_of(sight, context.city, context.person.id, context.work.now)
    return (await context.work.query(desk_list(name, sight).ahead, key=BOTTOM, **bounds))[0].n


async def _count_found(context: Context, sight: Sight, asked: Asked) -> int:
    return (await context.work.query(FOUND_COUNT, key=0, **narrowed(asked, sight).params()))[0].n


def remembered(context: Context, number: int) -> tuple[Asked, int]:
    """The search of this number, which its buttons carry. Raises Refused for an older one."""
    memory = context.work.dialogue(MEMORY).draft
    if not memory or memory["number"] != number:
        raise Refused("err-old-button")
    return Asked.load(memory), memory["number"]


VERBS = {SHEET_VERB: want}
