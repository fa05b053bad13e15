"""Search in the city's news: one or two words, then what has all of them, from new to old."""

from __future__ import annotations

from telegram import Update

from bot.store import news
from bot.store.news import NewsLine
from bot.store.search import all_words
from bot.talk.news import LIST_VERB, OPEN_VERB
from bot.understand.normalise import normalise
from handlers import message
from handlers.citizen.menu import leave
from handlers.citizen.mine import text_of
from handlers.citizen.news import SEARCH_VERB, lines
from handlers.context import Context
from handlers.paging import Listing, load_page, numbers, place, turns
from handlers.press import stale

NAME, MEMORY = "news-search", "news-sought"  # the question, and what was looked for last
_FIND_VERB = "n-find"
_LONGEST = 100  # letters; more than that is no search but something to say
_FOUND: Listing[NewsLine] = Listing(*news.FOUND)


async def begin(update: Update, context: Context) -> None:
    """Ask for the words: the next message is them."""
    context.work.begin(NAME, "words")
    rows = [[context.reader.button("btn-back", LIST_VERB)]]
    context.say(context.reader.screen(context.rich("news-search-ask"), rows=rows), collapse=NAME)


async def take(update: Update, context: Context) -> None:
    """What has all of the words. Whoever sends something else meanwhile has changed their mind."""
    text = text_of(update.message)
    leave(context)
    if not text or len(text) > _LONGEST:
        await message.written(update, context)
        return
    number = context.work.dialogue(MEMORY).draft.get("number", 0) + 1
    context.work.keep(MEMORY, {"match": all_words(normalise(text)), "number": number})
    await _show(Update(update.update_id), context, number)


async def find(update: Update, context: Context) -> None:
    """Another page of what was looked for last."""
    of, _, cursor = context.press.argument.partition(".")
    number = context.work.dialogue(MEMORY).draft.get("number", 0)
    if of != str(number):
        await stale(context)
        return
    await _show(update, context, number, cursor)


async def _show(update: Update, context: Context, number: int, cursor: str = "") -> None:
    reader, match = context.reader, context.work.dialogue(MEMORY).draft.get("match", "")
    again = [reader.button("btn-search", SEARCH_VERB), reader.button("btn-news", LIST_VERB)]
    size = context.city.pack.limits.list_page
    page = await load_page(context.work, _FOUND, size, cursor, match=match) if match else None
    if page is None or not page.rows:
        context.show(update, reader.screen(reader.rich("news-search-none"), rows=[again]))
        return
    texts = (reader.rich("news-found"), *lines(context, page), place(reader, page))
    rows = [numbers(reader, page, OPEN_VERB), turns(reader, page, _FIND_VERB, f"{number}."), again]
    context.show(update, reader.screen(*texts, rows=rows, gap="\n\n"))


VERBS = {SEARCH_VERB: begin, _FIND_VERB: find}
DIALOGUES = {NAME: take}
