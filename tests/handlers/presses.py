"""Presses of buttons given straight to their handlers: every person, every verb, any argument."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from telegram import Bot, Update

from bot.store.work import Work
from bot.talk import rich
from bot.talk.buttons import Press
from handlers import table
from handlers.context import CityApplication, Context
from tests.house import House

_BOT = Bot("137:test")


def context_of(home: House, work: Work, channel: str = "telegram") -> Context:
    """What a handler gets."""
    application = SimpleNamespace(city=home.city, work=work, channel=channel, bot=SimpleNamespace(id=137))
    return Context(cast(CityApplication, application))


def update_of(user: int, data: str) -> Update:
    """A press of a button under message 7 of the bot."""
    chat = {"id": user, "type": "private"}
    sender = {"id": user, "is_bot": False, "first_name": "x"}
    message = {"message_id": 7, "date": 1, "chat": chat, "from": {"id": 137, "is_bot": True, "first_name": "bot"}}
    query: dict[str, Any] = {"id": "1", "from": sender, "chat_instance": "1", "data": data, "message": message}
    return Update.de_json({"update_id": 1, "callback_query": query}, _BOT)


async def press(home: House, user: int, verb: str, argument: int | str, version: int = 1) -> str:
    """What this person sees after the press: words, files and pins of everything that is said to them."""
    async with home.work(user) as work:
        context = context_of(home, work)
        context.press = Press(verb, version, str(argument))
        await table.verbs()[verb](update_of(user, f"{verb}:{version}:{argument}"), context)
        mine = [said.screen for said in work.said if said.account_id == work.person.account_id]
    return "\n".join(f"{rich.visible(one.text)} {one.media or ''} {one.pin or ''}" for one in mine)
