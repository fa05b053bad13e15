"""The only door to a case's state. Buttons, dialogues, the clock and recorded calls come through here."""

from __future__ import annotations

import orjson

from bot.actions.city import City
from bot.actions.effects import take_effect
from bot.actions.fields import Fields, check_fields
from bot.actions.moving import Move
from bot.actions.pushes import push
from bot.actions.reports import report
from bot.actions.staff import load_staff
from bot.clock import MINUTE
from bot.domain.case import ARROWS, Arrow, Who, is_allowed
from bot.domain.rights import stands
from bot.errors import Refused
from bot.store import cases, tables
from bot.store.cases import CaseRow
from bot.store.search import index_more
from bot.store.work import Work
from bot.talk import cases as said
from bot.understand.normalise import normalise

CLOCK = frozenset({Who.CLOCK})
QUIET = frozenset({"note", "cannot-tell", "seen-done", "leave"})  # no button of a card becomes stale by these
UNDO = MINUTE


def as_whom(work: Work, case: CaseRow) -> frozenset[Who]:
    """What who wrote is to this case."""
    return stands(work.person.id, work.person.roles, case)


async def move_case(
    work: Work, city: City, who: frozenset[Who], case: CaseRow, arrow: str, fields: Fields | None = None
) -> CaseRow:
    """Move a case, that was read in this transaction, along an arrow; tell everybody whom it concerns.

    `who`: what the mover is to it, as `as_whom` says, or `CLOCK`. Answers the case as it will be. Raises Refused with
    the reason; then nothing is staged.
    """
    fields = fields or Fields()
    way = _check(work, city, who, case, arrow)
    check_fields(city, way.needs, fields)
    await _check_history(work, case, arrow)
    move = Move(work, city, who, case, arrow, way, fields, await load_staff(work), work.new_id())
    move.change(**({"state": move.end} if move.end != case.state else {}))
    take_effect(move)
    if arrow not in QUIET:
        move.settle()
    await push(move)
    _keep(move)
    await report(move)
    return move.after


def _check(work: Work, city: City, who: frozenset[Who], case: CaseRow, arrow: str) -> Arrow:
    way = ARROWS[arrow]
    if is_allowed(arrow, case.state, who, case.kind):
        return way
    if work.who is None:
        raise Refused("desk-not-now")
    reader = city.reader(work.person)
    if case.person_id == work.person.id and Who.REPORTER in way.who:
        raise Refused("ask-already", status=said.state_of(reader, case))
    if not who & way.who:
        raise Refused(_whose(way, who))
    raise Refused("desk-not-now", status=said.state_of(reader, case, short=True))


def _whose(way: Arrow, who: frozenset[Who]) -> str:
    """Why this official is the wrong one for the arrow."""
    if not who & {Who.UNIT, Who.CENTRE, Who.MANAGER}:
        return "err-not-allowed"
    if Who.REVIEWER in way.who:
        return "desk-review-own"
    if way.who == {Who.HOLDER} or Who.UNIT in way.who:
        return "desk-claim-first" if Who.UNIT in who else "desk-not-yours"
    return "desk-only-manager" if Who.MANAGER in way.who else "desk-only-centre"


async def _check_history(work: Work, case: CaseRow, arrow: str) -> None:
    """A refusal that was reviewed once stays."""
    if arrow != "contest":
        return
    if any(event.kind == "review-kept" for event in await work.query(cases.EVENTS, case_id=case.id)):
        raise Refused("review-once")


def _keep(move: Move) -> None:
    """The case, its event with what can be taken back, and what the official wrote, erasable by itself."""
    work, case = move.work, move.case
    if move.changes:
        work.set(tables.cases, case.id, **move.changes)
    if move.way.undo:
        move.data["undo"] = {key: getattr(case, key) for key in move.changes if key in CaseRow._fields}
    work.add(
        tables.events,
        id=move.event,
        case_id=case.id,
        kind=move.way.event,
        at=work.now,
        person_id=move.me,
        by=next(iter(sorted(move.who & move.way.who)), ""),
        from_state=case.state,
        to_state=move.after.state,
        data=orjson.dumps(move.data).decode(),
    )
    by_citizen = Who.REPORTER in move.who & move.way.who  # their words are an addition of theirs
    if Who.CALL in move.who & move.way.who:
        _keep_said(move)
        return
    for part, words in (("words", move.fields.words), ("no_photo", move.fields.no_photo)):
        if words and not by_citizen:
            keep_words(work, case.id, move.event, words, part)


def _keep_said(move: Move) -> None:
    """What somebody said on the phone is theirs, though an official wrote it down."""
    work, case, words = move.work, move.case, move.fields.words
    if words:
        work.add(tables.additions, case_id=case.id, person_id=case.person_id, words=words, created_at=work.now)
        index_more(work, case.id, normalise(words))


def keep_words(work: Work, case_id: int, event_id: int, words: str, part: str = "words") -> None:
    """Keep what an official wrote beside its event."""
    person_id = work.who.id if work.who else None
    work.add(
        tables.remarks,
        case_id=case_id,
        event_id=event_id,
        person_id=person_id,
        part=part,
        words=words,
        created_at=work.now,
    )
