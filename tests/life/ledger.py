"""What must hold after each step of a case's life, whatever anybody did. By hand, not from the code."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from bot.actions.sight import sight_of
from bot.domain.rights import sees
from bot.store.cases import BY_ID, EVENTS, CaseRow, EventRow
from bot.store.desk import ALL, HERE, ONE
from tests.house import House
from tests.life.people import EVERYBODY, NAMES, Held, reads_private, works

DAY = 86_400_000
ENDED = {"closed", "not_done", "merged", "cancelled"}
SILENCE = 7 * DAY
# how a case may come to be closed: kind of the event -> as whom
CLOSES = {
    "agreed": {"citizen", "call"},
    "not-asked": {"clock", "call"},
    "no-answer": {"clock"},
    "voted-solved": {"clock"},
}
# and how a suggestion is answered
ANSWERS = {
    "adopted": {"unit", "centre"},
    "planned": {"unit", "centre"},
    "review-adopted": {"reviewer"},
    "review-planned": {"reviewer"},
}


class Timer(NamedTuple):
    id: int
    job: str
    subject: int
    due: int
    move: int
    done: int
    error: str


@dataclass
class Ledger:
    """What was seen at the last look."""

    versions: dict[int, int] = field(default_factory=dict)
    private: dict[int, bool] = field(default_factory=dict)
    events: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    ran: dict[int, int] = field(default_factory=dict)
    outbox: int = 0
    listed: Any = None

    async def check(self, home: House) -> None:
        """Raises AssertionError for anything that may not be."""
        held = await roles_now(home)
        rows = [case for (id_,) in await home.rows("SELECT id FROM cases") if (case := await _case(home, id_))]
        timers = [Timer(*row) for row in await home.rows(_TIMERS)]
        for case in rows:
            self._check_case(case, held)
            await self._check_events(home, case)
            _check_waits(case, timers, home.clock.now())
        self._check_timers(timers, home.clock.now())
        await self._check_told(home, {case.id: case for case in rows}, held)
        if (seen := (rows, {**held})) != self.listed:  # nothing else decides what lists hold
            await _check_lists(home, rows, held)
            self.listed = seen
        self.private = {case.id: bool(case.private) for case in rows}

    def _check_case(self, case: CaseRow, held: Held) -> None:
        assert case.version >= self.versions.get(case.id, 1), "a version went back"
        self.versions[case.id] = case.version
        assert case.referrals <= 2, "a third referral"
        assert (case.ended_at > 0) == (case.state in ENDED), f"{case.state} with ended_at {case.ended_at}"
        if case.state in ENDED:
            return
        desks = {desk for roles in held.values() for desk in [case.desk] if works(roles, desk, bool(case.private))}
        nobody = case.private and case.desk == "inspection" and not _any_private(held)
        assert desks or nobody, f"{case.state} lies on the desk of nobody: {case.desk}"
        if case.state == "in_progress":
            mine = held.get(case.holder_id or 0, [])
            assert works(mine, case.desk, bool(case.private)), "held by somebody who does not work there"

    async def _check_events(self, home: House, case: CaseRow) -> None:
        events = await _events(home, case.id)
        state, done_at, doer = "", 0, None
        for event in events:
            known = self.events.setdefault(event.id, tuple(event))
            assert known == tuple(event), "an event was edited"
            if not event.to_state:
                continue
            assert event.from_state == state, f"{event.kind} begins at {event.from_state}, not at {state}"
            if case.kind:
                _check_suggestion(event, case, doer)
            elif event.to_state == "closed" != state:
                _check_close(event, case, done_at, doer)
            if event.kind in ("done", "declined"):
                done_at, doer = event.at, event.person_id
            state = event.to_state
        assert state == case.state, f"the events say {state}, the case {case.state}"

    def _check_timers(self, timers: list[Timer], now: int) -> None:
        once: dict[tuple[str, int, int], int] = defaultdict(int)
        for timer in timers:
            once[timer.job, timer.subject, timer.due] += 1
            assert not timer.error, f"{timer.job} failed: {timer.error}"
            put_off = any(
                (one.job, one.subject) == (timer.job, timer.subject) and one.due > timer.due for one in timers
            )
            assert not timer.done or timer.due <= timer.done <= now or put_off, "it ran before its time"
            assert self.ran.get(timer.id, 0) in (0, timer.done), "it ran twice"
            self.ran[timer.id] = timer.done
        assert all(times == 1 for times in once.values())

    async def _check_told(self, home: House, cases: dict[int, CaseRow], held: Held) -> None:
        """Only what is new since the last look."""
        rows = await home.rows(_OUTBOX, self.outbox)
        for id_, case_id, person, user, screen in rows:
            self.outbox = max(self.outbox, id_)
            for reporter, name in NAMES.items():
                assert user == reporter or (name not in screen and str(reporter) not in screen), "a reporter was named"
            case = cases.get(case_id)
            if case is not None and case.private and person != case.person_id:
                right = reads_private(held, person) or works(held.get(person, []), case.desk, True)
                assert right, f"news of staff conduct for {user}: {screen[:200]}"


_TIMERS = "SELECT id, job, subject_id, due_at, move_id, done_at, error FROM timers"
_OUTBOX = (
    "SELECT o.id, o.case_id, a.person_id, a.user_id, o.screen FROM outbox o JOIN accounts a ON a.id = o.account_id"
    " WHERE o.id > ? ORDER BY o.id"
)


async def roles_now(home: House) -> Held:
    """Who has which roles."""
    held: Held = defaultdict(list)
    for person, role, department in await home.rows(
        "SELECT person_id, role, department FROM roles WHERE revoked_at = 0"
    ):
        held[person].append((role, department))
    return held


async def _case(home: House, id_: int) -> CaseRow | None:
    rows = await home.store.read(BY_ID, case_id=id_)
    return rows[0] if rows else None


async def _events(home: House, id_: int) -> list[EventRow]:
    return await home.store.read(EVENTS, case_id=id_)


def _any_private(held: Held) -> bool:
    return any(reads_private(held, person) for person in held)


def _check_close(event: EventRow, case: CaseRow, done_at: int, doer: int | None) -> None:
    assert event.by in CLOSES.get(event.kind, ()), f"closed by {event.by} with {event.kind}"
    if event.by == "citizen":
        assert event.person_id == case.person_id, "closed by another citizen"
        assert event.person_id != doer, "closed by who did it"
    elif event.by == "call":
        assert case.channel == "phone", "a call that was none"
        assert event.person_id not in (None, doer), "closed by who did it"
    else:
        assert event.person_id is None
        assert event.at - done_at >= SILENCE, "closed before the silence was over"


def _check_suggestion(event: EventRow, case: CaseRow, decliner: int | None) -> None:
    """Every answer has its reason, and nobody judges their own suggestion or their own refusal."""
    assert event.to_state not in ("done", "external", "merged"), f"a suggestion is {event.to_state}"
    if event.kind in ("adopted", "planned", "studied", "declined") or event.kind.startswith("review-"):
        official = event.kind != "review-asked"
        assert not official or (event.words and event.person_id != case.person_id), f"{event.kind} by its author"
    if event.to_state == "closed" != event.from_state:
        assert event.by in ANSWERS.get(event.kind, ()), f"answered by {event.by} with {event.kind}"
    if event.by == "reviewer":
        assert event.person_id not in (None, decliner), "reviewed by who declined it"


def _check_waits(case: CaseRow, timers: list[Timer], now: int) -> None:
    """What waits for a citizen has a time at which it waits no more."""
    job = {"need_info": "question-over", "done": "silence"}.get(case.state)
    if job:
        mine = [timer for timer in timers if (timer.job, timer.subject, timer.move) == (job, case.id, case.move_id)]
        assert [timer for timer in mine if not timer.done], f"{case.state} waits for ever"


async def _check_lists(home: House, rows: list[CaseRow], held: Held) -> None:
    """Staff conduct stands in nobody else's list, and opens for nobody else."""
    secret = [case for case in rows if case.private]
    if not secret:
        return
    for user in EVERYBODY:
        async with home.work(user) as work:
            me = work.person
            right = reads_private(held, me.id)
            sight = await sight_of(work, me)
            bounds: dict[str, Any] = {"desks": orjson.dumps(sight.desks).decode(), "private": int(sight.private)}
            bounds |= {"now": work.now, "soon": work.now + DAY, "me": me.id}
            bounds["desk"] = sight.desks[0] if sight.desks else ""
            seen: set[int] = set()
            for lists in (HERE, ONE, ALL) if sight.everything else (HERE, ONE):
                for one in lists.values():
                    seen |= {row.case_id for row in await work.query(one.older, key=-(2**62), most=99, **bounds)}
        for case in secret:
            here = right or (works(held.get(me.id, []), case.desk, True))
            assert here or case.id not in seen, f"staff conduct in a list of {user}"
            assert here or not sees(me.id, me.roles, case), f"staff conduct opens for {user}"
