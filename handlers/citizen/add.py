"""More for a report after it was filed: by the button, by a reply to any message about it, or by a late edit."""

from __future__ import annotations

from telegram import Update

from bot.actions.add import Addition, add_to_case
from bot.actions.own import check_open, load_own
from bot.actions.support import is_supporter
from bot.clock import HOUR
from bot.domain.case import State
from bot.domain.draft import Draft
from bot.errors import Refused
from bot.store import cases
from bot.store.cases import CaseRow
from bot.talk.cases import of_kind
from bot.talk.rich import Rich
from bot.understand.personal import mask
from handlers import message
from handlers.citizen.mine import show_case
from handlers.citizen.report import danger
from handlers.citizen.report.take import refuse
from handlers.context import Context
from handlers.paging import number_of
from handlers.pieces import Piece, piece_of
from handlers.refused import kindly

NAME = "mine-add"
AFTER_MORE = 1_300  # milliseconds: the pieces of an album get one answer
_OPEN_FOR = HOUR  # whoever forgot to say that it is all begins something new after that


@kindly("err-code")
async def begin(update: Update, context: Context) -> None:
    """The button: the next messages belong to this report, until the person says that it is all."""
    case = await load_own(context.work, number_of(context.press.argument))
    check_open(case)
    context.work.begin(NAME, "open", {"case": case.id, "added": 0})
    rows = [[context.reader.button("btn-done-adding", "m-done")]]
    context.say(context.reader.screen(context.rich("case-add-ask"), rows=rows), case=case.id)


@kindly("err-code")
async def take(update: Update, context: Context) -> None:
    """A message while adding."""
    dialogue = context.work.dialogue(NAME)
    if update.message is None:
        return
    if context.work.now - dialogue.updated_at > _OPEN_FOR:
        context.work.end(NAME)
        await message.written(update, context)
        return
    case = await load_own(context.work, dialogue.draft["case"])
    if await add(context, case, piece_of(update.message), more=True):
        added = dialogue.draft["added"] + 1
        context.work.go(NAME, "open", {"case": case.id, "added": added})


@kindly("err-code")
async def done(update: Update, context: Context) -> None:
    """That is all: the report as it is now."""
    dialogue = context.work.dialogue(NAME)
    if not dialogue:
        context.tell("err-already")
        return
    context.work.end(NAME)
    if not dialogue.draft["added"]:
        context.tell("case-add-nothing")
        return
    await show_case(Update(update.update_id), context, await load_own(context.work, dialogue.draft["case"]))


async def replied(update: Update, context: Context) -> bool:
    """A reply to a message of ours about a case; answers whether it was one."""
    if update.message is None:
        return False
    piece = piece_of(update.message)
    account = context.person.account_id
    case = await context.work.first(cases.BY_MESSAGE, account_id=account, message_id=piece.reply_to)
    if case is None:
        return False
    if case.person_id == context.person.id or await is_supporter(context.work, case):
        await _add_reply(context, case, piece)
    else:
        context.tell("err-not-allowed")
    return True


async def _add_reply(context: Context, case: CaseRow, piece: Piece) -> None:
    try:
        await add(context, case, piece)
    except Refused as refusal:
        context.tell(refusal.text, **refusal.args_)


async def late_edit(update: Update, context: Context) -> bool:
    """An edit of words that are in a filed report already: they come to it as an addition. Answers whether so."""
    if update.edited_message is None:
        return False
    piece = piece_of(update.edited_message)
    where = {"person_id": context.person.id, "channel": context.channel, "message_id": piece.message_id}
    case = await context.work.first(cases.BY_SOURCE, **where)
    if case is None:
        return False
    words, _ = mask(piece.text)
    mine = await context.work.query(cases.ADDED_BY, case_id=case.id, person_id=context.person.id)
    known = [row.words for row in mine]
    if words and words not in case.words.split("\n") and words not in (case.words, *known):
        await _add_edit(context, case, words)
    return True


async def _add_edit(context: Context, case: CaseRow, words: str) -> None:
    reader = context.reader
    try:
        await add_to_case(context.work, context.city, case, Addition(words))
    except Refused as refusal:
        context.tell(refusal.text, **refusal.args_)
        return
    context.say(reader.screen(reader.rich("mine-edit-late", code=reader.code(case.code))), case=case.id)


async def add(context: Context, case: CaseRow, piece: Piece, *, more: bool = False) -> bool:
    """Add a message to a case and say so; answers whether it was added. `more`: others may follow until the person
    says that it is all. Raises as `add_to_case`.
    """
    if piece.odd:
        refuse(context, piece.odd)
        return False
    notes: list[Rich] = []
    words, hidden = mask(piece.text)
    if hidden:
        notes.append(context.rich("err-personal"))
    place = piece.place
    pin = (place.lat, place.lon, place.accuracy) if place else None
    if place and place.title:
        words = "\n".join(filter(None, (words, place.title)))
    await add_to_case(context.work, context.city, case, Addition(words, piece.file, pin, context.bot_key))
    danger.tell(context, piece.text, Draft())
    _thank(context, case, piece, notes, more=more)
    return True


def _thank(context: Context, case: CaseRow, piece: Piece, notes: list[Rich], *, more: bool) -> None:
    reader = context.reader
    text = "ask-answer-ok" if case.state == State.NEED_INFO else "case-add-ok"
    mine = case.person_id == context.person.id
    texts = [*notes, reader.rich(of_kind(case, text if mine else "joined-add-ok"), code=reader.code(case.code))]
    rows = [[reader.button("btn-done-adding", "m-done")]] if more else []
    if more:
        texts.append(reader.rich("case-add-more"))
    after = AFTER_MORE if piece.more else 0
    context.say(reader.screen(*texts, rows=rows), collapse=f"ack-{case.id}", case=case.id, after=after)


VERBS = {"m-add": begin, "m-done": done}
DIALOGUES = {NAME: take}
ON_REPLY = replied
ON_EDIT = late_edit
