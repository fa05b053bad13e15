"""Reports for people without a messenger: the centre enters them, and whoever called may claim theirs later."""

from __future__ import annotations

import hmac

from bot.actions.city import City
from bot.actions.file_case import Filed, Origin, file_from
from bot.actions.lookup import TooMany, can_claim, note_guess, paused_until
from bot.domain.case import Who
from bot.domain.draft import Draft
from bot.domain.rights import CENTRE_ROLES
from bot.errors import NotFound, Refused
from bot.store import cases, claiming, tables
from bot.store.cases import CaseRow
from bot.store.supporters import SUPPORT
from bot.store.work import Work
from bot.understand.caller import caller_number

CHANNEL = "phone"


def check_centre(work: Work) -> None:
    """Raises Refused for who does not answer the centre's telephone."""
    if not work.person.has(*CENTRE_ROLES):
        raise Refused("err-not-allowed")


async def file_phone_case(work: Work, city: City, draft: Draft, caller: str) -> Filed:
    """Make a case of what somebody said on the phone or at the counter.

    The caller becomes a person of their own without an account: they are told of nothing, and asked by phone.
    `caller`: their number as `caller_number` writes it, or "". Raises Refused as `file_case`.
    """
    check_centre(work)
    person = work.new_id()
    origin = Origin(person, "fa", CHANNEL, caller, work.person.id)
    filed = await file_from(work, city, draft, origin)
    work.add(tables.people, id=person, lang="fa", created_at=work.now)
    return filed


async def claim_case(work: Work, city: City, case_id: int, typed: str) -> CaseRow | TooMany | None:
    """Make a phone case that of who wrote, when they know its number; None where the number is another one.

    Wrong numbers count as guesses, as wrong codes do. Raises NotFound for a case that can't be claimed (any more).
    """
    case = await work.first(cases.BY_ID, case_id=case_id)
    if case is None or not can_claim(work, case):
        raise NotFound(case_id)
    if until := await paused_until(work, city):
        return TooMany(until)
    if not hmac.compare_digest(caller_number(typed).encode(), case.caller.encode()):
        note_guess(work)
        return None
    await _give(work, case)
    return case._replace(person_id=work.person.id, channel=work.person.channel, caller="", version=case.version + 1)


async def _give(work: Work, case: CaseRow) -> None:
    """From now on it is theirs: what they are told, asked and allowed; nobody needs the number any more."""
    me = work.person
    theirs = {"person_id": me.id, "channel": me.channel, "lang": me.lang or "fa", "caller": ""}
    work.set(tables.cases, case.id, **theirs, version=case.version + 1, updated_at=work.now)
    work.add(
        tables.events,
        case_id=case.id,
        kind="claimed-by-caller",
        at=work.now,
        person_id=me.id,
        by=Who.REPORTER,
        from_state=case.state,
        to_state=case.state,
    )
    work.do(claiming.GIVE_WORDS, case_id=case.id, before=case.person_id, person_id=me.id)
    work.do(claiming.FORGET_SHOWN, case_id=case.id)
    for support in await work.query(SUPPORT, case_id=case.id, person_id=me.id):  # no supporter of their own report
        work.do(claiming.LEAVE_SUPPORT, support_id=support.id, now=work.now)
        work.do(claiming.COUNT_SUPPORT, case_id=case.id)
