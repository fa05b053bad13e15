"""The draft of somebody who has not just written: read inside the unit that will change it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from bot.store.statements import Query
from bot.store.tables import attachments, dialogues


class DraftRow(NamedTuple):
    step: str
    draft: str
    version: int
    updated_at: int


DRAFT_OF = Query(
    select(dialogues.c.step, dialogues.c.draft, dialogues.c.version, dialogues.c.updated_at).where(
        dialogues.c.person_id == bindparam("person"), dialogues.c.name == bindparam("name")
    ),
    DraftRow,
)


class PlaceRow(NamedTuple):
    lat: float | None
    lon: float | None


# The place that a picture carried, for whoever sent it.
PLACE_OF = Query(
    select(attachments.c.lat, attachments.c.lon).where(
        attachments.c.id == bindparam("id"), attachments.c.person_id == bindparam("person")
    ),
    PlaceRow,
)
