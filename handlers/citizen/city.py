"""The page "our city": what the city builds, plans and asks, two buttons a row."""

from __future__ import annotations

from telegram import Update

from bot.talk.screen import Screen
from handlers import table
from handlers.citizen.menu import leave
from handlers.context import Context
from handlers.official.card import pairs

VERB = "ct-home"


async def city(update: Update, context: Context) -> None:
    """In place of the screen that somebody comes back from, or as a new message by the menu's key."""
    leave(context)
    context.show(update, city_screen(context))


def city_screen(context: Context) -> Screen:
    """Each part of it offers its own button."""
    reader, person = context.reader, context.person
    offered = [offer for offer in table.offers("CITY_OFFERS") if not offer.roles or person.has(*offer.roles)]
    rows = pairs([reader.button(offer.text, offer.verb) for offer in offered])
    return reader.screen(reader.rich("city-home"), rows=rows)


LABELS = {"btn-city": city}
VERBS = {VERB: city}
