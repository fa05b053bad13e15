"""A citizen and the 137 centre write to each other. Whoever answers does not learn the citizen's name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.actions.city import City
from bot.actions.limits import check_may_write
from bot.actions.staff import load_staff, to_ring
from bot.clock import DAY
from bot.domain.rights import CENTRE, CENTRE_ROLES
from bot.errors import Refused
from bot.store import messages, tables
from bot.store.messages import MessageRow
from bot.store.people import addresses
from bot.store.person import Address
from bot.store.work import Priority, Work
from bot.talk.reader import Reader
from bot.talk.screen import Media, MediaKind

_SLOTS = {"photo": "photo", "voice": "voice", "audio": "voice", "video": "video", "document": "file"}


@dataclass(frozen=True, slots=True)
class Letter:
    """Words, a file that was attached before (its id and kind), or both."""

    words: str
    attachment: int | None = None
    kind: MediaKind = "photo"


async def check_somebody(work: Work) -> list[Address]:
    """Who reads what is written to 137. Raises Refused where nobody does: then nothing is taken."""
    readers = to_ring(await load_staff(work), CENTRE)
    if not readers:
        raise Refused("help-human-nobody")
    return readers


async def ask(work: Work, city: City, letter: Letter, *, about: str = "") -> None:
    """Bring a citizen's message to the centre. `about`: the announcement that it answers. Raises Refused: nobody there,
    blocked, or too many in a day.
    """
    readers = await check_somebody(work)
    check_may_write(work, city)
    written = await work.first(messages.WRITTEN_SINCE, person_id=work.person.id, since=work.now - DAY)
    if written and written.n >= city.pack.limits.reports_per_day:
        raise Refused("help-human-many")
    message_id = _keep(work, letter, work.person.id, None)
    for address in readers:
        head = f"{city.reader(address).line('cast-reply-head', title=about)}\n" if about else ""
        words = head + (letter.words or _named(city.reader(address), letter))
        _tell(work, city, "desk-message", replace(letter, words=words), address, message_id)


async def answer(work: Work, city: City, to: MessageRow, letter: Letter) -> bool:
    """Bring the centre's answer to the citizen; answers whether they are still there. Raises Refused: not staff."""
    if not work.person.has(*CENTRE_ROLES):
        raise Refused("err-not-allowed")
    address = (await addresses(work, [to.person_id])).get(to.person_id)
    if address is None:
        return False
    message_id = _keep(work, letter, to.person_id, work.person.id)
    _tell(work, city, "help-human-reply", letter, address, message_id)
    return True


def _keep(work: Work, letter: Letter, person_id: int, by: int | None) -> int:
    return work.add(
        tables.messages,
        person_id=person_id,
        by=by,
        words=letter.words,
        attachment_id=letter.attachment,
        created_at=work.now,
    )


def _tell(work: Work, city: City, text: str, letter: Letter, to: Address, message_id: int) -> None:
    """The words at once; a file that still has to come to the other platform follows them."""
    reader = city.reader(to)
    said = reader.screen(reader.rich(text, text=letter.words or _named(reader, letter)))
    work.say(said, to, priority=Priority.PUSH, collapse=messages.key(message_id))
    if letter.attachment is not None:
        file = reader.screen(media=(Media(letter.kind, letter.attachment),))
        work.say(file, to, priority=Priority.PUSH, collapse=messages.key(message_id, ":file"), silent=True)


def _named(reader: Reader, letter: Letter) -> str:
    return reader.line(f"slot-{_SLOTS[letter.kind]}")
