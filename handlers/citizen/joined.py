"""A report that somebody else made and this person shares: its card, its news, the vote at its end, and the way out."""

from __future__ import annotations

from telegram import Update

from bot.actions.pushes import MINE_VERB, VOTE_VERB, answers
from bot.actions.support import leave, load_joined, vote
from bot.domain.case import OPEN, State
from bot.store import cases
from bot.store.cases import CaseRow
from bot.talk import cards
from bot.talk.screen import Button, Media
from handlers.context import Context
from handlers.paging import number_of
from handlers.refused import kindly

TIME_VERB, PHOTOS_VERB, LEAVE_VERB, LEFT_VERB = "j-time", "j-photos", "j-leave", "j-left"
_ALBUM = 10


async def show_joined(update: Update, context: Context, case: CaseRow) -> None:
    """The card: what everybody may see of it, and what this person may do."""
    reader = context.reader
    card = cards.joined_card(reader, context.city.pack, case, context.work.now)
    hint = reader.rich("joined-reply-hint") if case.state in OPEN else ()
    rows: list[list[Button]] = answers(case, reader, own=False) if case.state == State.DONE else []
    photos = [reader.button("btn-photos", PHOTOS_VERB, case.id)] if await _photos(context, case) else []
    rows.append([reader.button("btn-timeline", TIME_VERB, case.id), *photos])
    if case.state in OPEN:
        rows.append([reader.button("btn-leave-case", LEAVE_VERB, case.id)])
    rows.append([reader.button("btn-mine", "m-back")])
    context.show(update, reader.screen(card, hint, rows=rows, gap="\n\n"), case=case.id)


async def _photos(context: Context, case: CaseRow) -> tuple[Media, ...]:
    """Those after the work; those from before only where their owner lets everybody see them and they were checked."""
    after = await context.work.query(cases.FILES, case_id=case.id, after=True)
    before = []
    if case.public and case.published and not case.hidden:
        before = await context.work.query(cases.FILES_OF, case_id=case.id, person_id=case.person_id)
    photos = [file for file in (*before, *after) if file.kind == "photo"]
    return tuple(Media("photo", file.id) for file in photos[-_ALBUM:])


@kindly("err-code")
async def photos(update: Update, context: Context) -> None:
    """As an album, below the card."""
    case = await load_joined(context.work, number_of(context.press.argument))
    found = await _photos(context, case)
    if found:
        said = context.rich("joined-photos", code=context.reader.code(case.code))
        context.say(context.reader.screen(said, media=found), case=case.id)
    else:
        context.tell("joined-photos-none")


@kindly("err-code")
async def timeline(update: Update, context: Context) -> None:
    """What happened to it, told as to anybody but its reporter."""
    reader = context.reader
    case = await load_joined(context.work, number_of(context.press.argument))
    events = await context.work.query(cases.EVENTS, case_id=case.id)
    text = cards.joined_timeline(reader, context.city.pack, case.code, events)
    rows = [[reader.button("btn-back", MINE_VERB, case.id)]]
    context.show(update, reader.screen(text, rows=rows), case=case.id)


@kindly("err-code")
async def ask_to_leave(update: Update, context: Context) -> None:
    """Is it meant?"""
    reader = context.reader
    case = await load_joined(context.work, number_of(context.press.argument))
    rows = [[reader.button("btn-yes", LEFT_VERB, case.id), reader.button("btn-no", MINE_VERB, case.id)]]
    text = reader.rich("joined-leave-ask", code=reader.code(case.code))
    context.show(update, reader.screen(text, rows=rows), case=case.id)


@kindly("err-code")
async def left(update: Update, context: Context) -> None:
    """It is meant."""
    reader = context.reader
    case = await leave(context.work, number_of(context.press.argument))
    text = reader.rich("joined-leave-ok", code=reader.code(case.code))
    context.show(update, reader.screen(text, rows=[[reader.button("btn-mine", "m-back")]]))


@kindly("err-code")
async def say(update: Update, context: Context) -> None:
    """One of the four answers of a supporter."""
    number, _, answer = context.press.argument.partition(".")
    case = await vote(context.work, context.city, number_of(number), answer, context.press.version)
    code, said = context.reader.code(case.code), context.reader.line(f"btn-{answer}")
    context.say(context.reader.screen(context.rich("joined-voted", code=code, answer=said)), case=case.id)


VERBS = {
    TIME_VERB: timeline,
    PHOTOS_VERB: photos,
    LEAVE_VERB: ask_to_leave,
    LEFT_VERB: left,
    VOTE_VERB: say,
}
