"""News that is out already, without the way through the editors' screens: for stories that begin with reading."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.actions.attach import FileSent, do_attach
from bot.actions.news import Change, draft, publish
from bot.actions.showing import Kept
from bot.sandbox.person import Person
from bot.store.work import Work
from tests.acting import acting
from tests.town import Town

TITLE, WORDS = "آسفالت خیابان امام آغاز شد", "کار از امروز آغاز شده است و تا پایان هفته ادامه دارد."


@asynccontextmanager
async def nobody(town: Town) -> AsyncIterator[Work]:
    """A unit of work of the clock or the portal's reader; committed at the end of the block."""
    store = town.app.store
    async with store.unit() as unit:
        work = await unit.work()
        yield work
        unit.merge(work)
        await store.commit(unit)


async def publishes(town: Town, title: str = TITLE, words: str = WORDS, **more: Any) -> int:
    """An item that the portal's reader took in and published; answers its id."""
    change = Change(title, words, more.pop("kind", "news"), more.pop("area", ""))
    async with nobody(town) as work:
        row = draft(work, change, **more)
        await publish(work, town.app.city, row, ())
    return row.id


async def publishes_photos(town: Town, editor: Person, photos: list[bytes], words: str = WORDS) -> int:
    """An item of this editor with pictures that lie on their platform."""
    sent = [editor.sends_photo(photo) for photo in photos]
    bot = f"{editor.platform.name}:{town.settings.telegram_token.split(':')[0]}"
    async with acting(town, editor) as work:
        made = [do_attach(work, bot, FileSent("photo", one.media.file_id)) for one in sent if one.media]
        kept: list[Kept] = [(each, "photo") for each in made]
        row = draft(work, Change(TITLE, words, files=kept))
        await publish(work, town.app.city, row, kept)
    return row.id
