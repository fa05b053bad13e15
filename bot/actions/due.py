"""What the clock does with a case or a person, by name of the job. Each looks first whether it still is as it was."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import orjson

from bot.actions.afterwards import remind_until
from bot.actions.block import OVER, end_block
from bot.actions.casting import START, UNTIL, start
from bot.actions.city import City
from bot.actions.move import CLOCK, move_case
from bot.actions.news import PUBLISH_JOB
from bot.actions.news_due import publish_due
from bot.actions.notices import tell
from bot.actions.programmes import remind
from bot.actions.pushes import REPLY_VERB, answers, readers_of, say
from bot.actions.staff import concerned, load_staff, to_ring
from bot.actions.summaries import JOB as SUMMARY
from bot.actions.summaries import summarise
from bot.clock import DAY, HOUR
from bot.domain.case import WORK, State
from bot.store import cases, tables
from bot.store.cases import CaseRow
from bot.store.deliveries import BROADCAST, BroadcastRow
from bot.store.people import is_reachable
from bot.store.programmes import REMINDER
from bot.store.supporters import SUPPORTERS, VOTES
from bot.store.timers import DISARM, TimerRow, arm
from bot.store.work import Work
from bot.talk.cases import of_kind

_NIGHT = 12 * HOUR
Job = Callable[[Work, City, CaseRow, TimerRow], Awaitable[None]]
CastJob = Callable[[Work, City, BroadcastRow, TimerRow], Awaitable[None]]
PersonJob = Callable[[Work, City, TimerRow], Awaitable[None]]


async def run_timer(work: Work, city: City, timer: TimerRow) -> None:
    """Do what is due, once: the row is marked in the same transaction."""
    work.set(tables.timers, timer.id, done_at=work.now)
    if cast := ABOUT_BROADCASTS.get(timer.job):
        row = await work.first(BROADCAST, broadcast_id=timer.subject_id)
        if row is not None:
            await cast(work, city, row, timer)
        return
    if about := ABOUT_PEOPLE.get(timer.job) or ABOUT_CITY.get(timer.job):
        await about(work, city, timer)
        return
    case = await work.first(cases.BY_ID, case_id=timer.subject_id)
    if case is not None and timer.move_id in (0, case.move_id):
        await JOBS[timer.job](work, city, case, timer)


def _postpone(work: Work, job: str, timer: TimerRow, gap: int) -> int:
    """Until when the reminded have time. A reminder that comes after days off leaves as long as one in time would: what
    ends the wait, due itself by then, is put off. A night's delay changes nothing.
    """
    if work.now - timer.due_at <= _NIGHT:
        return timer.due_at + gap
    work.do(DISARM, job=job, subject_id=timer.subject_id, until=work.now + gap, now=work.now)
    arm(work, job, timer.subject_id, work.now + gap, timer.move_id)
    return work.now + gap


async def _remind_question(work: Work, city: City, case: CaseRow, timer: TimerRow) -> None:
    limits = city.pack.limits
    _postpone(work, "question-over", timer, (limits.question_days - limits.question_reminder_days) * DAY)
    events = await work.query(cases.EVENTS, case_id=case.id)
    question = next((event.words for event in events if event.id == timer.move_id), "")
    for to, own in await readers_of(work, case):
        if own:
            reader = city.reader(to)
            said = reader.rich(of_kind(case, "push-question-reminder"), code=reader.code(case.code), question=question)
            rows = [[reader.button("btn-answer", REPLY_VERB, case.id)]]
            say(work, city, to, [reader.screen(said, rows=rows)], case.id, f"remind-{timer.id}")


async def _question_over(work: Work, city: City, case: CaseRow, _timer: TimerRow) -> None:
    await move_case(work, city, CLOCK, case, "unanswered")


async def _remind_answer(work: Work, city: City, case: CaseRow, timer: TimerRow) -> None:
    """Everybody who has not answered yet, once."""
    limits = city.pack.limits
    until = _postpone(work, "silence", timer, (limits.silence_days - limits.done_reminder_days) * DAY)
    voted = {row.person_id for row in await work.query(SUPPORTERS, case_id=case.id) if row.vote}
    for to, own in await readers_of(work, case):
        if to.person_id not in voted:
            reader = city.reader(to)
            said = reader.rich("ask-reminder", code=reader.code(case.code), date=reader.date(until))
            screen = reader.screen(said, rows=answers(case, reader, own))
            say(work, city, to, [screen], case.id, f"remind-{timer.id}")


async def _silence(work: Work, city: City, case: CaseRow, _timer: TimerRow) -> None:
    """The reporter is silent: the majority of the supporters who answered decides; else it ends without an answer."""
    votes = {row.vote: row.n for row in await work.query(VOTES, case_id=case.id)}
    solved, against = votes.get("solved", 0), votes.get("half", 0) + votes.get("unsolved", 0)
    if solved != against:
        arrow = "voted-solved" if solved > against else "voted-open"
    else:
        arrow = "silence" if await is_reachable(work, case.person_id) else "not-asked"
    await move_case(work, city, CLOCK, case, arrow)


async def _claim_over(work: Work, city: City, case: CaseRow, timer: TimerRow) -> None:
    if case.claimed_by is None or case.claimed_until != timer.due_at:
        return
    work.set(tables.cases, case.id, claimed_by=None, claimed_until=0)
    staff = await load_staff(work)
    claimer = staff.one(case.claimed_by)
    here = claimer and staff.may_read(claimer.person_id, case.desk, private=bool(case.private))  # or it went on
    tell(work, city, [claimer] if claimer and here else [], case, "desk-claim-over")


async def _review_due(work: Work, city: City, case: CaseRow, timer: TimerRow) -> None:
    """The day that the last refusal named."""
    events = await work.query(cases.EVENTS, case_id=case.id)
    refused = next((event for event in reversed(events) if event.kind == "not-done"), None)
    if case.state == State.NOT_DONE and refused and orjson.loads(refused.data).get("review") == timer.due_at:
        people = to_ring(await load_staff(work), case.desk, private=bool(case.private))
        tell(work, city, people, case, "desk-review-due")


async def _late(work: Work, city: City, case: CaseRow, timer: TimerRow) -> None:
    """The target time is over: who works on it is told, and the citizens where they were told of a date."""
    if case.state not in WORK or case.target_at != timer.due_at:
        return
    event = {"kind": "late", "by": "clock", "from_state": case.state, "to_state": case.state}
    work.add(tables.events, case_id=case.id, at=work.now, **event)
    staff = await load_staff(work)
    tell(work, city, concerned(staff, case.desk, case.holder_id, private=bool(case.private)), case, "desk-late")
    category = city.pack.categories.get(case.category)
    if category is None or not category.target_confirmed:
        return
    for to, _own in await readers_of(work, case):
        reader = city.reader(to)
        said = reader.screen(reader.rich("push-late", code=reader.code(case.code)))
        say(work, city, to, [said], case.id, f"late-{timer.id}")


async def _start(work: Work, city: City, row: BroadcastRow, _timer: TimerRow) -> None:
    await start(work, city, row)


JOBS: dict[str, Job] = {
    "late": _late,
    "question-reminder": _remind_question,
    "question-over": _question_over,
    "done-reminder": _remind_answer,
    "silence": _silence,
    "claim-over": _claim_over,
    "review-due": _review_due,
}
ABOUT_PEOPLE: dict[str, PersonJob] = {OVER: end_block}
"""Those whose subject is a person."""
ABOUT_CITY: dict[str, PersonJob] = {REMINDER: remind, SUMMARY: summarise, PUBLISH_JOB: publish_due}
"""Those whose subject is something that the city shows."""
ABOUT_BROADCASTS: dict[str, CastJob] = {START: _start, UNTIL: remind_until}
"""Those whose subject is a broadcast; whom it may disturb when is looked at while it is sent."""
ALL_JOBS = (*JOBS, *ABOUT_PEOPLE, *ABOUT_CITY, *ABOUT_BROADCASTS)
AT_ANY_HOUR = ("claim-over", PUBLISH_JOB, *ABOUT_BROADCASTS)
"""These tell no citizen anything by themselves; all others wait until the quiet hours are over."""
