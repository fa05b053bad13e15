"""A mark for how a case was dealt with: given once, by its reporter, after they agreed that it is solved."""

from __future__ import annotations

import orjson

from bot.domain.case import Who
from bot.errors import Refused
from bot.store import tables
from bot.store.cases import EVENTS, CaseRow
from bot.store.work import Work

MARKS = range(1, 6)


async def rate_case(work: Work, case: CaseRow, mark: int) -> None:
    """Keep the mark. Raises Refused for another's case, one that is not agreed, no mark, and a second one."""
    if case.person_id != work.person.id or case.closed_how != "agreed" or mark not in MARKS:
        raise Refused("err-not-allowed")
    if any(event.kind == "rated" for event in await work.query(EVENTS, case_id=case.id)):
        raise Refused("err-already")
    _note(work, case, "rated", {"mark": mark})


def keep_word(work: Work, case: CaseRow, words: str) -> None:
    """What its reporter says to their mark: kept with the case, erasable like all their words."""
    added = work.add(tables.additions, case_id=case.id, person_id=work.person.id, words=words, created_at=work.now)
    _note(work, case, "rated-word", {"addition": added})


def _note(work: Work, case: CaseRow, kind: str, data: dict[str, int]) -> None:
    work.add(
        tables.events,
        case_id=case.id,
        kind=kind,
        at=work.now,
        person_id=work.person.id,
        by=Who.REPORTER,
        from_state=case.state,
        to_state=case.state,
        data=orjson.dumps(data).decode(),
    )
