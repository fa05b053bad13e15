"""What officials are told of a case: its files and place silently, below them one message that rings and opens it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from bot.actions.city import City
from bot.actions.staff import Staff, concerned, load_staff, to_ring
from bot.domain.rights import CENTRE
from bot.store.cases import CaseRow
from bot.store.person import Address
from bot.store.work import Priority, Work
from bot.talk import desk, rich
from bot.talk.cases import topic
from bot.talk.reader import Reader
from bot.talk.rich import Rich
from bot.talk.screen import Button, Media, MediaKind, Screen

OPEN_VERB = "v-open"  # the button that opens a case at the desk, files first
MOVE_VERB = "v-move"  # the button that moves a case, with its id and the arrow
CARD_VERB = "v-card"  # the same in place, where the files stand above already
TOGETHER = 1_300  # milliseconds in which the pieces of an album make one message to staff
File = tuple[int, str]
"""An attachment's id and kind."""
Came = tuple[str, Mapping[str, Any]]
"""A text of the pack with what it takes besides the code."""


def ring(
    work: Work, city: City, case: CaseRow, staff: Staff, files: Sequence[File], *, came: Sequence[Came] = ()
) -> None:
    """Tell a desk of a case that has come to it: its files and place silently, below them one message that rings.

    A confidential one says only that it is there: its words and files come to whoever opens it. `came`: texts that say
    how and why it came.
    """
    for to in to_ring(staff, case.desk, private=bool(case.private)):
        if to.person_id == case.entered_by:  # who wrote it down has it before them
            continue
        reader = city.reader(to)
        if not case.private:
            show_files(work, city, case, files, to)
        ask = _moderation(reader, case, to)
        if case.kind:
            alert = _suggested(reader, city, case, files, came, ask=bool(ask))
        else:
            alert = _alert(reader, city, case, files, work.now, came)
        verb = OPEN_VERB if case.private else CARD_VERB
        work.say(_openable(reader, alert, case, verb, ask), to, **_push(case))


def _moderation(reader: Reader, case: CaseRow, to: Address) -> list[Button]:
    """To let everybody read a new suggestion, or not: the centre alone is asked, and nobody about their own."""
    if not (case.kind and case.public) or case.published or case.desk != CENTRE or case.person_id == to.person_id:
        return []
    arrows = (("btn-publish", "publish"), ("btn-keep-private", "keep-private"))
    return [reader.button(text, MOVE_VERB, f"{case.id}.{arrow}", case.version) for text, arrow in arrows]


def _alert(reader: Reader, city: City, case: CaseRow, files: Sequence[File], now: int, came: Sequence[Came]) -> Rich:
    pack = city.pack
    if case.private:
        return desk.secret_alert(reader, pack, case)
    heads = [reader.rich(text, code=reader.code(case.code), **args) for text, args in came]
    if case.desk == CENTRE != case.department:
        heads.append(reader.rich("desk-held-here", department=pack.departments[case.department].name(reader.lang)))
    alert = desk.alert(reader, pack, case, [kind for _, kind in files], now)
    return rich.join(*heads, alert, gap="\n\n")


def _suggested(
    reader: Reader, city: City, case: CaseRow, files: Sequence[File], came: Sequence[Came], *, ask: bool
) -> Rich:
    heads = [reader.rich(text, code=reader.code(case.code), **args) for text, args in came]
    alert = desk.suggestion_alert(reader, city.pack, case, [kind for _, kind in files], ask=ask)
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
        work.say(_openable(reader, said, case), to, collapse=collapse, after=after, **_push(case))


async def tell_admins(work: Work, city: City, text: str, **args: Any) -> None:
    """Tell who looks after the system something that is about no case."""
    for to in (await load_staff(work)).admins():
        reader = city.reader(to)
        work.say(reader.screen(reader.rich(text, **args)), to, priority=Priority.PUSH)


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


def _openable(
    reader: Reader, text: Rich, case: CaseRow, verb: str = OPEN_VERB, before: Sequence[Button] = ()
) -> Screen:
    label = "btn-open-suggestion" if case.kind else "btn-open"
    return reader.screen(text, rows=[list(before), [reader.button(label, verb, case.id)]])
