"""News by hand: what waits, one item with all that may be done to it, and the buttons that do it at once.

Buttons carry the version that their reader saw: of two editors on one item one wins, the other is shown its new text.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import wraps

from telegram import Update

from bot.actions.editors import CARD_VERB
from bot.actions.news import OWNER, Change, Conflict, change, load_news, pin, publish, unschedule, withdraw
from bot.actions.showing import Kept, as_media, check_speaks
from bot.domain.news import KINDS, WAITING, NewsState
from bot.errors import Refused
from bot.store import news
from bot.store.news import NewsRow
from bot.store.showing import HAPPENED, files_of
from bot.talk.buttons import make
from bot.talk.news import item_screen
from bot.talk.screen import Button, Screen
from handlers.admin.home import VERB as ADMIN_VERB
from handlers.citizen.news import BACK_VERB
from handlers.context import Context
from handlers.official.card import pairs
from handlers.paging import Listing, load_page, number_of, numbers, place, turns
from handlers.refused import kindly
from handlers.table import Handle, Offer

NAME = "desk-news"  # the dialogue of news_form.py; of the desk: it ends with the last role
HOME, NEW, EDIT, LATER = "nw-home", "nw-new", "nw-edit", "nw-later"
PUBLISH, KIND, AREA, SET_AREA = "nw-pub", "nw-kind", "nw-area", "nw-in"
FREE, PIN, ASK, DROP = "nw-free", "nw-pin", "nw-ask", "nw-drop"
_WAITING = Listing(*news.WAITING)
Do = Callable[[Context, NewsRow], Awaitable[NewsRow]]


def conflicts(handle: Handle) -> Handle:
    """Tell refusals; who acted on an older version is told who changed the item, and shown it. What was asked about
    that version is over.
    """

    @wraps(handle)
    async def guarded(update: Update, context: Context) -> None:
        try:
            await handle(update, context)
        except Conflict as conflict:
            end_form(context)
            if not conflict.own:
                name = context.reader.line("news-by-portal") if conflict.name is None else conflict.name
                context.say(context.reader.screen(context.rich("news-conflict", name=name or "—")))
            await say_card(context, conflict.row)

    return kindly("err-not-allowed")(guarded)


def end_form(context: Context) -> None:
    """Nothing is waited for any more; what was drafted so far is a row."""
    if context.work.dialogue(NAME):
        context.work.end(NAME)


@conflicts
async def home(update: Update, context: Context) -> None:
    """What nobody but editors has seen yet; a number opens one."""
    check_speaks(context.work)
    reader = context.reader
    page = await load_page(context.work, _WAITING, context.city.pack.limits.list_page, context.press.argument)
    lines = [
        reader.rich(
            "news-waiting-line",
            number=at,
            title=row.title or reader.line("news-untitled"),
            state=reader.line(f"news-state-{row.state}", date=reader.date_clock(row.publish_at)),
        )
        for at, row in enumerate(page.rows, 1)
    ]
    rows = [
        [reader.button("btn-write-news", NEW)],
        numbers(reader, page, CARD_VERB),
        turns(reader, page, HOME),
        [reader.button("btn-back", ADMIN_VERB)],
    ]
    head = reader.rich("news-waiting" if lines else "news-waiting-none")
    context.show(update, reader.screen(head, *lines, place(reader, page), rows=rows))


@conflicts
async def opened(update: Update, context: Context) -> None:
    """One item, as citizens see it, and what may be done."""
    await say_card(context, await load_news(context.work, number_of(context.press.argument)))


async def say_card(context: Context, row: NewsRow) -> None:
    """The item below, and its buttons under a message of their own."""
    say_preview(context, row, await files_of(context.work, OWNER, row.id))
    last = await context.work.first(HAPPENED, owner=OWNER, owner_id=row.id, most=1)
    context.say(_card(context, row, (last.name or "—", last.at) if last else None))


def say_preview(context: Context, row: NewsRow, files: Sequence[Kept]) -> None:
    """Exactly as citizens see it, or will."""
    if row.title or row.words or files:
        context.say(item_screen(context.reader, context.city.pack, row, as_media(files), context.work.now))


def say_buttons(context: Context, row: NewsRow, update: Update | None = None) -> None:
    """What is said of an item that this editor changed just now; in place of the message of `update`."""
    screen = _card(context, row, (context.person.name or "—", context.work.now))
    if update is None:
        context.say(screen)
    else:
        context.show(update, screen)


def _card(context: Context, row: NewsRow, last: tuple[str, int] | None) -> Screen:
    """Kind, area and state, who changed it last, and what may be done."""
    reader = context.reader
    area = next((one.name(reader.lang) for one in context.city.pack.areas if one.key == row.area), "")
    facts = reader.rich(
        "news-card",
        kind=reader.line(f"btn-kind-{row.kind}"),
        area=area or reader.line("btn-all-town"),
        state=reader.line(f"news-state-{row.state}", date=reader.date_clock(row.publish_at)),
    )
    told = [reader.rich("news-card-last", name=last[0], date=reader.date_clock(last[1]))] if last else []
    return reader.screen(facts, *told, rows=pairs(_buttons(context, row)))


def _buttons(context: Context, row: NewsRow) -> list[Button]:
    reader = context.reader

    def button(text: str, verb: str, argument: str = "") -> Button:
        carried = f"{row.id}.{argument}" if argument else str(row.id)
        return Button(reader.line(text), make(verb, row.version, carried))

    if row.state == NewsState.WITHDRAWN:
        return []
    edits = [button(f"btn-edit-{name}", EDIT, field) for name, field in _FIELDS.items()]
    if row.state == NewsState.PUBLISHED:
        up = button("btn-unpin" if row.pinned_at else "btn-pin", PIN)
        return [*edits, button("btn-edit-area", AREA), up, button("btn-unpublish", ASK)]
    time = button("btn-unschedule", FREE) if row.state == NewsState.SCHEDULED else button("btn-schedule", LATER)
    other = KINDS[1 - KINDS.index(row.kind)] if row.kind in KINDS else KINDS[0]
    kind = button(f"btn-kind-{other}", KIND, other)
    return [
        button("btn-publish", PUBLISH),
        time,
        *edits,
        kind,
        button("btn-edit-area", AREA),
        button("btn-throw-away", ASK),
    ]


_FIELDS = {"title": "title", "text": "words", "photo": "files"}


async def load(context: Context) -> NewsRow:
    """The item of the pressed button, in the version that was seen. Raises Conflict."""
    number = number_of(context.press.argument.partition(".")[0])
    return await load_news(context.work, number, context.press.version)


def _press(do: Do) -> Handle:
    """A button that acts at once; the item's buttons change in place."""

    @conflicts
    async def pressed(update: Update, context: Context) -> None:
        say_buttons(context, await do(context, await load(context)), update)

    return pressed


@conflicts
async def publish_now(update: Update, context: Context) -> None:
    """It is out, and the buttons are gone: what may be done now is under the item itself."""
    count = await publish(context.work, context.city, await load(context))
    end_form(context)
    back = [context.reader.button("btn-news", BACK_VERB), context.reader.button("btn-waiting-news", HOME)]
    context.show(update, context.reader.screen(context.rich("news-published", count=count), rows=[back]))


async def _free(context: Context, row: NewsRow) -> NewsRow:
    return unschedule(context.work, row)


async def _pin(context: Context, row: NewsRow) -> NewsRow:
    return pin(context.work, row, on=not row.pinned_at)


async def _kind(context: Context, row: NewsRow) -> NewsRow:
    kind = context.press.argument.partition(".")[2]
    if kind not in KINDS or row.state not in WAITING:
        raise Refused("err-old-button")
    return await change(context.work, context.city, row, Change(kind=kind))


async def _set_area(context: Context, row: NewsRow) -> NewsRow:
    area = context.press.argument.partition(".")[2]
    if area not in ("", "all") and area not in {one.key for one in context.city.pack.areas}:
        raise Refused("err-old-button")
    return await change(context.work, context.city, row, Change(area="" if area == "all" else area))


@conflicts
async def areas(update: Update, context: Context) -> None:
    """For the whole town, or a part of it."""
    row, reader = await load(context), context.reader
    known = [
        ("all", reader.line("btn-all-town")),
        *((one.key, one.name(reader.lang)) for one in context.city.pack.areas),
    ]
    buttons = [Button(name, make(SET_AREA, row.version, f"{row.id}.{key}")) for key, name in known]
    context.show(update, reader.screen(reader.rich("news-area-ask"), rows=pairs(buttons)))


@conflicts
async def ask(update: Update, context: Context) -> None:
    """There is no way back."""
    row, reader = await load(context), context.reader
    yes = Button(reader.line("btn-yes"), make(DROP, row.version, row.id))
    text = reader.rich("news-unpublish-ask", title=row.title or reader.line("news-untitled"))
    context.show(update, reader.screen(text, rows=[[yes, reader.button("btn-no", CARD_VERB, row.id)]]))


@conflicts
async def drop(update: Update, context: Context) -> None:
    """Nobody sees it any more."""
    row = await load(context)
    await withdraw(context.work, context.city, row)
    end_form(context)
    seen = row.state == NewsState.PUBLISHED
    context.show(update, Screen(context.rich("news-unpublished" if seen else "news-thrown-away")))


async def load_for_edit(context: Context, news_id: int, version: int) -> NewsRow:
    """For the form. Raises Conflict, Refused, NotFound; for what was withdrawn meanwhile the form is over."""
    row = await load_news(context.work, news_id)
    if row.state == NewsState.WITHDRAWN:
        end_form(context)
        raise Refused("news-withdrawn")
    return await load_news(context.work, news_id, version)


VERBS = {
    HOME: home,
    CARD_VERB: opened,
    PUBLISH: publish_now,
    FREE: _press(_free),
    PIN: _press(_pin),
    KIND: _press(_kind),
    SET_AREA: _press(_set_area),
    AREA: areas,
    ASK: ask,
    DROP: drop,
}
ADMIN_OFFERS = (Offer(20, "btn-waiting-news", HOME),)
