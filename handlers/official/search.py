"""Search at the desk: one message with a code, or with words and names; buttons narrow what was found."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.actions.notices import OPEN_VERB
from bot.actions.searching import Asked, narrowed
from bot.actions.sight import Sight, check_desk, load_for_desk
from bot.clock import DAY
from bot.domain.case import ENDED, OPEN
from bot.errors import NotFound
from bot.store import cases
from bot.store.cases import LineRow
from bot.store.search import COUNTED, FOUND_COUNT, FOUND_NEWER, FOUND_OLDER
from bot.talk.cases import area_name, status, topic
from bot.talk.desk import found_line
from bot.talk.rich import Rich
from bot.talk.screen import Button
from bot.understand.tracking import tracking_code
from handlers.citizen.menu import leave
from handlers.context import Context
from handlers.official.card import say_case
from handlers.official.lexicon import lexicon_of
from handlers.official.sheet import MEMORY, SHEET_VERB, remembered
from handlers.official.slots import only_text
from handlers.paging import Listing, Page, load_page, number_of, numbers, place, turns
from handlers.pieces import piece_of
from handlers.refused import kindly

NAME = "desk-search"
BEGIN_VERB, FIND_VERB = "v-search", "v-find"
_FOUND: Listing[LineRow] = Listing(FOUND_OLDER, FOUND_NEWER, FOUND_COUNT)
_STATES = {"open": tuple(sorted(OPEN)), "ended": tuple(sorted(ENDED)), "any": ()}
_DAYS = {"week": 7, "month": 30, "ever": 0}
_PLACES = {"here": True, "all": False}


@kindly("desk-not-yours")
async def begin(update: Update, context: Context) -> None:
    """Ask what is looked for: the next message is it."""
    await check_desk(context.work)
    context.work.begin(NAME, "words")
    rows = [[context.reader.button("btn-desk", "v-home")]]
    context.say(context.reader.screen(context.rich("desk-search-ask"), rows=rows), collapse=NAME)


@kindly("desk-search-none")
async def take(update: Update, context: Context) -> None:
    """A code opens its case; anything else is looked for."""
    if update.message is None:
        return
    sight = await check_desk(context.work)
    text = only_text(piece_of(update.message))
    leave(context)
    code = "" if any(map(str.isalpha, text)) else tracking_code(text)
    if code:
        await _open(context, code)
        return
    pack = context.city.pack
    terms = lexicon_of(pack, context.reader).read(text, context.work.now, pack.time.zone)
    asked = Asked(terms.words, terms.category, terms.area, terms.states, terms.since, terms.until)
    number = context.work.dialogue(MEMORY).draft.get("number", 0) + 1
    await _show(Update(update.update_id), context, sight, asked, number)


async def _open(context: Context, code: str) -> None:
    """Raises NotFound for none, and for one that this official may not see: the two are not told apart."""
    found = await context.work.first(cases.BY_CODE, code=code)
    if found is None:
        raise NotFound(code)
    await say_case(context, await load_for_desk(context.work, found.id))


@kindly("desk-not-yours")
async def find(update: Update, context: Context) -> None:
    """A button under what was found last: another page, or narrower."""
    sight = await check_desk(context.work)
    of, what, cursor = ([*context.press.argument.split("."), "", ""])[:3]
    asked, number = remembered(context, number_of(of))
    await _show(update, context, sight, _narrowed(asked, what, context.work.now), number, cursor)


def _narrowed(asked: Asked, what: str, now: int) -> Asked:
    if what in _STATES:
        return replace(asked, states=_STATES[what])
    if what in _DAYS:
        return replace(asked, since=now - _DAYS[what] * DAY if _DAYS[what] else 0, until=0)
    return replace(asked, here=_PLACES[what]) if what in _PLACES else asked


async def _show(update: Update, context: Context, sight: Sight, asked: Asked, number: int, cursor: str = "") -> None:
    work, reader, pack = context.work, context.reader, context.city.pack
    work.keep(MEMORY, {**asked.dump(), "number": number})
    page = await load_page(work, _FOUND, pack.limits.list_page, cursor, **narrowed(asked, sight).params())
    lines = [found_line(reader, pack, at, row) for at, row in enumerate(page.rows, 1)]
    many = "desk-search-many" if page.total >= COUNTED else "desk-search-list"
    head = reader.rich(many, count=page.total) if page.rows else reader.rich("desk-search-none")
    texts = (_named(context, asked), head, *lines, place(reader, page))
    context.show(update, reader.screen(*texts, rows=_rows(context, sight, asked, number, page), gap="\n\n"))


def _rows(context: Context, sight: Sight, asked: Asked, number: int, page: Page[LineRow]) -> list[list[Button]]:
    reader = context.reader
    rows = [numbers(reader, page, OPEN_VERB), turns(reader, page, FIND_VERB, f"{number}.page.") if page.rows else []]
    chosen = {name for name, states in _STATES.items() if states == asked.states}
    rows.append([_filter(context, name, number, name in chosen) for name in _STATES])
    rows.append([_filter(context, name, number, name == "ever" and not asked.since) for name in _DAYS])
    if sight.everything:
        rows.append([_filter(context, name, number, here == asked.here) for name, here in _PLACES.items()])
    if page.rows:
        rows.append([reader.button("btn-export-list", SHEET_VERB, f"search.{number}")])
    last = [reader.button("btn-search", BEGIN_VERB), reader.button("btn-desk", "v-home")]
    return [*rows, last]


def _filter(context: Context, name: str, number: int, chosen: bool) -> Button:
    button = context.reader.button(f"btn-found-{name}", FIND_VERB, f"{number}.{name}.")
    return Button(f"✓ {button.label}", button.data) if chosen else button


def _named(context: Context, asked: Asked) -> Rich:
    """What was understood, in one line."""
    reader, pack = context.reader, context.city.pack
    parts = [
        topic(reader, pack, asked.category) if asked.category else "",
        area_name(reader, pack, asked.area),
        _states(context, asked.states),
        _time(context, asked),
        f"«{asked.words}»" if asked.words else "",
    ]
    what = " • ".join(filter(None, parts))
    return reader.rich("desk-search-by", what=what) if what else ()


def _states(context: Context, states: tuple[str, ...]) -> str:
    group = next((name for name, each in _STATES.items() if each == states), "")
    if group or not states:
        return context.reader.line(f"btn-found-{group}") if group and states else ""
    return "، ".join(status(context.reader, state, "agreed", short=True) for state in states)


def _time(context: Context, asked: Asked) -> str:
    reader = context.reader
    if not asked.since:
        return ""
    since = reader.dates.short(reader.lang, asked.since)
    if not asked.until:
        return reader.line("desk-search-from", date=since)
    return reader.line("desk-search-until", date=since, until=reader.dates.short(reader.lang, asked.until - 1))


LABELS = {"btn-search": begin}
VERBS = {BEGIN_VERB: begin, FIND_VERB: find}
DIALOGUES = {NAME: take}
