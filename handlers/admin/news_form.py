"""Writing news: title, text, pictures, one after the other; or one of them anew. What is out is changed only after a
look at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from telegram import Update

from bot.actions.attach import do_attach
from bot.actions.news import Change, change, check, draft, schedule
from bot.actions.showing import Kept, as_media, check_speaks
from bot.domain.news import NewsState
from bot.errors import Refused
from bot.store.news import NewsRow
from bot.talk.news import item_screen
from handlers.admin.news import EDIT, LATER, NEW, conflicts, load, load_for_edit, say_buttons, say_card
from handlers.context import Context
from handlers.moments import read_moment
from handlers.pieces import Piece, piece_of

NAME = "news-write"
DONE, CANCEL, YES = "nw-done", "nw-stop", "nw-yes"
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
    _ask(context, _ASKED[step], done=step == "files")


def _ask(context: Context, text: str, *, done: bool = False, **args: Any) -> None:
    reader, version = context.reader, context.work.dialogue(NAME).version
    ways = [reader.button("btn-done-adding", DONE, version=version)] if done else []
    buttons = [*ways, reader.button("btn-cancel", CANCEL, version=version)]
    most = context.city.pack.limits.max_photos
    context.say(reader.screen(reader.rich(text, max=most, **args), rows=[buttons]), collapse=NAME)


@conflicts
async def take(update: Update, context: Context) -> None:
    """What somebody wrote or sent."""
    dialogue = context.work.dialogue(NAME)
    if update.message is None:
        return
    piece = piece_of(update.message)
    if dialogue.step == "files":
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
    if piece.file is None or piece.file.kind != "photo":
        _ask(context, "news-write-photo-only", done=True)
        return
    files = list(drafted.get("files", ()))
    if len(files) < context.city.pack.limits.max_photos:
        files.append([do_attach(context.work, context.bot_key, piece.file), "photo"])
    context.work.go(NAME, "files", {**drafted, "files": files})
    _ask(context, "news-write-photos", done=True, count=len(files))


async def _timed(context: Context, drafted: Mapping[str, Any], text: str) -> None:
    at = read_moment(context, text)
    row = await load_for_edit(context, drafted["id"], drafted["version"])
    after = schedule(context.work, row, at)
    context.work.end(NAME)
    context.tell("news-scheduled", date=context.reader.date_clock(at))
    await say_buttons(context, after)


@conflicts
async def done(update: Update, context: Context) -> None:
    """That is the whole text, or those are the pictures (or none)."""
    dialogue = context.work.dialogue(NAME)
    drafted = check_round(context)
    if dialogue.step == "words":
        await _changed(context, drafted, Change(words=drafted.get("words", "")))
    elif dialogue.step == "files":
        kept = cast(list[Kept], [(int(id_), kind) for id_, kind in drafted.get("files", ())])
        await _changed(context, drafted, Change(files=kept))


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
    if row.state == NewsState.PUBLISHED and not drafted.get("sure"):
        _sure(context, drafted, row, new)
        return
    after = await change(context.work, context.city, row, new)
    if drafted["new"] and step in _NEXT:
        _go_on(context, _NEXT[step], {"id": row.id, "version": after.version, "new": True})
        return
    context.work.end(NAME)
    if row.state == NewsState.PUBLISHED:
        context.tell("news-changed")
        await say_buttons(context, after)
    else:
        await _show_new(context, after, new)


async def _show_new(context: Context, row: NewsRow, new: Change) -> None:
    """The draft as it is now; pictures that were staged just now are no rows yet."""
    if new.files:
        context.say(item_screen(context.reader, context.city.pack, row, as_media(new.files), context.work.now))
        await say_buttons(context, row)
    else:
        await say_card(context, row)


def _sure(context: Context, drafted: Mapping[str, Any], row: NewsRow, new: Change) -> None:
    """How citizens will see it."""
    reader, values = context.reader, new.values()
    files = [list(file) for file in new.files or ()]
    kept = {**drafted, "values": values, "files": files, "anew": new.files is not None}
    context.work.go(NAME, "sure", kept)
    version = context.work.dialogue(NAME).version
    shown = row._replace(**values)
    context.say(item_screen(reader, context.city.pack, shown, as_media(new.files or ()), context.work.now))
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
    """A draft that was begun waits in the list."""
    check_round(context)
    context.work.end(NAME)
    context.tell("news-not-now")


DIALOGUES = {NAME: take}
VERBS = {NEW: begin, EDIT: edit, LATER: later, DONE: done, YES: sure, CANCEL: cancel}
