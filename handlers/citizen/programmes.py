"""Programmes of the city: what is coming, one of them, being reminded of it, and taking it along as a file."""

from __future__ import annotations

from telegram import Update

from bot.actions.following import follow, follows, topic_of
from bot.actions.programmes import OWNER, SEE_VERB, load_public, reminder_to_come, want_calendar
from bot.errors import Refused
from bot.store.city_lists import ListedRow
from bot.store.programmes import COMING, ProgrammeRow
from bot.store.showing import files_of
from bot.talk.programmes import programme_texts
from bot.talk.rich import Rich, join
from bot.talk.screen import Button
from handlers.citizen.city import VERB as CITY_VERB
from handlers.citizen.shown import show_photos, show_pin, where_and_photos
from handlers.context import Context
from handlers.paging import Listing, load_page, number_of, numbers, place, turns
from handlers.refused import kindly
from handlers.table import Offer

LIST_VERB, REMIND_VERB, FORGET_VERB = "pg-list", "pg-remind", "pg-forget"
FILE_VERB, PIN_VERB, PHOTOS_VERB = "pg-file", "pg-pin", "pg-photos"
OPEN_VERB = "pg-open"
_LISTING = Listing(*COMING)


async def programmes(update: Update, context: Context) -> None:
    """What comes first stands first; what is over does not stand here."""
    reader, work = context.reader, context.work
    size = context.city.pack.limits.list_page
    page = await load_page(work, _LISTING, size, context.press.argument, now=work.now)
    lines = [_line(context, at, row) for at, row in enumerate(page.rows, 1)]
    head = reader.rich("programme-list" if lines else "programme-empty")
    opens = numbers(reader, page, OPEN_VERB, name=lambda row: row.item_id)
    way = turns(reader, page, LIST_VERB, texts=("btn-sooner", "btn-after"))
    rows = [opens, way, [reader.button("btn-back", CITY_VERB)]]
    context.show(update, reader.screen(head, *lines, place(reader, page), rows=rows, gap="\n\n"))


def _line(context: Context, number: int, row: ListedRow) -> Rich:
    reader = context.reader
    text = "programme-line-cancelled" if row.state == "cancelled" else "programme-line"
    return reader.rich(text, number=number, title=row.title, date=reader.date_clock(row.at), place=row.place)


async def _load(context: Context) -> ProgrammeRow:
    return await load_public(context.work, number_of(context.press.argument))


@kindly("programme-gone")
async def open_programme(update: Update, context: Context) -> None:
    """One of them, in place of the list."""
    await _show(update, context, await _load(context))


@kindly("programme-gone")
async def see_programme(update: Update, context: Context) -> None:
    """The same below the message that told of it, which stays."""
    await _show(Update(update.update_id), context, await _load(context))


async def _show(
    update: Update, context: Context, row: ProgrammeRow, *, asked: bool | None = None, told: str = ""
) -> None:
    """`told`: a text that goes below; answers to presses are not seen on every phone."""
    reader = context.reader
    if asked is None:
        asked = await follows(context.work, topic_of(OWNER, row.id))
    files = await files_of(context.work, OWNER, row.id)
    rows = [
        _reminding(context, row, asked=asked),
        where_and_photos(reader, row, len(files), PIN_VERB, PHOTOS_VERB),
        [reader.button("btn-back", LIST_VERB)],
    ]
    texts = [join(*programme_texts(reader, row)), reader.rich(told) if told else ()]
    context.show(update, reader.screen(*texts, rows=rows, gap="\n\n"))


def _reminding(context: Context, row: ProgrammeRow, *, asked: bool) -> list[Button]:
    """What can be done before it begins; of a cancelled one a file that takes it out of a calendar."""
    reader = context.reader
    file = reader.button("btn-calendar", FILE_VERB, row.id)
    if row.state != "published" or row.starts_at <= context.work.now:
        return [file]
    way = ("btn-remind-off", FORGET_VERB) if asked else ("btn-remind", REMIND_VERB)
    return [reader.button(*way, row.id), file]


@kindly("programme-gone")
async def start_reminding(update: Update, context: Context) -> None:
    """They are reminded the evening before; whoever asks later than that hears of a move alone."""
    row = await _load(context)
    if row.state != "published" or row.starts_at <= context.work.now:
        raise Refused("programme-too-late")
    follow(context.work, topic_of(OWNER, row.id), on=True)
    to_come = await reminder_to_come(context.work, row)
    told = "programme-remind-ok" if to_come else "programme-remind-late"
    await _show(update, context, row, asked=True, told=told)


@kindly("programme-gone")
async def stop_reminding(update: Update, context: Context) -> None:
    """Nothing more comes of it."""
    row = await _load(context)
    follow(context.work, topic_of(OWNER, row.id), on=False)
    await _show(update, context, row, asked=False, told="programme-remind-off")


@kindly("programme-gone")
async def file(update: Update, context: Context) -> None:
    """Its calendar file, made after the commit."""
    await want_calendar(context.work, number_of(context.press.argument))
    context.work.toast(context.reader.line("programme-calendar-wait"))


@kindly("programme-gone")
async def pin(update: Update, context: Context) -> None:
    """Where it is, on the map."""
    show_pin(context, await _load(context))


@kindly("programme-gone")
async def photos(update: Update, context: Context) -> None:
    """Its photos, as an album."""
    await show_photos(context, OWNER, (await _load(context)).id)


CITY_OFFERS = (Offer(20, "btn-programmes", LIST_VERB),)
VERBS = {
    LIST_VERB: programmes,
    OPEN_VERB: open_programme,
    SEE_VERB: see_programme,
    REMIND_VERB: start_reminding,
    FORGET_VERB: stop_reminding,
    FILE_VERB: file,
    PIN_VERB: pin,
    PHOTOS_VERB: photos,
}
