"""Writing news: title, text, pictures, one after the other; or one of them anew. What is out is changed only after a
look at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from telegram import Update

from bot.actions.attach import do_attach
from bot.actions.news import OWNER, Change, change, check, draft, schedule
from bot.actions.showing import Kept, check_speaks
from bot.domain.news import NewsState
from bot.domain.rights import speaks
from bot.errors import Refused
from bot.store.showing import files_of
from handlers import message
from handlers.admin.news import EDIT, LATER, NAME, NEW, conflicts, load, load_for_edit, say_buttons, say_preview
from handlers.context import Context
from handlers.moments import read_moment
from handlers.pieces import Piece, piece_of

DONE, CANCEL, YES = "nw-done", "nw-stop", "nw-yes"
_NONE = "none"  # the button that takes all pictures away
_ASKED = {
    "title": "news-write-title",
    "words": "news-write-text",
    "files": "news-write-photo",
    "when": "news-write-when",
}
_NEXT = {"title": "words", "words": "files"}
_CUT = 4_000  # letters from which a messenger is likely to have cut the text


@conflicts
async def begin(update: Update, context: Context) -> None:
    """A new item begins with its title."""
    check_speaks(context.work)
    _start(context, "title", {"id": 0, "version": 0, "new": True})


@conflicts
async def edit(update: Update, context: Context) -> None:
    """One field anew."""
    row, field = await load(context), context.press.argument.partition(".")[2]
    if field not in ("title", "words", "files"):
        raise Refused("err-old-button")
    _start(context, field, {"id": row.id, "version": row.version, "new": False})


@conflicts
async def later(update: Update, context: Context) -> None:
    """At which time?"""
    row = await load(context)
    _start(context, "when", {"id": row.id, "version": row.version, "new": False})


def _start(context: Context, step: str, drafted: Mapping[str, Any]) -> None:
    context.work.begin(NAME, step, drafted)
    _ask(context, _ASKED[step], done=step == "files", none=step == "files")


def _ask(context: Context, text: str, *, done: bool = False, none: bool = False, **args: Any) -> None:
    """`done`: it may be all. `none`: of an item that has pictures, all may be taken away."""
    reader, dialogue = context.reader, context.work.dialogue(NAME)
    away = none and not dialogue.draft["new"]
    offered = (("btn-done-adding", DONE, "", done), ("btn-remove", DONE, _NONE, away), ("btn-cancel", CANCEL, "", True))
    buttons = [reader.button(label, verb, what, dialogue.version) for label, verb, what, there in offered if there]
    most = context.city.pack.limits.max_photos
    context.say(reader.screen(reader.rich(text, max=most, **args), rows=[buttons]), collapse=NAME)


@conflicts
async def take(update: Update, context: Context) -> None:
    """What somebody wrote or sent. Who keeps no news any more has said it to somebody else."""
    dialogue = context.work.dialogue(NAME)
    if update.message is None:
        return
    if not speaks(context.person.roles):
        context.work.end(NAME)
        await message.written(update, context)
        return
    piece = piece_of(update.message)
    if dialogue.step == "sure":
        _ask_sure(context)
    elif dialogue.step == "files":
        _picture(context, dialogue.draft, piece)
    elif not piece.text:
        _ask(context, _ASKED.get(dialogue.step, "news-write-text"))
    elif dialogue.step == "title":
        await _titled(context, dialogue.draft, piece.text)
    elif dialogue.step == "words":
        _written(context, dialogue.draft, piece.text)
    elif dialogue.step == "when":
        await _timed(context, dialogue.draft, piece.text)


async def _titled(context: Context, drafted: Mapping[str, Any], text: str) -> None:
    title = " ".join(text.split())
    check(title, "")
    if not drafted["new"]:
        await _changed(context, drafted, Change(title=title))
        return
    row = draft(context.work, Change(title=title))
    _go_on(context, "words", {**drafted, "id": row.id, "version": row.version})


def _written(context: Context, drafted: Mapping[str, Any], text: str) -> None:
    """A long text comes in pieces; each begins a paragraph, but for what a messenger cut."""
    before = str(drafted.get("words", ""))
    cut = int(drafted.get("last", 0)) >= _CUT
    words = (" " if cut else "\n\n").join(filter(None, (before, text)))
    check("", words)
    context.work.go(NAME, "words", {**drafted, "words": words, "last": len(text)})
    _ask(context, "news-write-more", done=True)


def _picture(context: Context, drafted: Mapping[str, Any], piece: Piece) -> None:
    """One more; a picture sent as a file stays a file on both platforms, and no album takes it."""
    files, sent = list(drafted.get("files", ())), list(drafted.get("sent", ()))
    if piece.file is None or piece.file.kind != "photo" or piece.file.as_file:
        _ask(context, "news-write-photo-only", done=True)
    elif piece.file.key in sent:  # on a weak network the same one comes again
        _ask(context, "news-write-photos", done=True, count=len(files))
    elif len(files) >= context.city.pack.limits.max_photos:
        _ask(context, "report-photo-many", done=True)
    else:
        files.append([do_attach(context.work, context.bot_key, piece.file), "photo"])
        context.work.go(NAME, "files", {**drafted, "files": files, "sent": [*sent, piece.file.key]})
        _ask(context, "news-write-photos", done=True, count=len(files))


async def _timed(context: Context, drafted: Mapping[str, Any], text: str) -> None:
    at = read_moment(context, text)
    row = await load_for_edit(context, drafted["id"], drafted["version"])
    after = schedule(context.work, row, at)
    context.work.end(NAME)
    context.tell("news-scheduled", date=context.reader.date_clock(at))
    say_buttons(context, after)


@conflicts
async def done(update: Update, context: Context) -> None:
    """That is the whole text, or those are the pictures (or none)."""
    dialogue = context.work.dialogue(NAME)
    drafted = check_round(context)
    if dialogue.step == "words":
        await _changed(context, drafted, Change(words=drafted.get("words", "")))
    elif dialogue.step == "files":
        kept = cast(list[Kept], [(int(id_), kind) for id_, kind in drafted.get("files", ())])
        away = context.press.argument == _NONE
        await _changed(context, drafted, Change(files=[] if away else kept or None))


def check_round(context: Context) -> Mapping[str, Any]:
    """What was drafted in the round that a button belongs to. Raises Refused for an earlier one's."""
    check_speaks(context.work)
    dialogue = context.work.dialogue(NAME)
    if not dialogue or dialogue.version != context.press.version:
        raise Refused("err-old-button")
    return dialogue.draft


async def _changed(context: Context, drafted: Mapping[str, Any], new: Change) -> None:
    """A draft changes at once; what is out only after a look at it."""
    step = context.work.dialogue(NAME).step
    row = await load_for_edit(context, drafted["id"], drafted["version"])
    files = await files_of(context.work, OWNER, row.id) if new.files is None else new.files
    if new != Change() and row.state == NewsState.PUBLISHED and not drafted.get("sure"):
        say_preview(context, row._replace(**new.values()), files)
        _sure(context, drafted, new)
        return
    after = row if new == Change() else await change(context.work, context.city, row, new)
    if drafted["new"] and step in _NEXT:
        _go_on(context, _NEXT[step], {"id": row.id, "version": after.version, "new": True})
        return
    context.work.end(NAME)
    if row.state == NewsState.PUBLISHED and after != row:
        context.tell("news-changed")
    else:
        say_preview(context, after, files)
    say_buttons(context, after)


def _sure(context: Context, drafted: Mapping[str, Any], new: Change) -> None:
    """Whether it is to be so; what is not out yet stays in the dialogue."""
    files = [list(file) for file in new.files or ()]
    kept = {**drafted, "values": new.values(), "files": files, "anew": new.files is not None}
    context.work.go(NAME, "sure", kept)
    _ask_sure(context)


def _ask_sure(context: Context) -> None:
    reader, version = context.reader, context.work.dialogue(NAME).version
    buttons = [reader.button("btn-yes", YES, version=version), reader.button("btn-no", CANCEL, version=version)]
    context.say(reader.screen(reader.rich("news-change-ask"), rows=[buttons]))


@conflicts
async def sure(update: Update, context: Context) -> None:
    """It is changed, and so is what was sent."""
    drafted = check_round(context)
    if context.work.dialogue(NAME).step != "sure":
        raise Refused("err-old-button")
    files = cast(list[Kept], [(int(id_), kind) for id_, kind in drafted["files"]]) if drafted["anew"] else None
    await _changed(context, {**drafted, "sure": True}, Change(**drafted["values"], files=files))


def _go_on(context: Context, step: str, drafted: Mapping[str, Any]) -> None:
    context.work.go(NAME, step, drafted)
    _ask(context, _ASKED[step], done=step == "files")


@conflicts
async def cancel(update: Update, context: Context) -> None:
    """A draft that was begun waits in the list, with all that was sent for it."""
    drafted = check_round(context)
    if drafted["new"] and drafted["id"]:
        row = await load_for_edit(context, drafted["id"], drafted["version"])
        kept = cast(list[Kept], [(int(id_), kind) for id_, kind in drafted.get("files", ())])
        await change(context.work, context.city, row, Change(words=drafted.get("words") or None, files=kept or None))
    context.work.end(NAME)
    context.tell("news-not-now")


DIALOGUES = {NAME: take}
VERBS = {NEW: begin, EDIT: edit, LATER: later, DONE: done, YES: sure, CANCEL: cancel}
