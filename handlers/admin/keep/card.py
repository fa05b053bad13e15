"""The list of what editors keep, one of it with what can be changed, and how citizens will see it."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Update

from bot.actions.keeping import Changed, load_one
from bot.actions.showing import as_media, check_speaks
from bot.errors import Refused
from bot.store.city_lists import ListedRow
from bot.store.showing import files_of
from bot.talk.buttons import make
from bot.talk.reader import Reader
from bot.talk.rich import Rich, join
from bot.talk.screen import Button, Screen
from handlers.admin.home import VERB as HOME_VERB
from handlers.admin.keep.things import Row, Thing, thing_of
from handlers.context import Context
from handlers.official.card import pairs
from handlers.paging import Listing, load_page, number_of, place, turns
from handlers.refused import kindly
from handlers.table import Offer

PROJECTS_VERB, PROGRAMMES_VERB = "kp-p", "kp-e"  # "kp-" and the thing's key
OPEN_VERB, EDIT_VERB, NEW_VERB = "kp-open", "kp-edit", "kp-new"
LOOK_VERB, DO_VERB = "kp-look", "kp-do"
_PAGES = ("texts",)  # fields that are a page of the card


@kindly("err-not-allowed")
async def show_list(update: Update, context: Context) -> None:
    """All of them, what changed last first."""
    check_speaks(context.work)
    verb, reader = context.press.verb, context.reader
    thing, size = thing_of(verb.removeprefix("kp-")), context.city.pack.limits.list_page
    page = await load_page(context.work, Listing(*thing.listing), size, context.press.argument)
    lines = [_line(reader, at, row) for at, row in enumerate(page.rows, 1)]
    head = reader.rich(f"keep-list-{thing.owner}" if lines else "keep-list-none")
    opens = [
        Button(reader.digits(at), make(OPEN_VERB, 0, f"{thing.key}.{row.item_id}"))
        for at, row in enumerate(page.rows, 1)
    ]
    rows = [opens, turns(reader, page, verb), _ways(reader, thing.key)]
    context.show(update, reader.screen(head, *lines, place(reader, page), rows=rows))


def _ways(reader: Reader, key: str) -> list[Button]:
    return [reader.button("btn-keep-new", NEW_VERB, key), reader.button("btn-back", HOME_VERB)]


def _line(reader: Reader, number: int, row: ListedRow) -> Rich:
    return reader.rich("keep-line", number=number, title=row.title, state=state_name(reader, row.state))


def state_name(reader: Reader, state: str) -> str:
    """As editors read it."""
    return reader.line(f"keep-state-{state}")


async def load_pressed(context: Context) -> tuple[Thing, Row, str]:
    """What a button is about: the thing, its row, and the rest of the argument. Raises Refused and NotFound."""
    check_speaks(context.work)
    key, _, rest = context.press.argument.partition(".")
    id_, _, what = rest.partition(".")
    thing = thing_of(key)
    return thing, await load_one(context.work, thing.query, number_of(id_)), what


@kindly("keep-gone")
async def open_card(update: Update, context: Context) -> None:
    """One of them, or a page of its card."""
    thing, row, page = await load_pressed(context)
    await show_card(update, context, thing, row, Face(page=page))


@dataclass(frozen=True, slots=True)
class Face:
    """How a card is shown. `told`: a text that goes before. `photos`: how many there are, where that just changed."""

    told: str = ""
    page: str = ""
    photos: int | None = None


CHANGED = Face(Changed().text)


async def show_card(update: Update, context: Context, thing: Thing, row: Row, face: Face = Face()) -> None:
    """As citizens read it, with a button for each thing that can be changed."""
    page, photos = face.page, face.photos
    reader = context.reader
    if page not in thing.pages:
        raise Refused("err-old-button")
    if photos is None:
        photos = len(await files_of(context.work, thing.owner, row.id))
    head = reader.rich("keep-card", state=state_name(reader, row.state), photos=photos)
    texts = join(reader.rich(face.told) if face.told else (), head), join(*thing.texts(reader, row, context.work.now))
    rows = [*pairs(_fields(reader, thing, row, page)), _end(reader, thing, row, page)]
    context.show(update, reader.screen(*texts, rows=rows, gap="\n\n"))


def _fields(reader: Reader, thing: Thing, row: Row, page: str) -> list[Button]:
    fields = [field for field in thing.pages[page] if field != "cancel" or row.state == "published"]
    return [
        reader.button(
            f"btn-keep-{field}", OPEN_VERB if field in _PAGES else EDIT_VERB, name(thing, row, field), row.version
        )
        for field in fields
    ]


def _end(reader: Reader, thing: Thing, row: Row, page: str) -> list[Button]:
    if page:
        return [reader.button("btn-back", OPEN_VERB, name(thing, row))]
    look = reader.button("btn-keep-look", LOOK_VERB, name(thing, row))
    return [look, reader.button("btn-back", f"kp-{thing.key}")]


def name(thing: Thing, row: Row, what: str = "") -> str:
    """A button's argument: `p.12.stage`."""
    return f"{thing.key}.{row.id}.{what}" if what else f"{thing.key}.{row.id}"


@kindly("keep-gone")
async def look(update: Update, context: Context) -> None:
    """How citizens will see it, and from here on whether they do."""
    thing, row, _ = await load_pressed(context)
    reader = context.reader
    files = await files_of(context.work, thing.owner, row.id)
    shown = row.state in ("published", "cancelled")
    deed = ("btn-keep-withdraw", "withdraw") if shown else ("btn-publish", "publish")
    act = reader.button(deed[0], DO_VERB, name(thing, row, deed[1]), row.version)
    rows = [[act], [reader.button("btn-back", OPEN_VERB, name(thing, row))]]
    context.show(update, reader.screen(*thing.texts(reader, row, context.work.now), rows=rows))
    if files:
        context.say(Screen(media=as_media(files)))


@kindly("keep-gone")
async def do(update: Update, context: Context) -> None:
    """Publish or withdraw."""
    thing, row, what = await load_pressed(context)
    if what not in thing.deeds:
        raise Refused("err-old-button")
    if row.version != context.press.version:
        await show_card(update, context, thing, row, CHANGED)
        return
    after = await thing.deeds[what](context.work, context.city, row)
    await show_card(update, context, thing, after, Face(f"keep-done-{what}"))


ADMIN_OFFERS = (
    Offer(30, "btn-edit-projects", PROJECTS_VERB, ("editor", "admin")),
    Offer(40, "btn-edit-programmes", PROGRAMMES_VERB, ("editor", "admin")),
)
VERBS = {PROJECTS_VERB: show_list, PROGRAMMES_VERB: show_list, OPEN_VERB: open_card, LOOK_VERB: look, DO_VERB: do}
