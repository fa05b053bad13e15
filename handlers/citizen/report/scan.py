"""A code on a poster or sticker was scanned: the report begins with what it knows, and asks for the rest."""

from __future__ import annotations

from telegram import Update

from bot.actions.posters import begun, scan
from bot.clock import DAY
from bot.domain.draft import Draft
from bot.store.posters import BY_TOKEN, PosterRow
from bot.talk.rich import Rich
from handlers.citizen.contact import go_on
from handlers.citizen.report import state
from handlers.citizen.report.choose import warnings
from handlers.citizen.report.entry import begin, has_draft, may_report, start
from handlers.citizen.report.words import place_words
from handlers.context import Context
from handlers.press import stale

MEMORY = "scanned"  # the general poster that somebody came by: the next report of that day counts for it
ANEW_VERB = "r-scanned"


async def scanned(update: Update, context: Context) -> None:
    """Deep link `q-<token>`. A token that is forged or removed begins an ordinary report."""
    row = await scan(context.work, context.press.argument)
    draft = begun(context.city.pack, row) if row else Draft()
    if row is None:
        await begin(update, context)
    elif draft.place is None and not draft.category:
        await _first_page(update, context, row)
    elif has_draft(context) and _has_content(state.draft_of(context)):
        _ask(context, row, draft)
    elif await may_report(context):
        await _begin(context, draft)


async def anew(update: Update, context: Context) -> None:
    """The unfinished report is not wanted: the one at the code begins."""
    row = await context.work.first(BY_TOKEN, token=context.press.argument)
    if row is None or context.press.version != state.version(context) or not state.is_open(context):
        await stale(context)
    elif await may_report(context):
        await _begin(context, begun(context.city.pack, row))


def came_by(context: Context, draft: Draft) -> int:
    """The poster by which this report came, to be noted with it; 0 for none. A general one counts once."""
    memory = context.work.dialogue(MEMORY).draft
    if draft.poster or not memory:
        return draft.poster
    context.work.keep(MEMORY, {})
    return int(memory["poster"]) if context.work.now - memory["at"] <= DAY else 0


async def _first_page(update: Update, context: Context, row: PosterRow) -> None:
    """A newcomer was just welcomed there."""
    context.work.keep(MEMORY, {"poster": row.id, "at": context.work.now})
    if not context.work.said:
        await go_on(update, context, "")


async def _begin(context: Context, draft: Draft) -> None:
    """What is known is said first; the next question is the first thing that is not."""
    reader, pack = context.reader, context.city.pack
    acks: list[Rich] = []
    if draft.place:
        acks.append(reader.rich("start-deep-link", place=place_words(context, draft.place)))
    if draft.category:
        acks.append(reader.rich("start-deep-category", category=pack.categories[draft.category].name(reader.lang)))
        acks += warnings(context, draft.category)
    await start(context, draft, *acks)


def _has_content(draft: Draft) -> bool:
    """Whether somebody would miss it."""
    return bool(draft.words or draft.files)


def _ask(context: Context, row: PosterRow, draft: Draft) -> None:
    """Something unfinished is in hand: nobody's words are thrown away by a scan."""
    reader, now = context.reader, state.version(context)
    place = place_words(context, draft.place) if draft.place else ""
    text = reader.rich("poster-draft-place" if place else "poster-draft", place=place)
    rows = [
        [reader.button("btn-draft-continue", "r-go", version=now)],
        [reader.button("btn-poster-anew", ANEW_VERB, row.token, now)],
    ]
    context.say(reader.screen(text, rows=rows), collapse="report")


LINKS = {"q": scanned}
VERBS = {ANEW_VERB: anew}
