"""Linking the other messenger by a one-time code, and unlinking it."""

from __future__ import annotations

from telegram import Update

from bot.actions.link import link, load_code, make_code, unlink
from bot.domain.link import hashed, typed_code
from bot.errors import Refused
from bot.store.links import LINKED
from bot.talk.menu import main_menu
from bot.talk.rich import Code
from handlers import message
from handlers.citizen.menu import back_button, leave
from handlers.context import Context
from handlers.press import stale

NAME = "link"


async def offer(update: Update, context: Context) -> None:
    """What is linked; else a code to get or to type."""
    reader, me = context.reader, context.person
    linked = await context.work.query(LINKED, person_id=me.id, account_id=me.account_id)
    if linked:
        texts = [reader.rich("set-link-have", channel=reader.line(f"channel-{other.channel}")) for other in linked]
        rows = [[reader.button("btn-unlink", "l-off")]]
    else:
        texts = [reader.rich("set-link-how")]
        rows = [[reader.button("btn-link-get", "l-get"), reader.button("btn-link-enter", "l-enter")]]
    context.show(update, reader.screen(*texts, rows=[*rows, [back_button(context)]]))


async def get(update: Update, context: Context) -> None:
    """A code to carry over, on a line of its own."""
    reader = context.reader
    code = make_code(context.work, context.city)
    asked = reader.rich("set-link-ask", minutes=context.city.pack.limits.link_code_minutes)
    shown = (Code(reader.digits(f"{code[:4]} {code[4:]}")),)
    context.show(update, reader.screen(asked, shown, rows=[[back_button(context)]]))


async def enter(update: Update, context: Context) -> None:
    """The next message is the code."""
    context.work.begin(NAME, "code")
    context.show(update, context.reader.screen(context.rich("set-link-enter"), rows=[[back_button(context)]]))


async def entered(update: Update, context: Context) -> None:
    """What came where a code was asked for. Who writes about something else has left."""
    text = (update.message.text if update.message else "") or ""
    if not any(letter.isdecimal() for letter in text) or any(letter.isalpha() for letter in text):
        leave(context)
        await message.written(update, context)
        return
    await _look(context, typed_code(text))


async def typed(update: Update, context: Context) -> bool:
    """A code typed without being asked for: the first thing in the other messenger, or in the middle of a report."""
    code = typed_code((update.message.text if update.message else "") or "")
    if code is None or context.person.focus == NAME:
        return False
    try:
        row = await load_code(context.work, context.city, code)
    except Refused:
        return False  # a slip in a tracking code, most likely: for whoever looks those up
    _make_sure(context, code, row.channel)
    return True


async def _look(context: Context, code: str | None) -> None:
    """A code of another length is a slip, and no guess."""
    try:
        if code is None:
            raise Refused("set-link-bad")
        row = await load_code(context.work, context.city, code)
    except Refused as refusal:
        context.say(context.reader.screen(context.rich(refusal.text, **refusal.args_), rows=[[back_button(context)]]))
        return
    _make_sure(context, code, row.channel)


def _make_sure(context: Context, code: str, channel: str) -> None:
    """Somebody may have been talked into typing a stranger's code."""
    reader = context.reader
    now = context.work.begin(NAME, "sure", {"hash": hashed(code)})
    asked = reader.rich("set-link-sure", channel=reader.line(f"channel-{channel}"))
    rows = [[reader.button("btn-yes", "l-yes", version=now.version), reader.button("btn-no", "s-more")]]
    context.say(reader.screen(asked, rows=rows))


async def sure(update: Update, context: Context) -> None:
    """Two accounts become one person; from here on in the manner of whose code it was."""
    dialogue = context.work.dialogue(NAME)
    if dialogue.step != "sure" or dialogue.version != context.press.version:
        await stale(context)
        return
    context.work.end(NAME)
    try:
        linked = await link(context.work, context.city, str(dialogue.draft["hash"]))
    except Refused as refusal:
        context.tell(refusal.text)
        return
    reader = context.city.reader(linked.address)
    keys = main_menu(reader, linked.roles)
    context.say(reader.screen(reader.rich("set-link-ok"), keys=keys))


async def off(update: Update, context: Context) -> None:
    """Whether they are to part, and what stays where."""
    reader = context.reader
    rows = [[reader.button("btn-unlink", "l-cut"), reader.button("btn-no", "s-more")]]
    context.show(update, reader.screen(reader.rich("set-unlink-ask"), reader.rich("set-unlink-keeps"), rows=rows))


async def cut(update: Update, context: Context) -> None:
    """Parted; the other side is told."""
    try:
        await unlink(context.work, context.city)
    except Refused:
        await stale(context)
        return
    context.show(update, context.reader.screen(context.rich("set-link-off"), rows=[[back_button(context)]]))


DIALOGUES = {NAME: entered}
VERBS = {"l-link": offer, "l-get": get, "l-enter": enter, "l-yes": sure, "l-off": off, "l-cut": cut}
ON_TEXT = ON_CODE = typed
