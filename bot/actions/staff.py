"""Which officials are told of a case.

Ordinary cases belong to dispatchers and admins. A case on staff conduct is told to officers and managers of inspection
alone; while none of them can be reached, to the manager of the mayor's office; else to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from bot.actions.city import City
from bot.pack.catalogue import INSPECTION, MAYOR_OFFICE
from bot.store.cases import CaseRow
from bot.store.people import STAFF, StaffRow
from bot.store.person import Address
from bot.store.work import Priority, Work
from bot.talk import desk
from bot.talk.cases import topic
from bot.talk.reader import Reader
from bot.talk.rich import Rich
from bot.talk.screen import Media, MediaKind, Screen

CENTRE_ROLES = ("dispatcher", "admin")
OPEN_VERB = "v-open"  # the button that opens a case at the desk
TOGETHER = 1_300  # milliseconds in which the pieces of an album make one message to staff
Private = Literal["inspection", "mayor_office", ""]
File = tuple[int, str]
"""An attachment's id and kind."""


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case that was just filed. `attachments`: (id, kind), those still on their way among them."""

    id: int
    code: str
    category: str
    area: str
    lat: float | None
    lon: float | None
    address: str
    landmark: str
    words: str
    urgent: bool
    private: bool
    public: bool
    photo_missing: bool
    target_at: int | None
    channel: str
    attachments: tuple[File, ...]
    created_at: int


async def staff_for(work: Work, private: bool) -> list[Address]:
    """Whom to tell of a case: each person once, by the account they used last; nobody whom we can't reach."""
    rows = [row for row in await work.query(STAFF) if row.reachable]
    if not private:
        return _once(row for row in rows if row.role in CENTRE_ROLES)
    return _once(filter(_inspects, rows)) or _once(filter(_heads_office, rows))


async def can_take_private(work: Work) -> Private:
    """Who would read a report on staff conduct: "inspection", "mayor_office", or "" for nobody."""
    rows = [row for row in await work.query(STAFF) if row.reachable]
    if any(map(_inspects, rows)):
        return "inspection"
    return "mayor_office" if any(map(_heads_office, rows)) else ""


async def tell_new_case(work: Work, city: City, case: NewCase) -> None:
    """Tell everybody whom a new case concerns: one message that rings, its files and place silently below it.

    A confidential one says only that it is there: its words and files come to whoever opens it.
    """
    kinds = [kind for _, kind in case.attachments]
    for to in await staff_for(work, case.private):
        reader = city.reader(to)
        alert = (
            desk.secret_alert(reader, city.pack, case)
            if case.private
            else desk.alert(reader, city.pack, case, kinds, work.now)
        )
        work.say(_openable(reader, alert, case.id), to, priority=Priority.PUSH, case=case.id)
        if not case.private:
            show_files(work, city, case, case.attachments, to)


async def tell_staff(
    work: Work, city: City, text: str, case: CaseRow, *, words: str | None = None, collapse: str = ""
) -> None:
    """Tell those whom a case concerns one line about it: a text of the pack that takes the code, and perhaps words.

    `collapse`: what comes within a moment under the same key makes one message.
    """
    for to in await staff_for(work, bool(case.private)):
        reader = city.reader(to)
        more = {} if words is None else {"text": words or reader.line("desk-text-unknown")}
        screen = _openable(reader, reader.rich(text, code=reader.code(case.code), **more), case.id)
        work.say(screen, to, collapse=collapse, after=TOGETHER if collapse else 0, priority=Priority.PUSH, case=case.id)


def show_files(work: Work, city: City, case: NewCase | CaseRow, files: Sequence[File], to: Address) -> None:
    """Say a case's files and place, without a sound: photos as one album, everything else by itself.

    Each kind is a message of its own, so that a video on its way does not hold up the photos.
    """
    reader = city.reader(to)
    name = reader.rich("desk-files", code=reader.code(case.code), title=topic(reader, city.pack, case.category))
    photos = tuple(Media("photo", id_) for id_, kind in files if kind == "photo")
    others = [(Media(cast(MediaKind, kind), id_),) for id_, kind in files if kind != "photo"]
    screens = [reader.screen(name, media=media) for media in ([photos] if photos else []) + others]
    if case.lat is not None and case.lon is not None:
        screens.append(Screen(pin=(case.lat, case.lon)))
    asked = work.who is not None and work.who.account_id == to.account_id
    for screen in screens:
        priority = Priority.REPLY if asked else Priority.PUSH
        work.say(screen, to, priority=priority, case=case.id, silent=True)


def _openable(reader: Reader, text: Rich, case_id: int) -> Screen:
    return reader.screen(text, rows=[[reader.button("btn-open", OPEN_VERB, case_id)]])


def _inspects(row: StaffRow) -> bool:
    return row.department == INSPECTION and row.role in ("officer", "manager")


def _heads_office(row: StaffRow) -> bool:
    return row.department == MAYOR_OFFICE and row.role == "manager"


def _once(rows: Iterable[StaffRow]) -> list[Address]:
    found: dict[int, Address] = {}
    for row in rows:
        found.setdefault(row.person_id, row.address)
    return list(found.values())
