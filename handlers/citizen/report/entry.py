"""How a report begins: from the menu, a command, a deep link, or simply by what somebody sends."""

from __future__ import annotations

from telegram import Update

from bot.actions.limits import blocked_until, reports_left
from bot.clock import DAY
from bot.domain.draft import Draft, Place
from bot.store.cases import ASKED, CaseRow
from bot.talk.rich import Rich
from bot.talk.screen import Screen
from handlers.citizen.add import add
from handlers.citizen.report import danger, state
from handlers.citizen.report.ask import ask
from handlers.citizen.report.same import new_or_same
from handlers.citizen.report.take import is_it_yours, take, take_piece
from handlers.citizen.smalltalk import small_talk
from handlers.context import Context
from handlers.pieces import Piece, piece_of
from handlers.press import stale


async def begin(update: Update, context: Context) -> None:
    """The menu's key or the command. A draft that is in hand is offered first."""
    if has_draft(context):
        offer(context)
    elif await may_report(context):
        await start(context, Draft())


async def begin_with(update: Update, context: Context) -> None:
    """Somebody who simply sends words, a picture, a voice or a place begins a report with it."""
    if update.message is None:
        return
    piece = piece_of(update.message)
    if state.is_open(context):
        if not await small_talk(update, context):
            await take(update, context)
        return
    await begin_piece(context, piece)


async def begin_piece(context: Context, piece: Piece) -> None:
    """A new report that begins with this."""
    dialogue = context.work.dialogue(state.NAME)
    if dialogue and state.is_expired(context, dialogue):
        hours = context.city.pack.limits.draft_expiry_hours
        context.say(context.reader.screen(context.rich("report-draft-expired", hours=hours)))
    asked = await context.work.first(ASKED, person_id=context.person.id)
    if asked is not None and _answers(context, asked, piece):
        await add(context, asked, piece)
        return
    if piece.odd or await may_report(context, piece.text):
        if not piece.odd:
            context.work.begin(state.NAME, state.OPEN, Draft().dump())
        await take_piece(context, piece, Draft(), first=await _first(context, piece))


def _answers(context: Context, asked: CaseRow, piece: Piece) -> bool:
    """Plain words right after a question answer it; a picture or a place may as well begin something new."""
    alone = bool(piece.text) and not (piece.file or piece.place or piece.forwarded)
    return alone and context.work.now - asked.paused_at <= DAY


async def _first(context: Context, piece: Piece) -> Screen | None:
    """What has to be known before: whether it answers an official, and whether it is meant as a report at all."""
    asked = await context.work.first(ASKED, person_id=context.person.id)
    if asked is not None:
        return new_or_same(context, asked)
    return is_it_yours(context) if piece.forwarded and piece.text else None


async def start(context: Context, draft: Draft, *acks: Rich) -> None:
    """A new round of the dialogue, with what is known already."""
    context.work.begin(state.NAME, state.OPEN, draft.dump())
    await ask(context, draft, *acks)


async def may_report(context: Context, words: str = "") -> bool:
    """Whether this person may file now; otherwise they are told until when not, and what to do meanwhile. A danger in
    their words comes before that: whoever may not report may still need the number.
    """
    until = blocked_until(context.work)
    if until:
        danger.tell(context, words, Draft())
        context.tell("err-blocked", date=context.reader.date(until))
        return False
    left, again = await reports_left(context.work, context.city)
    if left <= 0:
        danger.tell(context, words, Draft())
        most = context.city.pack.limits.reports_per_day
        context.tell("report-limit", count=most, date=context.reader.date_clock(again))
        return False
    return True


def has_draft(context: Context) -> bool:
    """Whether there is an unfinished report with anything in it."""
    return state.is_open(context) and state.draft_of(context) != Draft()


def offer(context: Context) -> None:
    """An unfinished report: go on with it, or away with it."""
    draft, reader, now = state.draft_of(context), context.reader, state.version(context)
    category = context.city.pack.categories.get(draft.category)
    title = category.name(reader.lang) if category else (draft.text[:60] or reader.line("case-title-unknown"))
    rows = [
        [
            reader.button("btn-draft-continue", "r-go", version=now),
            reader.button("btn-draft-delete", "r-drop", version=now),
        ]
    ]
    context.say(reader.screen(reader.rich("report-draft", title=title), rows=rows), collapse="report")


async def drop(update: Update, context: Context) -> None:
    """The old draft is not wanted: begin anew."""
    if context.press.version != state.version(context) or not state.is_open(context):
        await stale(context)
        return
    if await may_report(context):
        await start(context, Draft())


async def cancel_here(update: Update, context: Context) -> None:
    """The button: it cancels the report that it was shown with, and no later one."""
    if context.press.version != state.version(context):
        await stale(context)
        return
    await cancel(update, context)


async def cancel(update: Update, context: Context) -> None:
    """The command or the key: nothing is filed."""
    if not context.work.dialogue(state.NAME):
        context.tell("report-nothing-open" if not context.person.focus else "menu-main")
        if context.person.focus:
            context.work.end(context.person.focus)
        return
    context.work.end(state.NAME)
    context.tell("report-cancelled")


async def link_category(update: Update, context: Context) -> None:
    """Deep link `c-<category>`: the topic is known."""
    category = context.city.pack.categories.get(context.press.argument)
    if category is None or category.retired or category.private:
        await begin(update, context)
    elif await may_report(context):
        name = category.name(context.reader.lang)
        await start(context, Draft(category=category.key), context.rich("start-deep-category", category=name))


async def link_place(update: Update, context: Context) -> None:
    """Deep link `p-<landmark>`: the place is known."""
    pack, key = context.city.pack, context.press.argument
    mark = pack.landmarks.get(key)
    if mark is None:
        await begin(update, context)
    elif await may_report(context):
        area = pack.area_of(mark.lat, mark.lon) if mark.lat is not None and mark.lon is not None else None
        name = mark.name(context.reader.lang)
        place = Place(mark.lat, mark.lon, address=name, area=area.key if area else "", landmark=key)
        await start(context, Draft(place=place), context.rich("start-deep-link", place=name))


async def anything(update: Update, context: Context) -> bool:
    """Whatever nobody else took is the beginning of a report."""
    await begin_with(update, context)
    return True


ON_ANYTHING = anything
COMMANDS = {"report": begin, "cancel": cancel}
LABELS = {"btn-report": begin, "btn-cancel": cancel}
LINKS = {"c": link_category, "p": link_place}
DIALOGUES = {state.NAME: begin_with}
VERBS = {"r-drop": drop, "r-cancel": cancel_here}
