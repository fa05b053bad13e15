"""The end of the dialogue: submit, take back, and the next problem."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.actions.file_case import Filed, file_case, undo_case
from bot.domain.draft import Draft, Slot, next_slot
from bot.talk.rich import Rich
from handlers.citizen.report import state
from handlers.citizen.report.ask import ask
from handlers.citizen.report.entry import may_report, start
from handlers.citizen.report.scan import came_by
from handlers.citizen.report.similar import DIFFERENT, HERE
from handlers.citizen.report.state import needs_of
from handlers.citizen.report.words import place_words
from handlers.context import Context
from handlers.paging import number_of
from handlers.press import stale
from handlers.refused import kindly


@kindly("err-not-allowed")
async def send(update: Update, context: Context) -> None:
    """The one tap that files."""
    if not state.is_open(context) or context.press.version != state.version(context):
        await stale(context)
        return
    draft = state.draft_of(context)
    if next_slot(draft, needs_of(context, draft)) is not Slot.REVIEW:
        await ask(context, draft)
        return
    if not await may_report(context):
        return
    draft = replace(draft, poster=came_by(context, draft))
    filed = await file_case(context.work, context.city, draft)
    context.work.end(state.NAME)
    memory = draft.dump() | {"case": filed.id, "at": context.work.now}
    context.work.keep(state.FILED, memory)
    _tell(context, draft, filed)


def _tell(context: Context, draft: Draft, filed: Filed) -> None:
    reader = context.reader
    minutes = context.city.pack.limits.undo_minutes
    texts: list[Rich] = [reader.rich("report-saved", code=reader.code(filed.code), minutes=minutes)]
    if filed.target_at:
        texts.append(reader.rich("report-next", target=reader.date(filed.target_at)))
    else:
        texts.append(reader.rich("report-next-unknown"))
    if filed.opens_at:
        texts.append(reader.rich("report-after-hours", date=reader.date_clock(filed.opens_at)))
    elif filed.closed_now:
        texts.append(reader.rich("report-after-hours-unknown"))
    here = [reader.button("btn-another-here", "r-more", "here")] if draft.place else []
    rows = [[*here, reader.button("btn-another", "r-more")], [reader.button("btn-undo", "r-undo", filed.id)]]
    context.say(reader.screen(*texts, rows=rows, gap="\n\n"), case=filed.id)


@kindly("err-not-allowed")
async def undo(update: Update, context: Context) -> None:
    """Take a report back within the pack's minutes; its draft is there again."""
    case_id = number_of(context.press.argument)
    if not case_id:
        await stale(context)
        return
    memory = context.work.dialogue(state.FILED).draft
    await undo_case(context.work, context.city, case_id)
    told = context.rich("report-undone")
    if memory.get("case") == case_id and not state.is_open(context):
        await start(context, Draft.load(memory).tell(DIFFERENT), told)
    else:
        context.say(context.reader.screen(told, keys=context.menu()))


async def more(update: Update, context: Context) -> None:
    """The next problem, at the same place or elsewhere."""
    if state.is_open(context) and state.draft_of(context) != Draft():
        await ask(context, state.draft_of(context))
        return
    if not await may_report(context):
        return
    last = Draft.load(context.work.dialogue(state.FILED).draft)
    if context.press.argument == "here" and last.place:
        told = context.rich("report-another-here", place=place_words(context, last.place))
        context.work.begin(state.NAME, state.OPEN, Draft(place=last.place).tell(HERE).dump())
        context.say(context.reader.screen(told))
        return
    await start(context, Draft())


async def edited(update: Update, context: Context) -> bool:
    """An edited message changes the draft while it is open; answers whether it was one of its messages."""
    message = update.edited_message
    if message is None or not state.is_open(context):
        return False
    draft, number = state.draft_of(context), message.message_id
    text = (message.text or message.caption or "").strip()
    if not text or number not in {known for known, _ in draft.words}:
        return False
    words = tuple((known, text if known == number else old) for known, old in draft.words)
    await ask(context, replace(draft, words=words), context.rich("report-text-edited"))
    return True


ON_EDIT = edited
VERBS = {"r-send": send, "r-undo": undo, "r-more": more}
