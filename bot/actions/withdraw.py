"""A reporter takes a case back."""

from __future__ import annotations

from bot.actions.city import City
from bot.actions.leave import is_shared, leave_case
from bot.actions.move import as_whom, move_case
from bot.actions.own import check_open, load_own
from bot.domain.case import State
from bot.errors import Refused
from bot.store.cases import CaseRow
from bot.store.work import Work


async def withdraw_case(work: Work, city: City, case_id: int, version: int) -> CaseRow:
    """Withdraw it, or leave it to those who share it; answers the case as it was.

    `version`: of the case when the button was drawn.

    Raises NotFound for none and for somebody else's; Refused when it was withdrawn before, has ended, or has changed
    since the button was drawn.
    """
    case = await load_own(work, case_id)
    if case.state == State.CANCELLED:
        raise Refused("err-already")
    check_open(case)
    if case.version != version:
        raise Refused("err-old-button")
    if is_shared(case):
        await leave_case(work, city, case)
    else:
        await move_case(work, city, as_whom(work, case), case, "withdraw")
    return case
