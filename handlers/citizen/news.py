"""The city's news: the list, by kind and page by page, and one item with its pictures."""

from __future__ import annotations

from telegram import Update

from bot.actions.editors import CARD_VERB
from bot.actions.showing import as_media
from bot.domain.news import KINDS, NewsState
from bot.domain.rights import speaks
from bot.store import news
from bot.store.news import NewsLine
from bot.store.showing import files_of
from bot.talk.buttons import make
from bot.talk.news import LIST_VERB, OPEN_VERB, item_screen, line
from bot.talk.rich import Rich
from bot.talk.screen import Button
from handlers.citizen.menu import leave
from handlers.context import Context
from handlers.paging import Listing, Page, load_page, number_of, numbers, place, turns

SEARCH_VERB, BACK_VERB = "n-search", "n-back"
_ALL: Listing[NewsLine] = Listing(*news.ALL)
_OF_KIND: Listing[NewsLine] = Listing(*news.OF_KIND)


async def show_list(update: Update, context: Context) -> None:
    """A page of it; the buttons carry the kind that is looked at and where the page begins."""
    leave(context)
    reader, size = context.reader, context.city.pack.limits.list_page
    kind, _, cursor = context.press.argument.partition(".")
    kind = kind if kind in KINDS else ""
    if kind:
        page = await load_page(context.work, _OF_KIND, size, cursor, kind=kind)
    else:
        page = await load_page(context.work, _ALL, size, cursor)
    head = reader.rich("news-list" if page.rows else "news-empty")
    rows = [numbers(reader, page, OPEN_VERB), turns(reader, page, LIST_VERB, f"{kind}."), _ways(context, kind)]
    context.show(update, reader.screen(head, *lines(context, page), place(reader, page), rows=rows, gap="\n\n"))


def lines(context: Context, page: Page[NewsLine]) -> list[Rich]:
    """What a page shows of its items."""
    return [line(context.reader, context.city.pack, at, row) for at, row in enumerate(page.rows, 1)]


def _ways(context: Context, chosen: str) -> list[Button]:
    """The kinds, each off again by a second tap, and the search."""
    ways = [_kind(context, kind, kind == chosen) for kind in KINDS]
    return [*ways, context.reader.button("btn-search", SEARCH_VERB)]


def _kind(context: Context, kind: str, chosen: bool) -> Button:
    label = context.reader.line(f"btn-kind-{kind}")
    return Button(f"✓ {label}" if chosen else label, make(LIST_VERB, 0, "." if chosen else f"{kind}."))


async def back(update: Update, context: Context) -> None:
    """The list below an item: its pictures and words stay."""
    await show_list(Update(update.update_id), context)


async def open_item(update: Update, context: Context) -> None:
    """From a list, from the message that told of it, or by its link."""
    await say_item(context, number_of(context.press.argument))


async def say_item(context: Context, news_id: int) -> None:
    """The item below; of one that is not out, or no longer, only that."""
    work, reader = context.work, context.reader
    row = await work.first(news.BY_ID, news_id=news_id)
    home = reader.button("btn-news", BACK_VERB)
    if row is None or row.state != NewsState.PUBLISHED:
        context.say(reader.screen(reader.rich("news-withdrawn"), rows=[[home]]))
        return
    keep = [reader.button("btn-edit", CARD_VERB, row.id)] if speaks(context.person.roles) else []
    media = as_media(await files_of(work, "news", row.id))
    context.say(item_screen(reader, context.city.pack, row, media, work.now, [[*keep, home]]))


COMMANDS = {"news": show_list}
LABELS = {"btn-news": show_list}
VERBS = {LIST_VERB: show_list, BACK_VERB: back, OPEN_VERB: open_item}
LINKS = {"n": open_item}
