"""A message to a human at 137, and the answer, by replying to each other's messages."""

from __future__ import annotations

from telegram import Update

from bot.actions import human
from bot.actions.attach import do_attach
from bot.actions.human import Letter
from bot.errors import Refused
from bot.store.messages import BY_REPLY, MessageRow
from bot.understand.personal import mask
from handlers import message
from handlers.citizen.help import danger_texts
from handlers.citizen.menu import back_button, leave
from handlers.context import Context
from handlers.pieces import Piece, piece_of

NAME = "human"
_MEGABYTE = 1 << 20
_FOLLOWS = 3_000  # milliseconds in which the rest of an album or of a long text comes


async def begin(update: Update, context: Context) -> None:
    """Ask for the message; where nobody would read it, say so before anything is taken."""
    reader, hours = context.reader, context.city.pack.fact("phones.hours_137")
    try:
        await human.check_somebody(context.work)
    except Refused as refusal:
        context.show(update, reader.screen(reader.rich(refusal.text), rows=[[back_button(context)]]))
        return
    context.work.begin(NAME, "words")
    texts = [reader.rich("help-human"), reader.rich("help-human-ask")]
    if hours:
        texts.append(reader.rich("help-human-hours", hours=reader.digits(hours)))
    context.show(update, reader.screen(*texts, rows=[[reader.button("btn-cancel", "s-more")]]))


async def written(update: Update, context: Context) -> None:
    """What comes after the question; the rest of an album or a long text belongs to it."""
    if update.message is None:
        return
    piece, dialogue = piece_of(update.message), context.work.dialogue(NAME)
    if dialogue.step == "more" and not piece.more and context.work.now - dialogue.updated_at > _FOLLOWS:
        leave(context)
        await message.written(update, context)
    elif not _usable(piece):
        context.say(context.reader.screen(context.rich("help-human-ask")), collapse=NAME)
    elif _too_large(context, piece):
        pass  # told; the question stays
    elif await _ask(context, piece) and (piece.more or dialogue.step == "more"):
        context.work.go(NAME, "more", {})
    else:
        leave(context)


async def replied(update: Update, context: Context) -> bool:
    """A reply to a message of such a conversation: the centre answers, or the citizen goes on."""
    replied_to = update.message.reply_to_message if update.message else None
    if update.message is None or replied_to is None:
        return False
    about = await context.work.first(BY_REPLY, account_id=context.person.account_id, message_id=replied_to.message_id)
    if about is None:
        return False
    piece = piece_of(update.message)
    if not _usable(piece):
        context.tell("err-kind")
    elif _too_large(context, piece):
        pass  # told
    elif about.person_id == context.person.id:
        await _ask(context, piece)
    else:
        await _answer(context, about, piece)
    return True


async def write_about(update: Update, context: Context, title: str) -> bool:
    """Bring somebody's answer to an announcement to the centre; answers whether it could be taken. Raises Refused."""
    assert update.message is not None
    piece = piece_of(update.message)
    if not _usable(piece):
        return False
    if _too_large(context, piece):
        return True
    letter, hidden = _letter(context, piece)
    reader = context.reader
    await human.ask(context.work, context.city, letter, about=title)
    danger = danger_texts(context, piece.text)
    said = [reader.rich("err-crisis")] if danger is None else [*danger, reader.rich("cast-replied", title=title)]
    if hidden:
        said.append(reader.rich("err-personal"))
    context.say(reader.screen(*said, keys=context.menu(), gap="\n\n"), collapse=NAME)
    return True


async def _ask(context: Context, piece: Piece) -> bool:
    try:
        letter, hidden = _letter(context, piece)
        await human.ask(context.work, context.city, letter)
    except Refused as refusal:
        context.tell(refusal.text, **refusal.args_)
        return False
    reader = context.reader
    danger = danger_texts(context, piece.text)
    said = [reader.rich("err-crisis")] if danger is None else [*danger, reader.rich("help-human-ok")]
    if hidden:
        said.append(reader.rich("err-personal"))
    context.say(reader.screen(*said, keys=context.menu(), gap="\n\n"), collapse=NAME)
    return True


async def _answer(context: Context, about: MessageRow, piece: Piece) -> None:
    try:
        letter, _ = _letter(context, piece)
        there = await human.answer(context.work, context.city, about, letter)
    except Refused as refusal:
        context.tell(refusal.text, **refusal.args_)
        return
    context.tell("desk-answer-sent" if there else "desk-answer-gone")


def _usable(piece: Piece) -> bool:
    return bool(piece.text or piece.file)


def _too_large(context: Context, piece: Piece) -> bool:
    """Whether the file is larger than what we may fetch; then they are told."""
    file, most = piece.file, context.city.pack.limits.max_file_mb
    if file is None or file.size <= most * _MEGABYTE:
        return False
    told = context.rich("report-video-big" if file.kind == "video" else "report-photo-big", max=most)
    context.say(context.reader.screen(told))
    return True


def _letter(context: Context, piece: Piece) -> tuple[Letter, bool]:
    """The letter, and whether a bank card or a national id was taken out of it."""
    words, hidden = mask(piece.text)
    if piece.file is None:
        return Letter(words), hidden
    return Letter(words, do_attach(context.work, context.bot_key, piece.file), piece.file.kind), hidden


DIALOGUES = {NAME: written}
VERBS = {"h-human": begin}
ON_REPLY = replied
