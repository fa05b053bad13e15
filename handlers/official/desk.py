"""The desk, first step: the list of new reports, and a report with its photos and place."""

from __future__ import annotations

from telegram import Update

from bot.actions.sight import check_desk, load_for_desk
from bot.actions.staff import OPEN_VERB, show_files
from bot.store import cases
from bot.talk.desk import desk_card, desk_line
from handlers.context import Context
from handlers.official.moves import move_buttons
from handlers.paging import Listing, load_page, number_of, numbers, place, turns
from handlers.refused import kindly

_NEW = Listing(cases.NEW_OLDER, cases.NEW_NEWER, cases.NEW_COUNT)


@kindly("desk-not-yours")
async def new_reports(update: Update, context: Context) -> None:
    """The reports that nobody has looked at, from new to old: only those that this official may see."""
    reader, pack = context.reader, context.city.pack
    sight = await check_desk(context.work)
    bounds = {"least": int(not sight.ordinary), "most_private": int(sight.private)}
    page = await load_page(context.work, _NEW, pack.limits.list_page, context.press.argument, **bounds)
    if not page.rows:
        context.show(update, reader.screen(reader.rich("desk-list-empty")))
        return
    lines = [desk_line(reader, pack, at, row) for at, row in enumerate(page.rows, 1)]
    texts = (reader.rich("desk-list-new"), *lines, place(reader, page))
    rows = [numbers(reader, page, OPEN_VERB), turns(reader, page, "v-new")]
    context.show(update, reader.screen(*texts, rows=rows, gap="\n\n"))


async def below(update: Update, context: Context) -> None:
    """The list, below a report that stays as it is."""
    await new_reports(Update(update.update_id), context)


@kindly("desk-not-yours")
async def open_case(update: Update, context: Context) -> None:
    """A report's files and place, then the report with what can be done."""
    work, reader = context.work, context.reader
    case = await load_for_desk(work, number_of(context.press.argument))
    files = await work.query(cases.FILES, case_id=case.id, after=False)
    added = [row.words for row in await work.query(cases.ADDED_WORDS, case_id=case.id)]
    kinds = [file.kind for file in files]
    card = desk_card(reader, context.city.pack, case, kinds, added, work.now)
    show_files(work, context.city, case, [(file.id, file.kind) for file in files], context.person.address)
    rows = [move_buttons(context, case), [reader.button("btn-list-new", "v-list")]]
    context.say(reader.screen(card, rows=rows), case=case.id)  # last, so that its buttons are under the thumb


LABELS = {"btn-desk": new_reports}
VERBS = {"v-new": new_reports, "v-list": below, OPEN_VERB: open_case}
