"""A suggestion: in whose name, what and perhaps where, may others read it. Three questions, then its code."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.actions.attach import FileSent, do_attach
from bot.actions.limits import files_left
from bot.actions.suggest import check_may_suggest, says_something, suggest
from bot.clock import HOUR
from bot.domain.case import STANDINGS
from bot.domain.draft import Draft, Place
from bot.errors import Refused
from bot.store.cases import CaseRow
from bot.store.person import Dialogue
from bot.talk.rich import Rich
from bot.talk.screen import Screen
from bot.understand.personal import mask
from handlers import message
from handlers.citizen.city import VERB as CITY_VERB
from handlers.citizen.menu import leave
from handlers.citizen.report import danger
from handlers.citizen.report.take import refuse, take_pin
from handlers.citizen.suggestions import LIST_VERB, NEW_VERB
from handlers.context import Context
from handlers.official.card import pairs
from handlers.pieces import Piece, piece_of
from handlers.refused import kindly
from handlers.table import Offer

NAME = "suggest"
AS_VERB, SKIP_VERB, SAY_VERB, STOP_VERB = "sg-as", "sg-skip", "sg-say", "sg-stop"
WORDS, PLACE, PUBLIC = "words", "place", "public"  # what is asked
_MOST = 4_000  # letters; fits the centre's card
_FOLLOWS = 3_000  # milliseconds in which the rest of an album or of a long text comes
_MEGABYTE = 1 << 20


@kindly("err-not-allowed")
async def begin(update: Update, context: Context) -> None:
    """In whose name? From here also to what others have suggested."""
    leave(context)
    await check_may_suggest(context.work, context.city)
    reader = context.reader
    names = [reader.button(f"btn-as-{each}", AS_VERB, each) for each in STANDINGS]
    rows = [*pairs(names), [reader.button("btn-suggestions", LIST_VERB)], [reader.button("btn-back", CITY_VERB)]]
    context.show(update, reader.screen(reader.rich("suggest-who"), rows=rows))


@kindly("err-not-allowed")
async def chosen(update: Update, context: Context) -> None:
    """The name is chosen: what is the idea?"""
    standing = context.press.argument
    if standing not in STANDINGS:
        raise Refused("err-old-button")
    await check_may_suggest(context.work, context.city)
    context.work.begin(NAME, WORDS, {"standing": standing, "draft": Draft().dump()})
    _ask(update, context)


def _ask(update: Update | None, context: Context, *notes: Rich) -> None:
    """The question of this step: in place of the message whose button was pressed, else as a new one."""
    dialogue, reader = context.work.dialogue(NAME), context.reader
    stop = reader.button("btn-cancel", STOP_VERB, version=dialogue.version)
    if dialogue.step == PUBLIC:
        yes, no = (reader.button(f"btn-{each}", SAY_VERB, each, dialogue.version) for each in ("yes", "no"))
        rows = [[yes, no], [stop]]
    else:
        rows = [[reader.button("btn-skip", SKIP_VERB, version=dialogue.version)]] if dialogue.step == PLACE else []
        rows.append([stop])
    text = {WORDS: "suggest-text", PLACE: "suggest-place", PUBLIC: "suggest-public-ask"}[dialogue.step]
    screen = reader.screen(*notes, reader.rich(text), rows=rows, gap="\n\n")
    _say(update, context, screen)


def _say(update: Update | None, context: Context, screen: Screen) -> None:
    if update is not None and update.callback_query is not None:
        context.show(update, screen)
    else:
        context.say(screen, collapse=NAME)


@kindly("err-not-allowed")
async def take(update: Update, context: Context) -> None:
    """A message meanwhile: the idea, more of it, or its place. An old one that was forgotten takes nothing more."""
    dialogue = context.work.dialogue(NAME)
    if update.message is None:
        return
    if context.work.now - dialogue.updated_at > HOUR:
        context.work.end(NAME)
        await message.written(update, context)
        return
    piece = piece_of(update.message)
    if piece.odd:
        refuse(context, piece.odd)
        return
    notes: list[Rich] = []
    draft = await _together(context, dialogue, piece, notes)
    danger.tell(context, piece.text, Draft())
    step = dialogue.step
    if step == WORDS and says_something(draft):
        step = PUBLIC if draft.place else PLACE
    elif step == WORDS and not notes and not piece.more:
        notes.append(context.rich("suggest-text-short"))
    elif step == PLACE and draft.place:
        step = PUBLIC
    await _go(update, context, step, draft, notes)


async def _together(context: Context, dialogue: Dialogue, piece: Piece, notes: list[Rich]) -> Draft:
    """The draft with what this message brings. What can't be taken is told in `notes`."""
    draft = Draft.load(dialogue.draft["draft"])
    if piece.file:
        draft = await _with_file(context, draft, piece, piece.file, notes)
    if piece.place:
        draft = take_pin(context, piece.place, draft, notes)
    words, hidden = mask(piece.text)
    if hidden:
        notes.append(context.rich("err-personal"))
    follows = context.work.now - dialogue.updated_at < _FOLLOWS and dialogue.draft.get("more")
    if words and dialogue.step == PLACE and not piece.file and not follows:
        return replace(draft, place=Place(address=words[:500]))
    if words and len(draft.text) + len(words) > _MOST:
        notes.append(context.rich("suggest-long", max=_MOST))
        return draft
    return replace(draft, words=(*draft.words, (piece.message_id, words))) if words else draft


async def _with_file(context: Context, draft: Draft, piece: Piece, file: FileSent, notes: list[Rich]) -> Draft:
    limits = context.city.pack.limits
    if file.size > limits.max_file_mb * _MEGABYTE:
        big = "report-video-big" if file.kind == "video" else "report-photo-big"
        notes.append(context.rich(big, max=limits.max_file_mb))
        return draft
    if len(draft.files) >= limits.max_photos or await files_left(context.work, context.city) <= 0:
        notes.append(context.rich("suggest-files-many", max=limits.max_photos))
        return draft
    attachment = do_attach(context.work, context.bot_key, file)
    return replace(draft, files=(*draft.files, (attachment, file.kind, piece.message_id)))


async def _go(update: Update, context: Context, step: str, draft: Draft, notes: list[Rich]) -> None:
    """On to this step; nobody is asked whether a voice may be read by all."""
    dialogue = context.work.dialogue(NAME)
    more = update.message is not None and piece_of(update.message).more
    context.work.go(NAME, step, {**dialogue.draft, "draft": draft.dump(), "more": more})
    if step == PUBLIC and not draft.text:
        await _file(update, context, draft, *notes)
    else:
        _ask(update, context, *notes)


def _round(context: Context, step: str) -> Draft:
    """The draft, when the pressed button belongs to this round, and to what is asked now: `step`, "" for any. Raises
    Refused for an older one.
    """
    dialogue = context.work.dialogue(NAME)
    if not dialogue or dialogue.version != context.press.version or (step and dialogue.step != step):
        raise Refused("err-old-button")
    return Draft.load(dialogue.draft["draft"])


@kindly("err-not-allowed")
async def skip(update: Update, context: Context) -> None:
    """It has no place of its own."""
    await _go(update, context, PUBLIC, _round(context, PLACE), [])


@kindly("err-not-allowed")
async def say(update: Update, context: Context) -> None:
    """The last question: whether others may read it. Either way it is registered."""
    draft = _round(context, PUBLIC)
    if context.press.argument not in ("yes", "no"):
        raise Refused("err-old-button")
    await _file(update, context, replace(draft, public=context.press.argument == "yes"))


async def _file(update: Update, context: Context, draft: Draft, *notes: Rich) -> None:
    standing = context.work.dialogue(NAME).draft["standing"]
    case = await suggest(context.work, context.city, standing, draft)
    context.work.end(NAME)
    _tell(context, case, notes)


def _tell(context: Context, case: CaseRow, notes: tuple[Rich, ...]) -> None:
    reader = context.reader
    saved = reader.rich("suggest-saved", code=reader.code(case.code))
    rows = [[reader.button("btn-suggest-mine", "m-open", case.id), reader.button("btn-suggestions", LIST_VERB)]]
    context.say(reader.screen(*notes, saved, rows=rows, gap="\n\n"), case=case.id)


@kindly("err-not-allowed")
async def stop(update: Update, context: Context) -> None:
    """Nothing is sent."""
    _round(context, "")
    context.work.end(NAME)
    rows = [[context.reader.button("btn-back", CITY_VERB)]]
    context.show(update, context.reader.screen(context.rich("suggest-stopped"), rows=rows))


CITY_OFFERS = (Offer(40, "btn-suggest", NEW_VERB),)
VERBS = {NEW_VERB: begin, AS_VERB: chosen, SKIP_VERB: skip, SAY_VERB: say, STOP_VERB: stop}
DIALOGUES = {NAME: take}
