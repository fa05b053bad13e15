"""Projects of the city as citizens read them: the list, one of them, what changed of it, and following it."""

from __future__ import annotations

import orjson
from telegram import Update

from bot.actions.following import follow, follows, topic_of
from bot.actions.keeping import load_one
from bot.actions.projects import OWNER, SEE_VERB
from bot.errors import NotFound
from bot.store.city_lists import ListedRow
from bot.store.projects import PROJECT, SHOWN_PROJECTS, ProjectRow
from bot.store.showing import HAPPENED, files_of
from bot.talk.projects import history, project_texts, stage_name
from bot.talk.rich import Rich, join
from handlers.citizen.city import VERB as CITY_VERB
from handlers.citizen.shown import show_photos, show_pin, where_and_photos
from handlers.context import Context
from handlers.paging import Listing, load_page, number_of, numbers, place, turns
from handlers.refused import kindly
from handlers.table import Offer

LIST_VERB, FOLLOW_VERB, LEAVE_VERB = "pj-list", "pj-follow", "pj-leave"
HISTORY_VERB, PIN_VERB, PHOTOS_VERB = "pj-history", "pj-pin", "pj-photos"
OPEN_VERB = "pj-open"
_LISTING = Listing(*SHOWN_PROJECTS)
_EVENTS = 30  # the newest changes that one message tells


async def projects(update: Update, context: Context) -> None:
    """What changed last comes first."""
    reader, work = context.reader, context.work
    page = await load_page(work, _LISTING, context.city.pack.limits.list_page, context.press.argument)
    lines = [_line(context, at, row) for at, row in enumerate(page.rows, 1)]
    head = reader.rich("project-list" if lines else "project-empty")
    opens = numbers(reader, page, OPEN_VERB, name=lambda row: row.item_id)
    rows = [opens, turns(reader, page, LIST_VERB), [reader.button("btn-back", CITY_VERB)]]
    context.show(update, reader.screen(head, *lines, place(reader, page), rows=rows))


def _line(context: Context, number: int, row: ListedRow) -> Rich:
    reader = context.reader
    stage = stage_name(reader, row.stage)
    return reader.rich("project-line", number=number, title=row.title, stage=stage, percent=row.percent)


async def _load(context: Context) -> ProjectRow:
    row = await load_one(context.work, PROJECT, number_of(context.press.argument))
    if row.state != "published":
        raise NotFound
    return row


@kindly("project-gone")
async def open_project(update: Update, context: Context) -> None:
    """One of them, in place of the list."""
    await _show(update, context, await _load(context))


@kindly("project-gone")
async def see_project(update: Update, context: Context) -> None:
    """The same below the message that told of it, which stays."""
    await _show(Update(update.update_id), context, await _load(context))


async def _show(
    update: Update, context: Context, row: ProjectRow, *, followed: bool | None = None, told: str = ""
) -> None:
    """`told`: a text that goes below; answers to presses are not seen on every phone."""
    reader = context.reader
    if followed is None:
        followed = await follows(context.work, topic_of(OWNER, row.id))
    files = await files_of(context.work, OWNER, row.id)
    way = ("btn-unfollow", LEAVE_VERB) if followed else ("btn-follow", FOLLOW_VERB)
    rows = [
        [reader.button(*way, row.id), reader.button("btn-history", HISTORY_VERB, row.id)],
        where_and_photos(reader, row, len(files), PIN_VERB, PHOTOS_VERB),
        [reader.button("btn-back", LIST_VERB)],
    ]
    said = reader.rich(told, title=row.title) if told else ()
    texts = [join(*project_texts(reader, row, context.work.now)), said]
    context.show(update, reader.screen(*texts, rows=rows, gap="\n\n"))


@kindly("project-gone")
async def start_following(update: Update, context: Context) -> None:
    """From now on each announced change comes as a message."""
    await _follow(update, context, on=True)


@kindly("project-gone")
async def stop_following(update: Update, context: Context) -> None:
    """No longer."""
    await _follow(update, context, on=False)


async def _follow(update: Update, context: Context, *, on: bool) -> None:
    row = await _load(context)
    follow(context.work, topic_of(OWNER, row.id), on=on)
    await _show(update, context, row, followed=on, told="project-follow-ok" if on else "project-unfollow-ok")


@kindly("project-gone")
async def what_changed(update: Update, context: Context) -> None:
    """What was announced otherwise than before: from what to what, when and why."""
    row, reader = await _load(context), context.reader
    events = await context.work.query(HAPPENED, owner=OWNER, owner_id=row.id, most=_EVENTS)
    changes = [(event.at, orjson.loads(event.data)) for event in events if event.kind == "changed"]
    rows = [[reader.button("btn-back", OPEN_VERB, row.id)]]
    context.show(update, reader.screen(*history(reader, row.title, changes), rows=rows, gap="\n\n"))


@kindly("project-gone")
async def pin(update: Update, context: Context) -> None:
    """Where it is, on the map."""
    show_pin(context, await _load(context))


@kindly("project-gone")
async def photos(update: Update, context: Context) -> None:
    """Its photos, as an album."""
    await show_photos(context, OWNER, (await _load(context)).id)


CITY_OFFERS = (Offer(10, "btn-projects", LIST_VERB),)
VERBS = {
    LIST_VERB: projects,
    OPEN_VERB: open_project,
    SEE_VERB: see_project,
    FOLLOW_VERB: start_following,
    LEAVE_VERB: stop_following,
    HISTORY_VERB: what_changed,
    PIN_VERB: pin,
    PHOTOS_VERB: photos,
}
