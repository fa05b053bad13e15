"""An admin puts in the mayor's next message: the whole text, its date, and a look at it before anybody reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.actions.mayor import check_replaces, check_whole, earlier, paragraphs, replace_message
from bot.domain.moment import BadMoment, parse_day
from bot.errors import NotFound, Refused
from bot.store.mayor import COUNT, NEWER, OLDER
from handlers import message
from handlers.admin.home import VERB as ADMIN_VERB
from handlers.citizen.mayor import say_words
from handlers.context import Context
from handlers.moments import noon_of
from handlers.paging import Listing, load_page, number_of, numbers, place, turns
from handlers.pieces import piece_of
from handlers.refused import kindly
from handlers.table import Offer

NAME = "desk-mayor"  # of the desk: it ends with the last role
HOME, NEW, DONE, SKIP, YES, NO, OPEN = "mm-home", "mm-new", "mm-done", "mm-skip", "mm-yes", "mm-no", "mm-open"
JOIN, FIRST = "mm-join", "mm-first"
_TODAY = "today"
_WITHIN, _BETWEEN = " ", "\n\n"
_CUT = 4_000  # letters from which a messenger is likely to have cut the text, so that the next one goes on with it
_LISTING = Listing(OLDER, NEWER, COUNT)


@kindly("err-not-allowed")
async def home(update: Update, context: Context) -> None:
    """What was put in so far, newest first; a number shows one whole."""
    check_replaces(context.work)
    reader = context.reader
    page = await load_page(context.work, _LISTING, context.city.pack.limits.list_page, context.press.argument)
    lines = [
        reader.rich("mayor-history-line", number=at, date=reader.date_clock(row.created_at), name=row.name or "—")
        for at, row in enumerate(page.rows, 1)
    ]
    rows = [
        [reader.button("btn-replace-mayor", NEW)],
        numbers(reader, page, OPEN),
        turns(reader, page, HOME),
        [reader.button("btn-mayor-first", FIRST), reader.button("btn-back", ADMIN_VERB)],
    ]
    head = reader.rich("mayor-history" if lines else "mayor-history-none")
    context.show(update, reader.screen(head, *lines, place(reader, page), rows=rows))


@kindly("err-not-allowed")
async def opened(update: Update, context: Context) -> None:
    """One of them, word for word."""
    row = await earlier(context.work, number_of(context.press.argument))
    if row is None:
        raise NotFound(context.press.argument)
    say_words(context, row.words)


@kindly("err-not-allowed")
async def first(update: Update, context: Context) -> None:
    """That of the pack, from before all of them."""
    check_replaces(context.work)
    say_words(context, context.city.pack.mayor.text)


@kindly("err-not-allowed")
async def begin(update: Update, context: Context) -> None:
    """The whole text, with the signature."""
    check_replaces(context.work)
    context.work.begin(NAME, "text", {"parts": [], "joint": _WITHIN})
    _ask(context, "mayor-replace-ask")


def _ask(context: Context, text: str, *ways: tuple[str, str, str], **args: Any) -> None:
    """`ways`: buttons beside the way out, each a text, a verb and an argument."""
    reader, version = context.reader, context.work.dialogue(NAME).version
    buttons = [reader.button(*way, version) for way in (*ways, ("btn-cancel", NO, ""))]
    context.say(reader.screen(reader.rich(text, **args), rows=[buttons]), collapse=NAME)


@kindly("err-not-allowed")
async def take(update: Update, context: Context) -> None:
    """A piece of the text, or its date. Who is no admin any more has said it to somebody else."""
    dialogue = context.work.dialogue(NAME)
    if update.message is None:
        return
    if not context.person.has("admin"):
        context.work.end(NAME)
        await message.written(update, context)
    elif dialogue.step == "date":
        await _dated(context, dialogue.draft, piece_of(update.message).text)
    elif dialogue.step == "text":
        _written(context, dialogue.draft, update.message.text or "")
    else:
        _show_preview(context, dialogue.draft)


def _written(context: Context, draft: Mapping[str, Any], text: str) -> None:
    if not text:
        _ask(context, "mayor-replace-text-only")
        return
    parts = [*draft["parts"], text]
    context.work.go(NAME, "text", {**draft, "parts": parts})
    _ask(context, "mayor-replace-more", ("btn-done-adding", DONE, ""), count=len(parts))


def _words(draft: Mapping[str, Any]) -> str:
    """A message begins a paragraph. What goes on after a messenger's cut is joined as the admin says: it took the space
    there away, and does not tell whether that was the end of a paragraph.
    """
    words = ""
    for before, part in zip(["", *draft["parts"]], draft["parts"], strict=False):
        joint = draft["joint"] if len(before) >= _CUT else _BETWEEN
        words += f"{joint}{part}" if words else part
    return words


def _was_cut(draft: Mapping[str, Any]) -> bool:
    return any(len(part) >= _CUT for part in draft["parts"][:-1])


@kindly("err-not-allowed")
async def done(update: Update, context: Context) -> None:
    """That is the whole text."""
    draft = _round(context, "text")
    check_whole(_words(draft))
    context.work.go(NAME, "date", draft)
    _ask(context, "mayor-replace-date", ("btn-today", SKIP, _TODAY), ("btn-no-day", SKIP, ""))


async def _dated(context: Context, draft: Mapping[str, Any], text: str) -> None:
    zone, now = context.city.pack.time.zone, context.work.now
    try:
        at = noon_of(parse_day(text, now, zone), zone)
    except BadMoment as bad:
        raise Refused("moment-day" if bad.reason == "unclear" else f"moment-{bad.reason}") from None
    if at > now + _DAY:
        raise Refused("mayor-replace-future")
    _go_on(context, {**draft, "dated": at})


@kindly("err-not-allowed")
async def skip(update: Update, context: Context) -> None:
    """It bears today's date, or none."""
    dated = context.work.now if context.press.argument == _TODAY else 0
    _go_on(context, {**_round(context, "date"), "dated": dated})


def _go_on(context: Context, draft: Mapping[str, Any]) -> None:
    context.work.go(NAME, "sure", draft)
    _show_preview(context, draft)


def _show_preview(context: Context, draft: Mapping[str, Any]) -> None:
    """Exactly what citizens will get, and what was understood of it."""
    reader, words = context.reader, _words(draft)
    parts = paragraphs(words)
    say_words(context, words)
    version = context.work.dialogue(NAME).version
    buttons = [reader.button("btn-yes", YES, version=version), reader.button("btn-no", NO, version=version)]
    texts = [reader.rich("mayor-replace-preview", count=len(parts) - 1, name=parts[-1].strip())]
    if draft.get("dated"):
        texts.append(reader.rich("mayor-date", date=reader.date(draft["dated"])))
    cut = _was_cut(draft)
    if cut:
        texts.append(reader.rich("mayor-replace-cut"))
    joint = [reader.button("btn-join-parts", JOIN, version=version)] if cut else []
    context.say(reader.screen(*texts, rows=[buttons, joint], gap="\n\n"))


@kindly("err-not-allowed")
async def join(update: Update, context: Context) -> None:
    """The other way to join what a messenger cut."""
    draft = _round(context, "sure")
    _go_on(context, {**draft, "joint": _BETWEEN if draft["joint"] == _WITHIN else _WITHIN})


def _round(context: Context, step: str) -> Mapping[str, Any]:
    check_replaces(context.work)
    dialogue = context.work.dialogue(NAME)
    if dialogue.step != step or dialogue.version != context.press.version:
        raise Refused("err-old-button")
    return dialogue.draft


@kindly("err-not-allowed")
async def sure(update: Update, context: Context) -> None:
    """From now on everybody reads this one."""
    draft = _round(context, "sure")
    replace_message(context.work, _words(draft), int(draft.get("dated", 0)))
    context.work.end(NAME)
    context.tell("mayor-replace-ok")


@kindly("err-not-allowed")
async def stop(update: Update, context: Context) -> None:
    """The message stays as it is."""
    if context.work.dialogue(NAME):
        context.work.end(NAME)
    context.tell("mayor-replace-not")


_DAY = 86_400_000
DIALOGUES = {NAME: take}
VERBS = {
    HOME: home,
    NEW: begin,
    OPEN: opened,
    FIRST: first,
    DONE: done,
    SKIP: skip,
    JOIN: join,
    YES: sure,
    NO: stop,
}
ADMIN_OFFERS = (Offer(60, "btn-replace-mayor", HOME, ("admin",)),)
