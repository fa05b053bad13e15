"""What people do with an announcement that they got: they look at its place, or answer it."""

from __future__ import annotations

import orjson
from telegram import Update

from bot.errors import Refused
from bot.store import deliveries
from bot.store.casts import HEARD
from bot.talk.announcing import PIN
from bot.talk.screen import Screen
from handlers.citizen.human import write_about
from handlers.context import Context
from handlers.paging import number_of
from handlers.press import stale


async def pin(update: Update, context: Context) -> None:
    """Its place, as a message of its own."""
    row = await context.work.first(deliveries.BROADCAST, broadcast_id=number_of(context.press.argument))
    place = orjson.loads(row.content).get("pin") if row else None
    if place is None:
        await stale(context)
        return
    context.say(Screen(pin=(place[0], place[1])))


async def replied(update: Update, context: Context) -> bool:
    """An answer to an announcement goes to the 137 centre, with the name of what it answers. Where nobody would read
    it, it is taken as what people write: a report begins with it.
    """
    answered = update.message.reply_to_message if update.message else None
    if update.message is None or answered is None:
        return False
    found = await context.work.first(HEARD, account_id=context.person.account_id, message_id=answered.message_id)
    if found is None:
        return False
    try:
        return await write_about(update, context, found.title)
    except Refused:
        return False


VERBS = {PIN: pin}
ON_REPLY = replied
