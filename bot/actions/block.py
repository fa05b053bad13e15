"""An account that floods the city is closed for a time: it files, adds and writes nothing; its reports stay."""

from __future__ import annotations

from typing import Literal

from bot.actions.audit import note_staff
from bot.actions.city import City
from bot.actions.fields import check_words
from bot.actions.move import keep_words
from bot.actions.pushes import held_for
from bot.clock import DAY
from bot.domain.case import Who
from bot.domain.rights import CENTRE_ROLES
from bot.errors import Refused
from bot.store import tables
from bot.store.cases import CaseRow
from bot.store.near import PLACE_CHANNEL
from bot.store.people import SENDER, SenderRow, addresses
from bot.store.timers import TimerRow, arm
from bot.store.work import Priority, Work

OVER = "block-over"  # the timer's job
Step = Literal["block", "unblock", ""]


async def step_for(work: Work, case: CaseRow) -> Step:
    """What who wrote may do with the sender of a case: the centre with citizens, of ordinary reports alone."""
    if case.private or not work.person.has(*CENTRE_ROLES) or case.channel in ("phone", PLACE_CHANNEL):
        return ""
    sender = await work.first(SENDER, person_id=case.person_id)
    if sender is None or sender.erased_at or sender.id == work.person.id:
        return ""
    if sender.blocked_until > work.now:
        return "unblock"
    return "" if sender.official else "block"


async def check_step(work: Work, case: CaseRow, step: Step) -> None:
    """Raises Refused where this is not theirs to do, or done already."""
    if not work.person.has(*CENTRE_ROLES):
        raise Refused("desk-only-centre")
    found = await step_for(work, case)
    if found != step:
        raise Refused("err-already" if found else "desk-block-cannot")


async def block(work: Work, city: City, case: CaseRow, words: str) -> int:
    """Close the account of a case's sender; answers until when. `words`: why, for the log. Raises Refused."""
    await check_step(work, case, "block")
    check_words(city, words)
    until = work.now + city.pack.limits.block_days * DAY
    work.set(tables.people, case.person_id, blocked_until=until)
    event = _keep(work, case, "sender-blocked")
    keep_words(work, case.id, event, words)
    note_staff(work, "blocked", case.person_id, code=case.code, event=event, until=until)
    arm(work, OVER, case.person_id, until)
    work.reload_people()
    return until


async def unblock(work: Work, city: City, case: CaseRow) -> None:
    """Open it again before its time; its owner is told. Raises Refused."""
    await check_step(work, case, "unblock")
    work.set(tables.people, case.person_id, blocked_until=0)
    event = _keep(work, case, "sender-unblocked")
    note_staff(work, "unblocked", case.person_id, code=case.code, event=event)
    await _tell(work, city, case.person_id)
    work.reload_people()


async def end_block(work: Work, city: City, timer: TimerRow) -> None:
    """Its time is over: they are told once that they may write again. Not where it was opened or renewed meanwhile."""
    sender: SenderRow | None = await work.first(SENDER, person_id=timer.subject_id)
    if sender is not None and sender.blocked_until == timer.due_at:
        await _tell(work, city, sender.id)


def _keep(work: Work, case: CaseRow, kind: str) -> int:
    return work.add(
        tables.events,
        case_id=case.id,
        kind=kind,
        at=work.now,
        person_id=work.person.id,
        by=Who.CENTRE,
        from_state=case.state,
        to_state=case.state,
    )


async def _tell(work: Work, city: City, person_id: int) -> None:
    to = (await addresses(work, [person_id])).get(person_id)
    if to is not None:
        reader = city.reader(to)
        said = reader.screen(reader.rich("push-block-over"))
        work.say(said, to, priority=Priority.PUSH, after=held_for(city, work.now))
