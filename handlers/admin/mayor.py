"""An admin puts in the mayor's next message: the whole text, its date, and a look at it before anybody reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.actions.mayor import check_replaces, check_whole, earlier, paragraphs, replace_message
from bot.domain.moment import BadMoment, parse_day
from bot.errors import NotFound, Refused
from bot.store.mayor import COUNT, NEWER, OLDER
from handlers.admin.home import VERB as ADMIN_VERB
from handlers.citizen.mayor import say_words
from handlers.context import Context
from handlers.moments import noon_of
from handlers.paging import Listing, load_page, number_of, numbers, place, turns
from handlers.pieces import piece_of
from handlers.refused import kindly
from handlers.table import Offer

NAME = "mayor-new"
HOME, NEW, DONE, SKIP, YES, NO, OPEN = "mm-home", "mm-new", "mm-done", "mm-skip", "mm-yes", "mm-no", "mm-open"
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
        [reader.button("btn-back", ADMIN_VERB)],
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
async def begin(update: Update, context: Context) -> None:
    """The whole text, with the signature."""
    check_replaces(context.work)
    context.work.begin(NAME, "text", {"words": ""})
    _ask(context, "mayor-replace-ask")


def _ask(context: Context, text: str, *ways: tuple[str, str], **args: Any) -> None:
    reader, version = context.reader, context.work.dialogue(NAME).version
    buttons = [reader.button(label, verb, version=version) for label, verb in (*ways, ("btn-cancel", NO))]
    context.say(reader.screen(reader.rich(text, **args), rows=[buttons]), collapse=NAME)


@kindly("err-not-allowed")
async def take(update: Update, context: Context) -> None:
    """A piece of the text, or its date."""
    check_replaces(context.work)
    dialogue = context.work.dialogue(NAME)
    if update.message is None:
        return
    if dialogue.step == "date":
        await _dated(context, dialogue.draft, piece_of(update.message).text)
    elif dialogue.step == "text":
        _written(context, dialogue.draft, update.message.text or "")
    else:
        _show_preview(context, dialogue.draft)


def _written(context: Context, draft: Mapping[str, Any], text: str) -> None:
    """What a messenger cut (after a word, and without the space there) goes on; any other message begins a paragraph.
    The preview shows how they were joined.
    """
    if not text:
        _ask(context, "mayor-replace-text-only")
        return
    before = str(draft["words"])
    cut = int(draft.get("last", 0)) >= _CUT
    words = (" " if cut else "\n\n").join(filter(None, (before, text)))
    count = int(draft.get("count", 0)) + 1
    context.work.go(NAME, "text", {"words": words, "last": len(text), "count": count})
    _ask(context, "mayor-replace-more", ("btn-done-adding", DONE), count=count)


@kindly("err-not-allowed")
async def done(update: Update, context: Context) -> None:
    """That is the whole text."""
    draft = _round(context, "text")
    check_whole(draft["words"])
    context.work.go(NAME, "date", draft)
    _ask(context, "mayor-replace-date", ("btn-skip", SKIP))


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
    """It bears no date."""
    _go_on(context, _round(context, "date"))


def _go_on(context: Context, draft: Mapping[str, Any]) -> None:
    context.work.go(NAME, "sure", draft)
    _show_preview(context, draft)


def _show_preview(context: Context, draft: Mapping[str, Any]) -> None:
    """Exactly what citizens will get, and what was understood of it."""
    reader, parts = context.reader, paragraphs(draft["words"])
    say_words(context, draft["words"])
    version = context.work.dialogue(NAME).version
    buttons = [reader.button("btn-yes", YES, version=version), reader.button("btn-no", NO, version=version)]
    texts = [reader.rich("mayor-replace-preview", count=len(parts) - 1, name=parts[-1].strip())]
    if draft.get("dated"):
        texts.append(reader.rich("mayor-date", date=reader.date(draft["dated"])))
    context.say(reader.screen(*texts, rows=[buttons]))


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
    replace_message(context.work, draft["words"], int(draft.get("dated", 0)))
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
VERBS = {HOME: home, NEW: begin, OPEN: opened, DONE: done, SKIP: skip, YES: sure, NO: stop}
ADMIN_OFFERS = (Offer(60, "btn-replace-mayor", HOME, ("admin",)),)
