"""First contact: the language, the welcome, deep links."""

from __future__ import annotations

import re

from telegram import Update

from bot.actions.settings import set_language
from bot.domain.rights import has_desk
from bot.errors import Refused
from bot.store.standing import OPEN_CASES
from bot.talk.buttons import Press
from bot.talk.rich import Rich
from bot.talk.roles import role_name
from handlers import message, table
from handlers.citizen.languages import language_rows
from handlers.citizen.menu import leave
from handlers.citizen.persian import with_persian
from handlers.citizen.report.entry import has_draft, offer
from handlers.context import Context
from handlers.press import stale

NAME = "start"
_LINK = re.compile(r"([a-z])-([A-Za-z0-9_-]{1,62})\Z")


async def start(update: Update, context: Context) -> None:
    """/start, with or without a deep link."""
    payload = context.args[0] if context.args else ""
    leave(context)
    if context.person.lang:
        await go_on(update, context, payload)
    else:
        _ask_language(context, payload)


def _ask_language(context: Context, payload: str) -> None:
    """All languages at once; where the link led to is kept until one is chosen."""
    kept = payload or context.work.dialogue(NAME).draft.get("payload", "")
    context.work.begin(NAME, "language", {"payload": kept})
    texts, offered = context.city.texts, context.city.pack.languages.offered
    asked = [texts.rich(lang, "start-language") for lang in offered]
    context.say(context.reader.screen(*asked, rows=language_rows(context, "g-first")), collapse="language")


async def chosen(update: Update, context: Context) -> None:
    """A language under the first question. Pressed again later, it changes the language."""
    met = context.work.dialogue(NAME)
    try:
        set_language(context.work, context.city, context.press.argument)
    except Refused:
        await stale(context)
        return
    context.read_again()
    if not met:
        context.tell("set-language-ok")
        return
    context.work.end(NAME)
    _welcome(context)
    if payload := met.draft.get("payload"):
        await go_on(update, context, payload)


async def impatient(update: Update, context: Context) -> None:
    """Who writes before choosing a language is answered in Persian, and what they wrote is taken at once."""
    payload = context.work.dialogue(NAME).draft.get("payload", "")
    context.work.end(NAME)
    greeted = await meet(update, context)
    if payload:
        await go_on(update, context, payload)
    if not greeted:
        await message.written(update, context)


async def meet(update: Update, context: Context) -> bool:
    """A newcomer without a language: Persian from now on, and their message goes on to whom it is for.

    Where the words name a danger nothing comes before it, not even the welcome. Answers whether the message was a
    greeting and nothing else: the welcome is the answer to it.
    """
    if context.person.lang:
        return False
    set_language(context.work, context.city, context.city.pack.languages.default)
    context.read_again()
    words = (update.message.text or update.message.caption or "") if update.message else ""
    if not context.city.mind.dangers(words):
        _welcome(context, context.rich("start-language-later"))
    return context.city.mind.smalltalk(words) == "greeting"


def _welcome(context: Context, *more: Rich) -> None:
    reader = context.reader
    texts = (reader.rich("start-welcome"), with_persian(reader, "start-not-emergency"), reader.rich("start-privacy"))
    context.say(reader.screen(*texts, *more, keys=context.menu(), gap="\n\n"))


async def go_on(update: Update, context: Context, payload: str) -> None:
    """Where a deep link leads; without one, the way back in."""
    link = _LINK.match(payload)
    handle = table.links().get(link[1]) if link else None
    if link and handle:
        context.press = Press(link[1], 0, link[2])
        await handle(update, context)
    elif payload:
        context.tell("start-deep-unknown")
    else:
        await _return(context)


async def _return(context: Context) -> None:
    found = await context.work.first(OPEN_CASES, person_id=context.person.id)
    count = found.n if found else 0
    reader = context.reader
    texts = [reader.rich("start-returning", count=count) if count else reader.rich("start-welcome")]
    if has_desk(context.person.roles):
        pack = context.city.pack
        roles = dict.fromkeys(role_name(reader, pack, role.role, role.department) for role in context.person.roles)
        texts.append(reader.rich("start-official", role="، ".join(roles)))
    context.say(reader.screen(*texts, keys=context.menu()))
    if has_draft(context):
        offer(context)


COMMANDS = {"start": start}
VERBS = {"g-first": chosen}
DIALOGUES = {NAME: impatient}
ON_TEXT = meet
