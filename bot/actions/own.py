"""One's own case: who asks for it must be its reporter, whatever the button or message says."""

from __future__ import annotations

from bot.domain.case import ENDED
from bot.errors import NotFound, Refused
from bot.store import cases
from bot.store.cases import CaseRow
from bot.store.work import Work


async def load_own(work: Work, case_id: int) -> CaseRow:
    """The case. Raises NotFound both for none and for somebody else's."""
    case = await work.first(cases.BY_ID, case_id=case_id)
    if case is None or case.person_id != work.person.id:
        raise NotFound(case_id)
    return case


def check_open(case: CaseRow) -> None:
    """Raises Refused when the case has ended: it does not change any more."""
    if case.state in ENDED:
        raise Refused("case-final")
