"""Programmes: who asked to be reminded is reminded once, and told with the reason when one moves or is cancelled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from bot.actions.city import City
from bot.actions.following import tell_followers
from bot.actions.keeping import begin, change, changes_of, load_one, load_seen
from bot.actions.showing import note
from bot.clock import MINUTE
from bot.domain.programme import is_for, reminder_at
from bot.errors import NotFound, Refused
from bot.store import tables
from bot.store.programmes import CALENDAR_WAITING, PROGRAMME, REMINDER, TO_COME, ProgrammeRow
from bot.store.showing import HAPPENED
from bot.store.timers import TimerRow, arm
from bot.store.work import Work
from bot.talk.reader import Reader
from bot.talk.rich import Rich
from bot.talk.screen import Screen

OWNER = "programme"
SEE_VERB = "pg-see"
MOVES = ("starts_at", "place")
"""What those who asked for it are told of when it changes."""
_PUBLIC = ("published", "cancelled")
_CALENDAR_WAITS = 10 * MINUTE  # what was not made by then does not stand in the way of the next
_LOOKED = 200  # events of one programme: more than any has


async def load_public(work: Work, programme_id: int) -> ProgrammeRow:
    """One that citizens may see, be it over or cancelled. Raises NotFound."""
    row = await load_one(work, PROGRAMME, programme_id)
    if row.state not in _PUBLIC:
        raise NotFound
    return row


def make_programme(work: Work, values: Mapping[str, Any]) -> ProgrammeRow:
    """A draft that nobody sees yet. Raises Refused for whoever keeps nothing."""
    return ProgrammeRow(begin(work, OWNER, values), "draft", **values, updated_at=work.now)


async def change_programme(
    work: Work, city: City, seen: ProgrammeRow, values: Mapping[str, Any], reason: str = ""
) -> ProgrammeRow:
    """Change some columns of the version that the editor saw. Raises Changed, and Refused for a time that has gone by
    and for a move without its reason.
    """
    row = await load_seen(work, PROGRAMME, seen)
    new = changes_of(row, values)
    _check_times(work, row, new)
    moved = [name for name in MOVES if name in new and row.state == "published"]
    if moved and not reason:
        raise Refused("keep-why-needed")
    after = change(work, OWNER, row, **new)
    note(work, OWNER, row.id, "edited", what=list(new))
    for name in moved:
        note(work, OWNER, row.id, "changed", what=name, old=getattr(row, name), new=new[name], reason=reason)
    if moved:
        _arm(work, city, after)
        await _tell(work, city, after, lambda reader: _moved(reader, row, after, reason))
    return after


def _check_times(work: Work, row: ProgrammeRow, new: dict[str, Any]) -> None:
    """The end goes along when the beginning moves."""
    starts_at = new.get("starts_at", row.starts_at)
    if "starts_at" in new and starts_at <= work.now:
        raise Refused("moment-past")
    if "starts_at" in new and row.ends_at and "ends_at" not in new:
        new["ends_at"] = starts_at + row.ends_at - row.starts_at
    if new.get("ends_at") and new["ends_at"] <= starts_at:
        raise Refused("keep-end-before")


def _moved(reader: Reader, old: ProgrammeRow, new: ProgrammeRow, reason: str) -> list[Rich]:
    lines = []
    if old.starts_at != new.starts_at:
        times = {"old": reader.date_clock(old.starts_at), "new": reader.date_clock(new.starts_at)}
        lines.append(reader.rich("programme-moved", title=old.title, **times))
    if old.place != new.place:
        lines.append(reader.rich("programme-moved-place", title=old.title, place=new.place))
    return [*lines, reader.rich("programme-why", reason=reason)]


async def publish_programme(work: Work, city: City, seen: ProgrammeRow) -> ProgrammeRow:
    """Show it to citizens, and let the clock remind who asks for it. Raises Refused for one that has begun."""
    row = await load_seen(work, PROGRAMME, seen)
    if row.state in _PUBLIC:
        raise Refused("err-already")
    if row.starts_at <= work.now:
        raise Refused("moment-past")
    note(work, OWNER, row.id, "published")
    _arm(work, city, row)
    return change(work, OWNER, row, state="published", reason="")


async def withdraw_programme(work: Work, _city: City, seen: ProgrammeRow) -> ProgrammeRow:
    """Citizens see it no more, as of one that was put there by mistake. Whoever counts on it is told by cancelling."""
    row = await load_seen(work, PROGRAMME, seen)
    note(work, OWNER, row.id, "withdrawn")
    return change(work, OWNER, row, state="withdrawn")


async def cancel_programme(work: Work, city: City, seen: ProgrammeRow, reason: str) -> ProgrammeRow:
    """It does not take place: who asked to be reminded is told why."""
    row = await load_seen(work, PROGRAMME, seen)
    if row.state != "published":
        raise Refused("err-already")
    if not reason:
        raise Refused("keep-why-needed")
    note(work, OWNER, row.id, "cancelled", reason=reason)
    args = {"title": row.title, "reason": reason}
    await _tell(work, city, row, lambda reader: [reader.rich("programme-cancelled", **args)])
    return change(work, OWNER, row, state="cancelled", reason=reason)


def _arm(work: Work, city: City, row: ProgrammeRow) -> None:
    due_at = reminder_at(row.starts_at, work.now, city.pack.time.zone)
    if due_at:
        arm(work, REMINDER, row.id, due_at)


async def remind(work: Work, city: City, timer: TimerRow) -> None:
    """The evening before. Nothing for one that is over, cancelled or moved away; once for each beginning, though it
    moved there and back.
    """
    row = await work.first(PROGRAMME, id_=timer.subject_id)
    if row is None or row.state != "published" or row.starts_at <= work.now:
        return
    if not is_for(timer.due_at, row.starts_at) or await _reminded(work, row):
        return
    note(work, OWNER, row.id, "reminded", starts=row.starts_at)
    args: dict[str, Any] = {"title": row.title, "date": row.starts_at, "place": row.place}
    await _tell(work, city, row, lambda reader: [_reminder(reader, **args)])


def _reminder(reader: Reader, title: str, date: int, place: str) -> Rich:
    return reader.rich("programme-reminder", title=title, date=reader.date_clock(date), place=place)


async def _reminded(work: Work, row: ProgrammeRow) -> bool:
    events = await work.query(HAPPENED, owner=OWNER, owner_id=row.id, most=_LOOKED)
    return any(event.kind == "reminded" and orjson.loads(event.data).get("starts") == row.starts_at for event in events)


async def reminder_to_come(work: Work, row: ProgrammeRow) -> bool:
    """Whether whoever asks now will be reminded."""
    return any(is_for(timer.n, row.starts_at) for timer in await work.query(TO_COME, id_=row.id))


async def _tell(work: Work, city: City, row: ProgrammeRow, lines: Callable[[Reader], list[Rich]]) -> None:
    def say(reader: Reader) -> Screen:
        rows = [[reader.button("btn-open-programme", SEE_VERB, row.id)]]
        return reader.screen(*lines(reader), rows=rows)

    await tell_followers(work, city, (OWNER, row.id), row.title, say, expires_at=row.starts_at)


async def want_calendar(work: Work, programme_id: int) -> None:
    """Ask for its calendar file; media makes it. One at a time. Raises NotFound, and Refused while one is made."""
    await load_public(work, programme_id)
    if await work.first(CALENDAR_WAITING, person_id=work.person.id, since=work.now - _CALENDAR_WAITS):
        raise Refused("err-already")
    data = orjson.dumps({"programme": programme_id}).decode()
    work.add(tables.wanted, kind="calendar", person_id=work.person.id, data=data, created_at=work.now)
