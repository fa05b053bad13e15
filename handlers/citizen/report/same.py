"""Somebody whom an official has asked writes without saying which report they mean: a new one, or the answer?"""

from __future__ import annotations

from telegram import Update

from bot.actions.add import add_draft
from bot.actions.own import load_own
from bot.store.cases import CaseRow
from bot.talk.screen import Screen
from handlers.citizen.report import state
from handlers.context import Context
from handlers.paging import number_of
from handlers.press import stale
from handlers.refused import kindly


def new_or_same(context: Context, case: CaseRow) -> Screen:
    """The question; what was sent waits in the draft meanwhile."""
    reader, now = context.reader, state.version(context)
    same = reader.button("btn-same-report", "r-same", case.id, now)
    rows = [[same], [reader.button("btn-new-report", "r-go", version=now)]]
    return reader.screen(reader.rich("report-new-or-same", code=reader.code(case.code)), rows=rows)


@kindly("err-code")
async def same(update: Update, context: Context) -> None:
    """It is the answer: what was sent comes to that report."""
    if not state.is_open(context) or context.press.version != state.version(context):
        await stale(context)
        return
    case = await load_own(context.work, number_of(context.press.argument))
    await add_draft(context.work, context.city, case, state.draft_of(context))
    context.work.end(state.NAME)
    text = context.rich("ask-answer-ok", code=context.reader.code(case.code))
    context.say(context.reader.screen(text, keys=context.menu()), case=case.id)


VERBS = {"r-same": same}
