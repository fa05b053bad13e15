"""What happens to roles and people, for the log that nobody edits."""

from __future__ import annotations

import orjson

from bot.store import tables
from bot.store.work import Work


def note_staff(work: Work, kind: str, about: int | None = None, **data: object) -> None:
    """Keep that somebody did this, and about whom. `data` holds no names and no words: those can be erased."""
    work.add(
        tables.staff_events,
        kind=kind,
        at=work.now,
        person_id=work.who.id if work.who else None,
        about_id=about,
        data=orjson.dumps(data).decode(),
    )
