"""What officials are told of a case: one message that rings and opens it; its files and place silently below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from bot.actions.city import City
from bot.actions.staff import Staff, concerned, load_staff, to_ring
from bot.domain.rights import CENTRE
from bot.pack.pack import Pack
from bot.store.cases import CaseRow
from bot.store.person import Address
from bot.store.work import Priority, Work
from bot.talk import desk, rich
from bot.talk.cases import topic
from bot.talk.reader import Reader
from bot.talk.rich import Rich
from bot.talk.screen import Media, MediaKind, Screen

OPEN_VERB = "v-open"  # the button that opens a case at the desk, files first
CARD_VERB = "v-card"  # the same in place, where the files stand below already
TOGETHER = 1_300  # milliseconds in which the pieces of an album make one message to staff
File = tuple[int, str]
"""An attachment's id and kind."""


def ring(work: Work, city: City, case: CaseRow, staff: Staff, files: Sequence[File], *, head: str = "") -> None:
    """Tell a desk of a case that has come to it: one message that rings, its files and place silently below it.

    A confidential one says only that it is there: its words and files come to whoever opens it. `head`: a text that
    says how it came.
    """
    for to in to_ring(staff, case.desk, private=bool(case.private)):
        reader = city.reader(to)
        alert = _alert(reader, city.pack, case, files, work.now, head)
        work.say(_openable(reader, alert, case.id, OPEN_VERB if case.private else CARD_VERB), to, **_push(case))
        if not case.private:
            show_files(work, city, case, files, to)


def _alert(reader: Reader, pack: Pack, case: CaseRow, files: Sequence[File], now: int, head: str) -> Rich:
    if case.private:
        return desk.secret_alert(reader, pack, case)
    heads = [reader.rich(head, code=reader.code(case.code))] if head else []
    if case.desk == CENTRE != case.department:
        heads.append(reader.rich("desk-held-here", department=pack.departments[case.department].name(reader.lang)))
    alert = desk.alert(reader, pack, case, [kind for _, kind in files], now)
    return rich.join(*heads, alert, gap="\n\n")


async def tell_concerned(
    work: Work, city: City, case: CaseRow, text: str, /, *, collapse: str = "", **args: Any
) -> None:
    """Tell who works on a case one line about it: a text of the pack that takes the code.

    `collapse`: what comes within a moment under the same key makes one message.
    """
    staff = await load_staff(work)
    people = concerned(staff, case.desk, case.holder_id, private=bool(case.private))
    tell(work, city, people, case, text, collapse=collapse, **args)


def tell(
    work: Work, city: City, people: Iterable[Address], case: CaseRow, text: str, /, *, collapse: str = "", **args: Any
) -> None:
    """Tell these officials one line about a case, with the button that opens it."""
    for to in people:
        reader = city.reader(to)
        said = reader.rich(text, code=reader.code(case.code), title=topic(reader, city.pack, case.category), **args)
        after = TOGETHER if collapse else 0
        work.say(_openable(reader, said, case.id), to, collapse=collapse, after=after, **_push(case))


def show_files(work: Work, city: City, case: CaseRow, files: Sequence[File], to: Address) -> None:
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


def _push(case: CaseRow) -> dict[str, Any]:
    return {"priority": Priority.PUSH, "case": case.id}


def _openable(reader: Reader, text: Rich, case_id: int, verb: str = OPEN_VERB) -> Screen:
    return reader.screen(text, rows=[[reader.button("btn-open", verb, case_id)]])
