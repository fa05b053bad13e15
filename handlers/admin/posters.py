"""Posters and stickers: which there are, how many reports came by each, and the way to another."""

from __future__ import annotations

from telegram import Update

from bot.actions.posters import HOME_VERB, OPEN_VERB, load_poster, remove_poster
from bot.actions.showing import check_speaks
from bot.domain.poster import GENERAL
from bot.store.posters import COUNT, COUNTED, NEWER, OLDER, CountedRow
from bot.talk.posters import title
from bot.talk.rich import Rich
from handlers.admin.home import VERB as BACK_VERB
from handlers.context import Context
from handlers.official.card import pairs
from handlers.paging import Listing, load_page, number_of, numbers, place, turns
from handlers.refused import kindly
from handlers.table import Offer

KIND_VERB, LIST_VERB, AGAIN_VERB = "po-kind", "po-list", "po-again"
ASK_VERB, REMOVE_VERB = "po-ask", "po-remove"
_LISTING = Listing(OLDER, NEWER, COUNT)


@kindly("err-not-allowed")
async def home(update: Update, context: Context) -> None:
    """What may wear one; those that there are."""
    check_speaks(context.work)
    reader = context.reader
    kinds = [reader.button(f"btn-poster-{kind}", KIND_VERB, kind) for kind in (GENERAL, *context.city.pack.posters)]
    last = [reader.button("btn-poster-list", LIST_VERB), reader.button("btn-back", BACK_VERB)]
    context.show(update, reader.screen(reader.rich("poster-ask"), rows=[*pairs(kinds), last]))


@kindly("err-not-allowed")
async def show_list(update: Update, context: Context) -> None:
    """Newest first; a number opens one."""
    check_speaks(context.work)
    reader = context.reader
    page = await load_page(context.work, _LISTING, context.city.pack.limits.list_page, context.press.argument)
    lines = [_line(context, at, row) for at, row in enumerate(page.rows, 1)]
    rows = [numbers(reader, page, OPEN_VERB), turns(reader, page, LIST_VERB), [reader.button("btn-back", HOME_VERB)]]
    head = reader.rich("poster-list" if lines else "poster-list-none")
    context.show(update, reader.screen(head, *lines, place(reader, page), rows=rows, gap="\n\n"))


def _line(context: Context, number: int, row: CountedRow) -> Rich:
    named = title(context.reader, row.kind, row.place)
    return context.rich("poster-line", number=number, name=named, count=row.reports)


@kindly("poster-gone")
async def show_one(update: Update, context: Context) -> None:
    """One of them, with what came by it."""
    reader, found = context.reader, await load_poster(context.work, number_of(context.press.argument))
    row = (await context.work.query(COUNTED, poster_id=found.id))[0]
    texts = [
        reader.rich("poster-one", name=title(reader, row.kind, row.place), date=reader.date(row.created_at)),
        reader.rich("poster-pinned" if found.lat is not None else "poster-unpinned") if row.kind != GENERAL else (),
        reader.rich("poster-count", count=row.reports),
        reader.rich("poster-opened", count=row.opened),
    ]
    rows = [
        [reader.button("btn-poster-again", AGAIN_VERB, row.id), reader.button("btn-remove", ASK_VERB, row.id)],
        [reader.button("btn-back", LIST_VERB)],
    ]
    # A file's message can't become a text: what was pressed there is answered below it.
    context.say(reader.screen(*texts, rows=rows), collapse="poster")


@kindly("poster-gone")
async def ask(update: Update, context: Context) -> None:
    """What removing means."""
    row, reader = await load_poster(context.work, number_of(context.press.argument)), context.reader
    text = reader.rich("poster-remove-ask", name=title(reader, row.kind, row.place))
    buttons = [reader.button("btn-remove", REMOVE_VERB, row.id), reader.button("btn-no", OPEN_VERB, row.id)]
    context.show(update, reader.screen(text, rows=[buttons]))


@kindly("poster-gone")
async def remove(update: Update, context: Context) -> None:
    """Its code knows nothing any more."""
    row, reader = await remove_poster(context.work, number_of(context.press.argument)), context.reader
    text = reader.rich("poster-removed", name=title(reader, row.kind, row.place))
    context.show(update, reader.screen(text, rows=[[reader.button("btn-posters", HOME_VERB)]]))


ADMIN_OFFERS = (Offer(70, "btn-posters", HOME_VERB),)
VERBS = {HOME_VERB: home, LIST_VERB: show_list, OPEN_VERB: show_one, ASK_VERB: ask, REMOVE_VERB: remove}
