"""A broadcast while it goes out and after: paused, stopped, over, prolonged, corrected, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import orjson

from bot.actions.broadcasts import Announcement, do_broadcast, render
from bot.actions.casting import UNTIL, content_of, load_cast, readers, screens_of
from bot.actions.city import City
from bot.actions.showing import note
from bot.actions.staff import load_staff
from bot.clock import HOUR
from bot.domain.broadcast import OVER, Audience, Cast, Mode
from bot.domain.content import Content
from bot.errors import Refused
from bot.store import deliveries, tables
from bot.store.deliveries import BroadcastRow
from bot.store.timers import DISARM, TimerRow, arm
from bot.store.work import Priority, Work
from bot.talk import announcing, casting
from bot.talk.announcing import NO_ISOLATES
from bot.talk.screen import Screen

_GOING = (Cast.SENDING, Cast.PAUSED)
_SAID = (Cast.SENDING, Cast.PAUSED, *sorted(OVER))


async def pause(work: Work, cast_id: int) -> BroadcastRow:
    """Nothing more goes out for now; what is on its way arrives."""
    row = await load_cast(work, cast_id, Cast.SENDING)
    work.do(deliveries.PAUSE, broadcast_id=row.id)
    return _moved(work, row, Cast.PAUSED)


async def resume(work: Work, cast_id: int) -> BroadcastRow:
    """On it goes; the broadcaster hands the deliveries to the senders."""
    return _moved(work, await load_cast(work, cast_id, Cast.PAUSED), Cast.SENDING)


async def stop(work: Work, cast_id: int) -> BroadcastRow:
    """Nobody else gets it: at most what is on its way this moment (16 a channel)."""
    row = await load_cast(work, cast_id, *_GOING)
    return _stopped(work, row)


def _stopped(work: Work, row: BroadcastRow) -> BroadcastRow:
    work.do(deliveries.STOP, broadcast_id=row.id, to="stopped")
    return _moved(work, row, Cast.STOPPED)


def _moved(work: Work, row: BroadcastRow, state: Cast) -> BroadcastRow:
    work.set(tables.broadcasts, row.id, state=str(state))
    note(work, "broadcast", row.id, str(state))
    return row._replace(state=str(state))


async def reached(work: Work, row: BroadcastRow) -> int:
    """How many have it, as far as anybody knows."""
    states = {each.state: each.n for each in await work.query(deliveries.STATES, broadcast_id=row.id)}
    return states.get("sent", 0) + states.get("uncertain", 0)


async def _children(work: Work, row: BroadcastRow, once: str) -> list[BroadcastRow]:
    """What followed it. Raises Refused where this has been told: two admins may press at the same time."""
    children = await work.query(deliveries.CHILDREN, parent_id=row.id)
    if any(child.relation == once for child in children):
        raise Refused("err-already")
    return children


def _ended(work: Work, row: BroadcastRow, children: list[BroadcastRow]) -> BroadcastRow:
    """Neither it nor its corrections and new ends go on: they would arrive after their end."""
    for child in children:
        if child.state in _GOING and child.mode == Mode.SAY:
            _stopped(work, child)
    return _stopped(work, row) if row.state in _GOING else row


async def over(work: Work, city: City, cast_id: int) -> int:
    """It is over: the same people hear so, and nobody hears of it any more. Answers how many. Raises Refused where
    somebody has said so before.
    """
    row = await load_cast(work, cast_id, *_SAID)
    row = _ended(work, row, await _children(work, row, "over"))
    work.do(DISARM, job=UNTIL, subject_id=row.id, until=_EVER, now=work.now)
    work.set(tables.broadcasts, row.id, ends_at=work.now)
    content = content_of(row)
    made = {lang: announcing.over(reader, content, work.now) for lang, reader in readers(city).items()}
    _follow(work, city, row, _about(city, row, made, "over"))
    return await reached(work, row)


async def extend(work: Work, city: City, cast_id: int, until: int) -> int:
    """It takes longer: whoever has it hears the new end, all others get it with the new end. Answers how many hear.
    Raises Refused where it is over, or was to end later anyway.
    """
    row, before = await check_later(work, city, cast_id, until)
    for child in await _children(work, row, "over"):
        if child.relation == "extended" and child.state in _GOING:
            _stopped(work, child)
    made = {lang: announcing.extended(reader, before, until) for lang, reader in readers(city).items()}
    row = await _revise(work, city, row, replace(before, until_at=until))
    work.do(DISARM, job=UNTIL, subject_id=row.id, until=_EVER, now=work.now)
    work.set(tables.broadcasts, row.id, ends_at=until, expires_at=until)
    work.do(deliveries.PROLONG, broadcast_id=row.id, until=until)
    arm(work, UNTIL, row.id, until)
    _follow(work, city, row, _about(city, row, made, "extended"))
    return await reached(work, row)


async def check_later(work: Work, city: City, cast_id: int, until: int) -> tuple[BroadcastRow, Content]:
    """What would take longer, and what it says so far. Raises Refused for an end that is no later one."""
    row = await load_cast(work, cast_id, *_SAID)
    before = content_of(row)
    if until <= before.until_at:
        date = readers(city)[work.person.lang or city.pack.languages.default].date_clock(before.until_at)
        raise Refused("cast-extend-before", date=date)
    return row, before


async def correct(work: Work, city: City, cast_id: int, words: str) -> int:
    """Another text: whoever has the old one gets its correction, all others the right text. Answers how many of the
    first there are. Raises Refused where it is too long.
    """
    row = await load_cast(work, cast_id, *_SAID)
    content, made = corrected(city, row, words)
    row = await _revise(work, city, row, content)
    _follow(work, city, row, _about(city, row, made, "corrected"))
    count = await reached(work, row)
    if max(count, row.size) >= city.pack.limits.second_approval_from:
        await _tell_colleagues(work, city, row, words)
    return count


async def _tell_colleagues(work: Work, city: City, row: BroadcastRow, words: str) -> None:
    """What so many read was changed by one person alone, for a correction can't wait: the other admins know at once."""
    for to in (await load_staff(work)).admins():
        if to.person_id != work.person.id:
            reader = city.reader(to)
            told = reader.rich("cast-corrected-told", name=work.person.name, title=row.title, text=words)
            work.say(reader.screen(told), to, priority=Priority.PUSH)


def corrected(city: City, row: BroadcastRow, words: str) -> tuple[Content, Mapping[str, Screen]]:
    """The right text, and how those who got the other one read it. Raises Refused where it is too long."""
    content = replace(content_of(row), template="", texts={"fa": words})
    screens_of(city, row.kind, content, row.id)
    return content, {lang: announcing.corrected(reader, content, row.id) for lang, reader in readers(city).items()}


async def _revise(work: Work, city: City, row: BroadcastRow, content: Content) -> BroadcastRow:
    """A newer version for those who have none yet. What follows another keeps its own: that says for whom it is."""
    newest = await work.first(deliveries.NEWEST, broadcast_id=row.id)
    version = (newest.n if newest else 0) + 1
    render(work, row.id, screens_of(city, row.kind, content, row.id), version)
    said = orjson.dumps(content.dump()).decode()
    work.set(tables.broadcasts, row.id, content=said, **({} if row.relation else {"version": version}))
    work.do(deliveries.CORRECT, broadcast_id=row.id, version=version)
    note(work, "broadcast", row.id, "revised", version=version)
    return row._replace(version=version, content=said)


def _about(city: City, row: BroadcastRow, made: Mapping[str, Screen], relation: str) -> Announcement:
    """What is told to whoever has this one; named by what it does to it."""
    reader = readers(city)[city.pack.languages.default]
    title = reader.line(f"cast-child-{relation}", title=row.title).translate(NO_ISOLATES)
    return Announcement(row.kind, title, made, Audience(reached_by=row.id), relation=relation)


def _follow(work: Work, city: City, row: BroadcastRow, what: Announcement) -> int:
    expires = work.now + city.pack.broadcast[row.kind].expiry_hours * HOUR
    more = {"version": row.version, "template": row.template, "content": row.content}
    followed = replace(what, parent_id=row.id, expires_at=expires, more=more)
    return do_broadcast(work, followed)


async def withdraw(work: Work, city: City, cast_id: int) -> int:
    """Take it back from everybody with whom the platform still allows that. Answers the id of what does it. Raises
    Refused where somebody has done so before.
    """
    row = await load_cast(work, cast_id, *_SAID)
    row = _ended(work, row, await _children(work, row, "withdrawn"))
    what = _about(city, row, {}, "withdrawn")
    return do_broadcast(work, replace(what, mode=Mode.WITHDRAW, parent_id=row.id))


async def remind_until(work: Work, city: City, row: BroadcastRow, timer: TimerRow) -> None:
    """What it tells of should be over now: its author says so, or says until when it goes on."""
    to = (await load_staff(work)).one(row.author_id)
    if row.ends_at != timer.due_at or to is None or row.state not in _SAID:
        return
    reader = city.reader(to)
    buttons = [
        reader.button("btn-is-over", casting.IS_OVER, row.id),
        reader.button("btn-extend-cast", casting.EXTEND, row.id),
    ]
    said = reader.rich("cast-over-reminder", title=row.title)
    work.say(reader.screen(said, rows=[buttons]), to, priority=Priority.PUSH)


_EVER = 2**62
