"""The page of admins and editors: what each of them keeps, two buttons a row."""

from __future__ import annotations

from telegram import Update

from bot.domain.rights import has_desk, speaks
from bot.errors import Refused
from bot.talk.screen import Screen
from handlers import table
from handlers.context import Context
from handlers.official.card import pairs
from handlers.refused import kindly

VERB = "a-home"


@kindly("err-not-allowed")
async def home(update: Update, context: Context) -> None:
    """In place of the screen that somebody comes back from, or as a new message by the menu's key."""
    context.show(update, home_screen(context))


def home_screen(context: Context) -> Screen:
    """What this person may keep. Raises Refused for whoever keeps nothing."""
    person, reader = context.person, context.reader
    if not speaks(person.roles):
        raise Refused("err-not-allowed")
    mine = [offer for offer in table.offers("ADMIN_OFFERS") if not offer.roles or person.has(*offer.roles)]
    rows = pairs([reader.button(offer.text, offer.verb) for offer in mine])
    desk = [reader.button("btn-desk", "v-home")] if has_desk(person.roles) else []
    return reader.screen(reader.rich("admin-home"), rows=[*rows, desk])


LABELS = {"btn-admin": home}
VERBS = {VERB: home}
