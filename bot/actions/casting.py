"""An announcement on its way out: drafted, counted, confirmed, approved by a second person, started, and what follows.

Admins alone do this, and their right is looked at again when it begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import orjson

from bot.actions.broadcasts import render, show_start
from bot.actions.city import City
from bot.actions.showing import note, show_files
from bot.actions.staff import load_staff
from bot.clock import HOUR
from bot.domain.broadcast import Audience, Cast, Kind, load_audience
from bot.domain.content import Content, load_content
from bot.domain.quiet import quiet_end
from bot.errors import NotFound, Refused
from bot.store import deliveries, tables
from bot.store.deliveries import BroadcastRow
from bot.store.people import ROLES_OF
from bot.store.person import Address
from bot.store.timers import arm
from bot.store.work import Priority, Work
from bot.talk import announcing
from bot.talk.limits import units
from bot.talk.reader import Reader
from bot.talk.rich import visible
from bot.talk.screen import Button, Screen

START, UNTIL = "cast-start", "cast-until"
SECOND_VERB, REJECT_VERB = "b-yes", "b-no"


def check_casts(work: Work) -> None:
    """Raises Refused for whoever may not speak to all."""
    if not work.person.has("admin"):
        raise Refused("err-not-allowed")


async def load_cast(work: Work, broadcast_id: int, *states: Cast) -> BroadcastRow:
    """A broadcast of an admin. Raises Refused, also where it is in none of these states (any more); NotFound."""
    check_casts(work)
    row = await work.first(deliveries.BROADCAST, broadcast_id=broadcast_id)
    if row is None:
        raise NotFound(broadcast_id)
    if states and row.state not in states:
        raise Refused("err-already")
    return row


def content_of(row: BroadcastRow) -> Content:
    return load_content(orjson.loads(row.content))


def audience_of(row: BroadcastRow) -> Audience:
    return load_audience(orjson.loads(row.audience))


def readers(city: City) -> Mapping[str, Reader]:
    """One of each language."""
    return {lang: Reader(city.texts, city.dates, lang) for lang in city.pack.languages.offered}


def screens_of(city: City, kind: str, content: Content, cast_id: int) -> dict[str, Screen]:
    """The message in each language. Raises Refused for one that is too long for a caption."""
    made = {lang: announcing.announcement(reader, kind, content, cast_id) for lang, reader in readers(city).items()}
    most = city.pack.limits.max_broadcast_chars
    longest = max(units(visible(screen.text)) for screen in made.values())
    if longest > most:
        raise Refused("cast-too-long", count=longest, max=most)
    return made


def draft(work: Work, city: City, kind: str, content: Content, row: BroadcastRow | None = None) -> int:
    """Keep what was written, as a new draft or as the newer text of one, whose author is then who wrote last: nobody
    agrees to their own words. Answers its id. Raises Refused.
    """
    check_casts(work)
    cast_id, version = (row.id, row.version + 1) if row else (work.new_id(), 1)
    made = screens_of(city, kind, content, cast_id)
    said = orjson.dumps(content.dump()).decode()
    title = announcing.title(readers(city)[city.pack.languages.default], content)
    if row:
        work.set(
            tables.broadcasts, cast_id, content=said, title=title, version=version, author_id=work.person.id, size=0
        )
    else:
        work.add(
            tables.broadcasts,
            id=cast_id,
            kind=kind,
            state=str(Cast.DRAFT),
            template=content.template,
            title=title,
            content=said,
            audience=orjson.dumps(Audience(topic=kind).dump()).decode(),
            author_id=work.person.id,
            created_at=work.now,
        )
    render(work, cast_id, made, version)
    if content.file and content.file != (content_of(row).file if row else None):
        show_files(work, "broadcast", cast_id, [content.file])  # type: ignore[list-item]
    return cast_id


def aim(work: Work, row: BroadcastRow, audience: Audience, state: Cast = Cast.DRAFT) -> None:
    """Let it be for these people. It can't be sent before they are counted."""
    check_casts(work)
    said = orjson.dumps(audience.dump()).decode()
    work.set(tables.broadcasts, row.id, audience=said, state=str(state), size=0)


def want_count(work: Work, row: BroadcastRow, audience: Audience) -> None:
    """Let the audience be counted; the broadcaster shows who asked what it found, and they stand for it now."""
    aim(work, row, audience, Cast.COUNTING)
    work.set(tables.broadcasts, row.id, author_id=work.person.id)


def held_until(city: City, kind: str, now: int) -> int:
    """When people may be disturbed by this kind: `now` itself, or the end of the quiet hours."""
    quiet = city.pack.time.quiet
    if city.pack.broadcast[kind].ignores_quiet:
        return now
    return quiet_end(now, city.pack.time.zone, quiet.start, quiet.end)


def needs_second(city: City, row: BroadcastRow) -> bool:
    """Whether another admin must agree."""
    return city.pack.broadcast[row.kind].second_person and row.size >= city.pack.limits.second_approval_from


def needs_reason(city: City, row: BroadcastRow) -> bool:
    """Whether it is a warning to so many that the managers are told why it went without a second person."""
    return row.kind == Kind.SAFETY and row.size >= city.pack.limits.second_approval_from


def expiry(city: City, row: BroadcastRow, at: int) -> int:
    """When it is too late to hear it: the end of what it tells of, else as long as its kind is worth hearing."""
    return content_of(row).until_at or at + city.pack.broadcast[row.kind].expiry_hours * HOUR


def check_ready(work: Work, city: City, row: BroadcastRow, at: int) -> int:
    """When it would be too late to hear it, sent at this moment (0: now). Raises Refused for one that would be over
    before, or whose people nobody has counted: on their number depends who must agree.
    """
    check_casts(work)
    when = max(at, work.now)
    expires = expiry(city, row, when)
    if expires <= when:
        raise Refused("cast-past")
    if not row.size:
        raise Refused("cast-uncounted")
    return expires


async def launch(work: Work, city: City, row: BroadcastRow, at: int, reason: str = "") -> BroadcastRow:
    """Send it at this moment (0: now), once a second person has agreed where one must. Answers it as it is then:
    whoever sends it stands for it. Raises Refused as `check_ready`, and for a warning without a reason.
    """
    expires = check_ready(work, city, row, at)
    if needs_reason(city, row) and not reason:
        raise Refused("cast-alone-ask")
    values = {"send_at": at, "expires_at": expires, "ends_at": content_of(row).until_at, "reason": reason}
    work.set(tables.broadcasts, row.id, author_id=work.person.id, **values)
    row = row._replace(send_at=at, ends_at=content_of(row).until_at, author_id=work.person.id)
    if needs_second(city, row):
        work.set(tables.broadcasts, row.id, state=str(Cast.APPROVAL))
        await _ask_second(work, city, row)
        return row._replace(state=str(Cast.APPROVAL))
    if reason:
        await _tell_leaders(work, city, row, reason)
    return row._replace(state=str(_release(work, row)))


def _release(work: Work, row: BroadcastRow) -> Cast:
    """Nobody has to be asked any more: now, or when its time comes."""
    state = Cast.SCHEDULED if row.send_at > work.now else Cast.SENDING
    work.set(tables.broadcasts, row.id, state=str(state), started_at=0 if state is Cast.SCHEDULED else work.now)
    if state is Cast.SCHEDULED:
        arm(work, START, row.id, row.send_at)
    if row.ends_at:
        arm(work, UNTIL, row.id, row.ends_at)
    note(work, "broadcast", row.id, str(state))
    return state


async def _ask_second(work: Work, city: City, row: BroadcastRow) -> None:
    others = await second_people(work, row)
    for to in others:
        reader = city.reader(to)
        shown = announcing.announcement(reader, row.kind, content_of(row), row.id)
        asked = reader.rich("cast-second-ask", name=work.person.name, count=row.size)
        work.say(replace(shown, rows=()), to, priority=Priority.PUSH)
        work.say(reader.screen(asked, rows=[second_buttons(reader, row.id)]), to, priority=Priority.PUSH)


def second_buttons(reader: Reader, cast_id: int) -> list[Button]:
    """Yes and no of the second person."""
    return [reader.button("btn-approve", SECOND_VERB, cast_id), reader.button("btn-reject", REJECT_VERB, cast_id)]


async def second_people(work: Work, row: BroadcastRow) -> list[Address]:
    """Who may agree: admins but its author."""
    return [to for to in (await load_staff(work)).admins() if to.person_id != row.author_id]


async def _tell_leaders(work: Work, city: City, row: BroadcastRow, reason: str) -> None:
    """A warning that one person alone decided on: all other admins and the managers know at once."""
    staff = await load_staff(work)
    told = {to.person_id: to for to in (*staff.admins(), *staff.leaders())}
    for to in told.values():
        if to.person_id != work.person.id:
            reader = city.reader(to)
            named = reader.rich(
                "cast-safety-told", name=work.person.name, title=row.title, count=row.size, reason=reason
            )
            work.say(reader.screen(named), to, priority=Priority.PUSH)


async def approve(work: Work, city: City, cast_id: int) -> None:
    """A second person agrees: it goes out. Raises Refused for its author, when that is decided, when it is over by now,
    or when its author may not speak to all any more.
    """
    row = await load_cast(work, cast_id, Cast.APPROVAL)
    _check_second(work, row)
    if not await _may_still(work, row):
        raise Refused("cast-lost-role", title=row.title)
    expires = check_ready(work, city, row, row.send_at)
    work.set(tables.broadcasts, row.id, approver_id=work.person.id, expires_at=expires)
    await _tell_author(work, city, row, "cast-second-ok", name=work.person.name, title=row.title)
    if _release(work, row) is Cast.SENDING:
        await show_start(work, city, row)


async def reject(work: Work, city: City, cast_id: int, reason: str) -> None:
    """A second person does not agree, and says why. Raises as `approve`."""
    row = await load_cast(work, cast_id, Cast.APPROVAL)
    _check_second(work, row)
    work.set(
        tables.broadcasts,
        row.id,
        state=str(Cast.REJECTED),
        approver_id=work.person.id,
        reason=reason,
        finished_at=work.now,
    )
    note(work, "broadcast", row.id, "rejected")
    await _tell_author(work, city, row, "cast-rejected", name=work.person.name, reason=reason)


def _check_second(work: Work, row: BroadcastRow) -> None:
    if row.author_id == work.person.id:
        raise Refused("cast-second-self")


async def _tell_author(work: Work, city: City, row: BroadcastRow, text: str, **args: str | int) -> None:
    to = (await load_staff(work)).one(row.author_id)
    if to:
        reader = city.reader(to)
        work.say(reader.screen(reader.rich(text, **args)), to, priority=Priority.PUSH)


async def start(work: Work, city: City, row: BroadcastRow) -> None:
    """Its time has come: it begins, unless who stood for it may not speak to all any more. A timer may be left from an
    earlier time that was chosen.
    """
    if row.state != Cast.SCHEDULED or row.send_at > work.now:
        return
    if not await _may_still(work, row):
        work.set(tables.broadcasts, row.id, state=str(Cast.CANCELLED), finished_at=work.now)
        note(work, "broadcast", row.id, "lost-role")
        for to in (await load_staff(work)).admins():
            reader = city.reader(to)
            work.say(reader.screen(reader.rich("cast-lost-role", title=row.title)), to, priority=Priority.PUSH)
        return
    work.set(tables.broadcasts, row.id, state=str(Cast.SENDING), started_at=work.now)
    note(work, "broadcast", row.id, "sending")
    await _tell_author(work, city, row, "cast-began", title=row.title)
    await show_start(work, city, row)


async def _may_still(work: Work, row: BroadcastRow) -> bool:
    """Whether its author, and whoever agreed, are admins now."""
    both = {row.author_id, row.approver_id} - {None}
    held = await work.query(ROLES_OF, ids=orjson.dumps(list(both)).decode())
    return both <= {role.person_id for role in held if role.role == "admin"}


async def cancel(work: Work, cast_id: int) -> BroadcastRow:
    """What has not begun never will. Raises Refused where it has."""
    waiting = (Cast.DRAFT, Cast.COUNTING, Cast.APPROVAL, Cast.SCHEDULED)
    row = await load_cast(work, cast_id, *waiting)
    work.set(tables.broadcasts, row.id, state=str(Cast.CANCELLED), finished_at=work.now)
    note(work, "broadcast", row.id, "cancelled")
    return row
