"""Moves of a case from the official's own chat: accept it, and say that it is done, with a picture and a sentence."""

from __future__ import annotations

from telegram import Update

from bot.actions.attach import do_attach
from bot.actions.move import Fields, arrows_for, check_length, move_case
from bot.actions.sight import load_for_desk
from bot.clock import SECOND
from bot.domain.case import Who
from bot.errors import Refused
from bot.store import tables
from bot.store.cases import CaseRow
from bot.store.person import Dialogue
from bot.talk.desk import due
from bot.talk.screen import Button
from handlers.context import Context
from handlers.paging import number_of
from handlers.pieces import Piece, piece_of
from handlers.refused import kindly

NAME = "desk-done"
LAST = "desk-last"  # memory: pictures of the same album that come after the sentence belong to the same case
MOVE_VERB = "v-move"
_LATE = 20 * SECOND
_LABELS = {"accept": "btn-accept", "done": "btn-done"}


def move_buttons(context: Context, case: CaseRow) -> list[Button]:
    """The moves that this card may show: those of the table, for who reads it."""
    return [
        context.reader.button(_LABELS[arrow], MOVE_VERB, f"{case.id}.{arrow}", case.version)
        for arrow in arrows_for(context.work, case)
        if arrow in _LABELS
    ]


@kindly("desk-not-yours")
async def move(update: Update, context: Context) -> None:
    """A button of a card."""
    number, _, arrow = context.press.argument.partition(".")
    case = await load_for_desk(context.work, number_of(number))
    if case.version != context.press.version:
        raise Refused("err-old-button")
    if arrow == "done":
        _ask_for_picture(context, case)
        return
    await move_case(context.work, context.city, Who.DESK, case, arrow)
    reader = context.reader
    text = reader.rich("desk-accept-ok", code=reader.code(case.code), due=due(reader, case, context.work.now))
    rows = [[reader.button("btn-done", MOVE_VERB, f"{case.id}.done", case.version + 1)]]
    context.say(reader.screen(text, rows=rows), case=case.id)


def _ask_for_picture(context: Context, case: CaseRow) -> None:
    if "done" not in arrows_for(context.work, case):
        raise Refused("desk-claim-first")
    dialogue = context.work.begin(NAME, "photo", {"case": case.id, "version": case.version, "photos": []})
    reader = context.reader
    rows = [
        [reader.button("btn-no-after-photo", "v-nophoto", version=dialogue.version)],
        [reader.button("btn-cancel", "v-stop", version=dialogue.version)],
    ]
    context.say(reader.screen(reader.rich("desk-done-photo"), rows=rows), case=case.id)


def _in_hand(context: Context) -> Dialogue:
    """The round that this button belongs to. Raises Refused for a button of an earlier one."""
    dialogue = context.work.dialogue(NAME)
    if not dialogue or dialogue.version != context.press.version:
        raise Refused("err-old-button")
    return dialogue


@kindly("desk-not-yours")
async def no_photo(update: Update, context: Context) -> None:
    """There can be no picture: say why."""
    dialogue = _in_hand(context)
    context.work.go(NAME, "why", dialogue.draft)
    context.say(context.reader.screen(context.rich("desk-done-no-photo")))


@kindly("desk-not-yours")
async def stop(update: Update, context: Context) -> None:
    """Nothing is said to be done."""
    _in_hand(context)
    context.work.end(NAME)
    context.tell("menu-main")


@kindly("desk-not-yours")
async def take(update: Update, context: Context) -> None:
    """A picture, its caption, the reason for none, or the sentence on what was done."""
    if update.message is None:
        return
    piece, dialogue = piece_of(update.message), context.work.dialogue(NAME)
    draft = dict(dialogue.draft)
    if piece.file and piece.file.kind == "photo":
        draft.pop("no_photo", None)  # there is one after all
        draft["photos"] = [*draft["photos"], do_attach(context.work, context.bot_key, piece.file)]
    elif piece.file or piece.odd or piece.place:
        raise Refused("desk-reason-text-only")
    elif dialogue.step == "why":
        check_length(context.city, piece.text)
        draft["no_photo"] = piece.text
        context.work.go(NAME, "words", draft)
        context.say(context.reader.screen(context.rich("desk-done-words")))
        return
    elif not (draft["photos"] or draft.get("no_photo")):
        raise Refused("desk-done-photo-needed")
    await _go_on(context, draft, piece)


async def _go_on(context: Context, draft: dict[str, object], piece: Piece) -> None:
    context.work.go(NAME, "words", draft)
    if not piece.text:
        context.say(context.reader.screen(context.rich("desk-done-words")), collapse="done-words")
        return
    case = await load_for_desk(context.work, int(str(draft["case"])))
    if case.version != draft["version"]:
        context.work.end(NAME)
        raise Refused("err-old-button")
    photos = tuple(draft["photos"]) if isinstance(draft["photos"], list) else ()
    fields = Fields(piece.text, str(draft.get("no_photo", "")), photos)
    await move_case(context.work, context.city, Who.DESK, case, "done", fields)
    context.work.end(NAME)
    context.work.keep(LAST, {"case": case.id, "at": context.work.now})
    context.tell("desk-done-ok", code=context.reader.code(case.code))


async def late_picture(update: Update, context: Context) -> bool:
    """The rest of an album whose first picture brought the sentence."""
    memory = context.work.dialogue(LAST).draft
    if not memory or update.message is None or context.work.now - memory["at"] > _LATE:
        return False
    piece = piece_of(update.message)
    if piece.file is None or piece.file.kind != "photo" or piece.text or not piece.more:
        return False
    attachment = do_attach(context.work, context.bot_key, piece.file, case_id=memory["case"])
    context.work.set(tables.attachments, attachment, after=True)
    return True


VERBS = {MOVE_VERB: move, "v-nophoto": no_photo, "v-stop": stop}
DIALOGUES = {NAME: take}
ON_TEXT = late_picture
