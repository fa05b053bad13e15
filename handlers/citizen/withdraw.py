"""Taking one's own report back, or leaving it to those who share it: asked once more, then done."""

from __future__ import annotations

from telegram import Update

from bot.actions.leave import is_shared
from bot.actions.own import check_open, load_own
from bot.actions.withdraw import withdraw_case
from bot.talk.cases import of_kind
from handlers.context import Context
from handlers.paging import number_of
from handlers.refused import kindly


@kindly("err-code")
async def ask(update: Update, context: Context) -> None:
    """The button under a report: is it meant?"""
    reader = context.reader
    case = await load_own(context.work, number_of(context.press.argument))
    check_open(case)
    text = "case-leave-ask" if is_shared(case) else of_kind(case, "case-withdraw-ask")
    question = reader.rich(text, code=reader.code(case.code))
    rows = [
        [reader.button("btn-yes", "m-drop-yes", case.id, case.version), reader.button("btn-no", "m-open", case.id)],
    ]
    context.show(update, reader.screen(question, rows=rows), case=case.id)


@kindly("err-code")
async def confirmed(update: Update, context: Context) -> None:
    """It is meant."""
    reader = context.reader
    case = await withdraw_case(context.work, context.city, number_of(context.press.argument), context.press.version)
    rows = [[reader.button("btn-mine", "m-back")]]
    if is_shared(case):
        context.show(update, reader.screen(reader.rich("case-withdraw-kept"), rows=rows))
    else:
        text = reader.rich(of_kind(case, "case-withdraw-ok"), code=reader.code(case.code))
        context.show(update, reader.screen(text, rows=rows), case=case.id)


VERBS = {"m-drop": ask, "m-drop-yes": confirmed}
