"""The last move of a case, taken back by who made it, within a minute. What was told of it is corrected."""

from __future__ import annotations

from typing import Any

import orjson

from bot.actions.city import City
from bot.actions.fields import Fields
from bot.actions.move import UNDO, move_case
from bot.actions.pushes import readers_of, say
from bot.domain.case import ARROWS, Who
from bot.domain.rights import stands
from bot.errors import NotFound, Refused
from bot.store import cases, tables
from bot.store.attachments import DETACH_LATE
from bot.store.cases import CaseRow, EventRow
from bot.store.outbox import STOP_MOVE, WAITING_OF_MOVE
from bot.store.work import Work
from bot.talk.cases import of_kind, state_of

# These change nothing of a case that a move changes.
_BESIDE = frozenset(
    {"noted", "claimed", "released", "sender-blocked", "sender-unblocked", "joined", "unjoined", "voted"}
)
_UNDOABLE = frozenset(arrow.event for arrow in ARROWS.values() if arrow.undo)


async def take_back(work: Work, city: City, case: CaseRow, version: int) -> CaseRow:
    """Bring the case back to where it was before its last move, even where that took it from their sight. `version`: of
    the case right after that move.

    Raises NotFound when it was not theirs or they have no right to it any more, Refused when it is over a minute ago or
    something came after it.
    """
    events = await work.query(cases.EVENTS, case_id=case.id)
    if not any(event.person_id == work.person.id and event.kind in _UNDOABLE for event in events):
        raise NotFound(case.id)
    event = _last(events)
    if event is None or event.person_id != work.person.id or case.version != version:
        raise Refused("desk-undo-other")
    data: dict[str, Any] = orjson.loads(event.data)
    if work.now - event.at > UNDO or "undo" not in data:
        raise Refused("desk-undo-late")
    as_before = stands(work.person.id, work.person.roles, case._replace(**data["undo"]))
    if not as_before & {Who.UNIT, Who.CENTRE, Who.MANAGER}:
        raise NotFound(case.id)
    after = await move_case(work, city, frozenset({Who.UNIT}), case, "take-back", Fields(restore=data["undo"]))
    for photo in data.get("photos", ()):
        work.set(tables.attachments, photo, case_id=None, after=False)
    work.do(DETACH_LATE, of_case=case.id, since=event.at)
    await _correct(work, city, after, event)
    return after


def _last(events: list[EventRow]) -> EventRow | None:
    """The last move that can be taken back, when nothing but notes came after it."""
    moved = [event for event in events if event.kind not in _BESIDE]
    return moved[-1] if moved and moved[-1].kind in _UNDOABLE else None


async def _correct(work: Work, city: City, case: CaseRow, event: EventRow) -> None:
    """What waits does not go out; whoever has read it already is told that it was not so."""
    for to, own in await readers_of(work, case):
        keys = {"account_id": to.account_id, "least": f"move-{event.id}-", "most": f"move-{event.id}."}
        if (await work.query(WAITING_OF_MOVE, **keys))[0].n:
            work.do(STOP_MOVE, **keys)
            continue
        if not (await work.query(cases.TOLD_OF_MOVE, case_id=case.id, **keys))[0].n:
            continue
        reader = city.reader(to)
        state = state_of(reader, case, short=not own)
        said = reader.rich(of_kind(case, "push-undone"), code=reader.code(case.code), status=state)
        say(work, city, to, [reader.screen(said)], case.id, f"move-{event.id}-undone")
