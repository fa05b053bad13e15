"""One's own case: who asks for it must be its reporter, whatever the button or message says."""

from __future__ import annotations

from bot.domain.case import ENDED, State
from bot.errors import NotFound, Refused
from bot.store import cases, tables
from bot.store.cases import CaseRow
from bot.store.work import Work


async def load_own(work: Work, case_id: int) -> CaseRow:
    """The case. Raises NotFound both for none and for somebody else's."""
    case = await work.first(cases.BY_ID, case_id=case_id)
    if case is None or case.person_id != work.person.id:
        raise NotFound(case_id)
    return case


def do_cancel(work: Work, case: CaseRow, kind: str) -> None:
    """Its reporter takes it back; `kind` of event says how: withdrawn, or undone within the first minutes."""
    work.set(tables.cases, case.id, state=State.CANCELLED, version=case.version + 1, updated_at=work.now)
    work.add(
        tables.events,
        case_id=case.id,
        kind=kind,
        at=work.now,
        person_id=work.person.id,
        by="citizen",
        from_state=case.state,
        to_state=State.CANCELLED,
    )


def check_open(case: CaseRow) -> None:
    """Raises Refused when the case has ended: it does not change any more."""
    if case.state in ENDED:
        raise Refused("case-final")
