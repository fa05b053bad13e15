"""The buttons of a card: a move that needs nothing is made at once, any other is asked for; the last one taken back."""

from __future__ import annotations

from telegram import Update

from bot.actions.move import as_whom, move_case
from bot.actions.notices import MOVE_VERB
from bot.actions.sight import check_desk
from bot.actions.take_back import take_back
from bot.domain.case import ARROWS
from bot.errors import NotFound, Refused
from bot.store import cases
from bot.talk.cases import state_of
from handlers.context import Context
from handlers.official import form
from handlers.official.after import UNDO_VERB, confirm
from handlers.official.card import check_offered, load_fresh, show_card
from handlers.official.slots import NEEDED
from handlers.official.stray import LAST
from handlers.paging import number_of
from handlers.refused import kindly


@kindly("desk-not-yours")
async def move(update: Update, context: Context) -> None:
    """A button of a card."""
    number, _, arrow = context.press.argument.partition(".")
    case = await load_fresh(update, context, number_of(number), context.press.version)
    if case is None:
        return
    if arrow not in ARROWS:
        raise Refused("err-old-button")
    check_offered(context, case, arrow)
    if arrow in NEEDED:
        await form.begin(update, context, case, arrow)
        return
    after = await move_case(context.work, context.city, as_whom(context.work, case), case, arrow)
    await confirm(update, context, case, after, arrow, 0)


@kindly("desk-not-yours")
async def undo(update: Update, context: Context) -> None:
    """Take the last move back, within a minute."""
    case = await context.work.first(cases.BY_ID, case_id=number_of(context.press.argument))
    await check_desk(context.work)
    if case is None:
        raise NotFound(context.press.argument)
    after = await take_back(context.work, context.city, case, context.press.version)
    context.work.keep(LAST, {})  # what was sent for it counts no more: the same may be sent again
    state = state_of(context.reader, after, short=True)
    said = context.rich("desk-undo-ok", code=context.reader.code(case.code), status=state)
    await show_card(update, context, after, said)


VERBS = {MOVE_VERB: move, UNDO_VERB: undo}
