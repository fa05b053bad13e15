"""News from the portal that wait for an editor, and pages whose link an editor sends."""

from __future__ import annotations

import re

import orjson
from telegram import Update

from bot.actions.portal import do_drop, do_publish, do_rewrite, load_open
from bot.actions.showing import check_speaks
from bot.domain.address import MOST, may_ask
from bot.domain.rights import speaks
from bot.store import portal, tables
from bot.store.portal import NewsRow
from bot.talk.portal import DROP, EDIT, PUBLISH, WAITING, card
from handlers.admin.home import VERB as HOME
from handlers.context import Context
from handlers.paging import number_of
from handlers.refused import kindly
from handlers.table import Offer

NAME = "desk-portal"
_LINK = re.compile(r"(https?://)?([\w-]+\.)+[\w-]{2,}(:\d+)?(/\S*)?|https?://\S+", re.IGNORECASE)


async def linked(update: Update, context: Context) -> bool:
    """An editor sends a link and nothing else: the page is read, where it is one of the portal."""
    text = ((update.message.text if update.message else "") or "").strip()
    if not speaks(context.person.roles) or len(text) > MOST or not _LINK.fullmatch(text):
        return False
    url = text if "://" in text else f"{context.city.pack.portal.scheme}://{text}"
    if not may_ask(url, context.city.pack.news.hosts):
        context.tell("portal-link-foreign")
        return True
    data = orjson.dumps({"url": url}).decode()
    context.work.add(tables.wanted, kind="page", person_id=context.person.id, data=data, created_at=context.work.now)
    context.tell("portal-link-taken")
    return True


@kindly("portal-decided")
async def waiting(update: Update, context: Context) -> None:
    """The oldest that waits."""
    check_speaks(context.work)
    await _next(update, context)


@kindly("portal-decided")
async def publish(update: Update, context: Context) -> None:
    """The editor stands for it."""
    row = await _pressed(context)
    await do_publish(context.work, context.city, row)
    await _done(update, context, row, "portal-published")


@kindly("portal-decided")
async def drop(update: Update, context: Context) -> None:
    """Nobody will read it."""
    row = await _pressed(context)
    do_drop(context.work, row)
    await _done(update, context, row, "portal-dropped")


@kindly("portal-decided")
async def edit(update: Update, context: Context) -> None:
    """Ask for the editor's own words."""
    row = await _pressed(context)
    context.work.begin(NAME, "words", {"news": row.id, "version": row.version})
    cancel = [context.reader.button("btn-cancel", HOME)]
    context.show(update, context.reader.screen(context.rich("portal-edit-ask"), rows=[cancel]))


@kindly("portal-decided")
async def written(update: Update, context: Context) -> None:
    """The title is the first line, the rest the words."""
    text = ((update.message.text if update.message else "") or "").strip()
    title, _, words = text.partition("\n")
    if not title.strip() or not words.strip():
        context.say(context.reader.screen(context.rich("portal-edit-ask")), collapse=NAME)
        return
    draft = context.work.dialogue(NAME).draft
    context.work.end(NAME)
    row = await load_open(context.work, draft["news"], draft["version"])
    changed = do_rewrite(context.work, row, title.strip(), words.strip())
    context.say(card(context.reader, changed, await _pictures(context, row)))


async def _pressed(context: Context) -> NewsRow:
    """Raises NotFound for a forged number, Refused for what is decided."""
    return await load_open(context.work, number_of(context.press.argument), context.press.version)


async def _pictures(context: Context, row: NewsRow) -> int:
    return len(await context.work.query(portal.PICTURES, news_id=row.id))


async def _done(update: Update, context: Context, row: NewsRow, text: str) -> None:
    """In place of the card, with the way to the next."""
    left = (await context.work.query(portal.WAITING_COUNT, since=context.work.now))[0].n - (row.state == "unsure")
    reader = context.reader
    rows = [[reader.button("btn-portal-next", WAITING)]] if left > 0 else []
    context.show(update, reader.screen(reader.rich(text, title=row.title), rows=rows))


async def _next(update: Update, context: Context) -> None:
    row, reader = await context.work.first(portal.WAITING), context.reader
    if row is None:
        context.show(update, reader.screen(reader.rich("portal-none"), rows=[[reader.button("btn-back", HOME)]]))
    else:
        context.show(update, card(reader, row, await _pictures(context, row)))


ADMIN_OFFERS = (Offer(21, "btn-portal-look", WAITING),)
VERBS = {WAITING: waiting, PUBLISH: publish, DROP: drop, EDIT: edit}
DIALOGUES = {NAME: written}
ON_TEXT = linked
