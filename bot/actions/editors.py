"""What editors and admins are told of what the city says."""

from __future__ import annotations

from bot.actions.city import City
from bot.actions.staff import load_staff
from bot.domain.rights import speaks
from bot.store.person import Address
from bot.store.work import Priority, Work
from bot.talk.texts import Value

CARD_VERB = "nw-card"  # the button that opens an item for editors


async def editors(work: Work) -> list[Address]:
    """Who keeps what the city says and can be reached, each once."""
    found: dict[int, Address] = {}
    for row in (await load_staff(work)).rows:
        if speaks([row]):
            found.setdefault(row.person_id, row.address)
    return list(found.values())


async def tell_editors(work: Work, city: City, text: str, news_id: int = 0, **args: Value) -> None:
    """Tell all of them one text of the pack; with an item's id, with the button that opens it."""
    for to in await editors(work):
        reader = city.reader(to)
        rows = [[reader.button("btn-open-news", CARD_VERB, news_id)]] if news_id else []
        work.say(reader.screen(reader.rich(text, **args), rows=rows), to, priority=Priority.PUSH)
