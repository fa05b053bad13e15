"""Suggestions that everybody may read: the list, one of them, and one tap to agree with it or to take that back."""

from __future__ import annotations

from telegram import Update

from bot.actions.pushes import MINE_VERB
from bot.actions.suggest import agree, disagree
from bot.domain.case import ENDED
from bot.errors import NotFound
from bot.store import cases
from bot.store.cases import CaseRow
from bot.store.suggestions import SHOWN_COUNT, SHOWN_NEWER, SHOWN_OLDER, SHOWN_ONE, SuggestionRow
from bot.store.supporters import SUPPORT
from bot.talk.cases import state_of
from bot.talk.rich import Rich
from bot.talk.screen import Button
from handlers.citizen.city import VERB as CITY_VERB
from handlers.citizen.menu import leave
from handlers.context import Context
from handlers.paging import Listing, load_page, number_of, numbers, place, turns
from handlers.refused import kindly

NEW_VERB, LIST_VERB, SEE_VERB, AGREE_VERB, OFF_VERB = "sg-new", "sg-list", "sg-see", "sg-agree", "sg-off"
_SHOWN = Listing(SHOWN_OLDER, SHOWN_NEWER, SHOWN_COUNT)
_TITLE = 70  # letters of a suggestion in the list


async def show_list(update: Update, context: Context) -> None:
    """From new to old, with where each stands and how many agree."""
    leave(context)
    reader, size = context.reader, context.city.pack.limits.list_page
    page = await load_page(context.work, _SHOWN, size, context.press.argument)
    new = [reader.button("btn-suggest-new", NEW_VERB), reader.button("btn-back", CITY_VERB)]
    if not page.rows:
        context.show(update, reader.screen(reader.rich("suggest-empty"), rows=[new]))
        return
    lines = [_line(context, at, row) for at, row in enumerate(page.rows, 1)]
    texts = (reader.rich("suggest-list"), *lines, place(reader, page))
    rows = [numbers(reader, page, SEE_VERB), turns(reader, page, LIST_VERB), new]
    context.show(update, reader.screen(*texts, rows=rows, gap="\n\n"))


def _line(context: Context, number: int, row: SuggestionRow) -> Rich:
    first = " ".join(row.words.split())
    title = first if len(first) <= _TITLE else first[:_TITLE].rsplit(None, 1)[0] + " …"
    status = state_of(context.reader, row)
    return context.rich("suggest-line", number=number, title=title, status=status, count=row.supporters)


@kindly("suggest-gone")
async def see(update: Update, context: Context) -> None:
    """One of them, whole."""
    await show_published(update, context, number_of(context.press.argument))


async def show_published(update: Update, context: Context, case_id: int) -> None:
    """A published suggestion in place of the list. Raises NotFound for one that is not (any more)."""
    row = await context.work.first(SHOWN_ONE, case_id=case_id)
    if row is None:
        raise NotFound(case_id)
    case = await context.work.first(cases.BY_ID, case_id=case_id)
    mine = await context.work.first(SUPPORT, case_id=case_id, person_id=context.person.id)
    agrees = mine is not None and not mine.left_at
    own = case is not None and case.person_id == context.person.id
    _show(update, context, row, _choice(context, row, own=own, agrees=agrees))


def _show(update: Update, context: Context, row: SuggestionRow | CaseRow, choice: list[Button], *notes: Rich) -> None:
    reader = context.reader
    text = reader.rich(
        "suggest-item",
        code=reader.code(row.code),
        text=row.words,
        status=state_of(reader, row),
        date=reader.date(row.created_at),
        count=row.supporters,
    )
    rows = [choice, [reader.button("btn-suggestions", LIST_VERB)]]
    context.show(update, reader.screen(*notes, text, rows=rows, gap="\n\n"))


def _choice(context: Context, row: SuggestionRow | CaseRow, *, own: bool = False, agrees: bool = False) -> list[Button]:
    """What this person may do: their own they open, with an answered one nobody agrees any more."""
    reader = context.reader
    if own:
        return [reader.button("btn-suggest-mine", MINE_VERB, row.id)]
    if agrees:
        return [reader.button("btn-support-off", OFF_VERB, row.id)]
    return [] if row.state in ENDED else [reader.button("btn-support", AGREE_VERB, row.id)]


@kindly("suggest-gone")
async def support(update: Update, context: Context) -> None:
    """One tap: I agree."""
    case = await agree(context.work, context.city, number_of(context.press.argument))
    said = context.rich("suggest-support-ok", count=case.supporters)
    _show(update, context, case, _choice(context, case, agrees=True), said)


@kindly("suggest-gone")
async def support_off(update: Update, context: Context) -> None:
    """One tap: no more."""
    case = await disagree(context.work, number_of(context.press.argument))
    said = context.rich("suggest-support-off", count=case.supporters)
    _show(update, context, case, _choice(context, case), said)


VERBS = {LIST_VERB: show_list, SEE_VERB: see, AGREE_VERB: support, OFF_VERB: support_off}
