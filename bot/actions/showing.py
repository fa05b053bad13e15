"""What the city shows to all: its files belong to the city and not to whoever sent them, and each change is noted."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from bot.domain.rights import speaks
from bot.errors import Refused
from bot.store import tables
from bot.store.work import Work
from bot.talk.screen import Media, MediaKind

Kept = tuple[int, MediaKind]
"""An attachment's id and kind."""


def check_speaks(work: Work) -> None:
    """Raises Refused for whoever keeps nothing of what the city says: editors and admins do."""
    if not speaks(work.person.roles):
        raise Refused("err-not-allowed")


def show_files(work: Work, owner: str, owner_id: int, files: Iterable[Kept]) -> None:
    """From now on these files are the city's and stay as long as it shows them."""
    for attachment_id, kind in files:
        work.set(tables.attachments, attachment_id, person_id=tables.CITY)
        work.add(tables.shown, owner=owner, owner_id=owner_id, attachment_id=attachment_id, kind=kind)


def note(work: Work, owner: str, owner_id: int, kind: str, **data: object) -> None:
    """Keep that this happened to something of the city, and who did it. `data` holds no words of citizens."""
    work.add(
        tables.city_events,
        owner=owner,
        owner_id=owner_id,
        kind=kind,
        at=work.now,
        person_id=work.who.id if work.who else None,
        data=orjson.dumps(data).decode(),
    )


def as_media(files: Iterable[Kept]) -> tuple[Media, ...]:
    """The same for a screen."""
    return tuple(Media(kind, attachment_id) for attachment_id, kind in files)
