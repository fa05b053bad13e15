"""What projects and programmes have in common for citizens: a place on the map, and photos."""

from __future__ import annotations

from bot.actions.keeping import Item
from bot.actions.showing import as_media
from bot.errors import Refused
from bot.store.showing import files_of
from bot.talk.reader import Reader
from bot.talk.screen import Button, Screen
from handlers.context import Context


def where_and_photos(reader: Reader, row: Item, photos: int, pin_verb: str, photos_verb: str) -> list[Button]:
    """A button for each of the two that there is."""
    pin = [reader.button("btn-on-map", pin_verb, row.id)] if row.lat is not None else []
    return [*pin, *([reader.button("btn-photos", photos_verb, row.id)] if photos else [])]


def show_pin(context: Context, row: Item) -> None:
    """The place as a pin below. Raises Refused where it is gone."""
    if row.lat is None or row.lon is None:
        raise Refused("err-old-button")
    context.work.toast()
    context.say(Screen(pin=(row.lat, row.lon)))


async def show_photos(context: Context, owner: str, owner_id: int) -> None:
    """The album below. Raises Refused where they are gone."""
    files = await files_of(context.work, owner, owner_id)
    if not files:
        raise Refused("err-old-button")
    context.work.toast()
    context.say(Screen(media=as_media(files)))
