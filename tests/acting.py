"""People of a town who act at once, without the way through the dialogues: for stories that begin later."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator

from bot.actions.attach import FileSent, do_attach
from bot.actions.file_case import Filed, file_case
from bot.actions.invite import do_invite
from bot.domain.draft import Draft, FileKind, Place
from bot.sandbox.message import Message
from bot.sandbox.person import Person
from bot.store import tables
from bot.store.work import Arrival, Work
from tests.town import Town

LAMP = "street_light"
SQUARE = Place(35.1667, 47.8047, area="center")
_updates = itertools.count(1)
_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789", "\u2066\u2067\u2068\u2069")


def bare(message: Message) -> str:
    """What a message shows, with Latin digits and without direction marks."""
    return message.text.translate(_LATIN)


@contextlib.asynccontextmanager
async def acting(town: Town, person: Person) -> AsyncIterator[Work]:
    """A unit of work in which this person acts; committed at the end of the block."""
    store, channel = town.app.store, person.platform.name
    number = next(_updates)
    arrival = Arrival(number, str(number), person.id, person.id)
    async with store.unit(channel, "acting", [arrival]) as unit:
        work = await unit.work(arrival)
        yield work
        unit.merge(work)
        await store.commit(unit)


async def files(
    town: Town,
    person: Person,
    words: str = "چراغ کوچه خاموش است",
    category: str = LAMP,
    place: Place | None = SQUARE,
    source: int = 0,
) -> Filed:
    """A report of this person. `source`: the message that its words were."""
    async with acting(town, person) as work:
        return await file_case(work, town.app.city, Draft(((source, words),), place=place, category=category))


async def files_photos(town: Town, person: Person, photos: list[bytes]) -> Filed:
    """A report with photos that lie on the person's platform."""
    sent = [person.sends_photo(photo) for photo in photos]
    bot = f"{person.platform.name}:{town.settings.telegram_token.split(':')[0]}"
    async with acting(town, person) as work:
        made = [do_attach(work, bot, FileSent("photo", one.media.file_id)) for one in sent if one.media]
        kept: tuple[tuple[int, FileKind, int], ...] = tuple((attachment, "photo", 0) for attachment in made)
        return await file_case(work, town.app.city, Draft(((0, "چراغ"),), kept, SQUARE, LAMP))


async def settled(town: Town) -> None:
    """Until it is written down which message is which: people take longer than that to answer one."""
    while await town.rows("SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending') LIMIT 1"):  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def invites(town: Town, role: str, department: str = "", channel: str = "") -> str:
    """The code of a new invitation."""
    store = town.app.store
    async with store.unit() as unit:
        work = await unit.work()
        code = do_invite(work, town.app.city.pack, role, department, channel)
        unit.merge(work)
        await store.commit(unit)
    return code


async def revokes(town: Town, person: Person) -> None:
    """Take all roles from somebody."""
    store = town.app.store
    rows = await town.rows(
        "SELECT r.id FROM roles r JOIN accounts a ON a.person_id = r.person_id WHERE a.user_id = ?", person.id
    )
    async with store.unit() as unit:
        work = await unit.work()
        for (role,) in rows:
            work.set(tables.roles, role, revoked_at=work.now)
        unit.merge(work)
        await store.commit(unit)


async def hires(town: Town, name: str, role: str, department: str = "", channel: str = "telegram") -> Person:
    """An official, who has just taken their role and read about it."""
    person = await town.newcomer(name, channel)
    person.starts(f"i-{await invites(town, role, department)}")
    await person.sees("خوش آمدید")
    return person
