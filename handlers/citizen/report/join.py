"""The answers to "is it the same problem?": with the others, with one's own, or something else."""

from __future__ import annotations

from telegram import Update

from bot.actions.add import add_draft
from bot.actions.own import load_own
from bot.actions.pushes import question
from bot.actions.support import join
from bot.domain.case import State
from bot.domain.draft import Draft
from bot.errors import NotFound, Refused
from bot.store.cases import CaseRow
from bot.talk.rich import Rich
from handlers.citizen.report import state
from handlers.citizen.report.ask import ask
from handlers.citizen.report.choose import current
from handlers.citizen.report.similar import DIFFERENT, OTHER_VERB, OWN_VERB, SAME_VERB, offered
from handlers.context import Context
from handlers.paging import number_of
from handlers.press import stale


async def _answered(context: Context) -> tuple[Draft, int] | None:
    """The draft in hand and the case that was shown with it; a press on any other is answered as stale."""
    draft = await current(context)
    if draft is None:
        return None
    number = number_of(context.press.argument)
    if offered(number) not in draft.said:
        await stale(context)
        return None
    return draft, number


async def same(update: Update, context: Context) -> None:
    """ "I have this too": with those who have reported it, and no new report. Nothing that was written is lost: it goes
    to the desk, and to nobody else.
    """
    answered = await _answered(context)
    if answered is None:
        return
    draft, number = answered
    try:
        case = await join(context.work, context.city, number)
    except Refused as refusal:
        await _go_on(context, draft, context.rich(refusal.text, **refusal.args_))
        return
    except NotFound:
        await _go_on(context, draft)
        return
    context.work.end(state.NAME)
    try:
        await add_draft(context.work, context.city, case, draft)
        _welcome(context, case, context.rich("report-joined-words"))
    except Refused as refusal:  # too much has been added to it today
        _welcome(context, case, context.rich(refusal.text, **refusal.args_))


def _welcome(context: Context, case: CaseRow, note: Rich) -> None:
    reader = context.reader
    texts = [reader.rich("report-joined", code=reader.code(case.code), count=case.supporters + 1), note]
    rows = [[reader.button("btn-leave-case", "j-leave", case.id), reader.button("btn-mine", "m-back")]]
    context.say(reader.screen(*texts, rows=rows, gap="\n\n"), case=case.id)
    if case.state == State.DONE:
        context.say(question(case, reader, own=False), case=case.id)


async def own(update: Update, context: Context) -> None:
    """It belongs to the report that this person has made before."""
    answered = await _answered(context)
    if answered is None:
        return
    draft, number = answered
    try:
        case = await load_own(context.work, number)
        await add_draft(context.work, context.city, case, draft)
    except Refused as refusal:
        await _go_on(context, draft, context.rich(refusal.text, **refusal.args_))
        return
    except NotFound:
        await _go_on(context, draft)
        return
    context.work.end(state.NAME)
    reader = context.reader
    rows = [[reader.button("btn-mine", "m-back")]]
    context.say(reader.screen(reader.rich("case-add-ok", code=reader.code(case.code)), rows=rows), case=case.id)


async def differs(update: Update, context: Context) -> None:
    """Something else: on to the review."""
    draft = await current(context)
    if draft is not None:
        await _go_on(context, draft)


async def _go_on(context: Context, draft: Draft, *acks: Rich) -> None:
    await ask(context, draft.tell(DIFFERENT), *acks)


VERBS = {SAME_VERB: same, OTHER_VERB: differs, OWN_VERB: own}
