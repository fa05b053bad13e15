"""The life of cases as a state machine: everybody does anything at any time, and some of it is what they may do."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.actions.due import AT_ANY_HOUR
from bot.actions.duty import set_duty
from bot.actions.fields import Fields, Spot
from bot.actions.invite import accept_invitation, do_invite
from bot.actions.move import as_whom, move_case
from bot.actions.people import revoke
from bot.actions.pushes import held_for
from bot.actions.suggest import suggest
from bot.actions.take_back import take_back
from bot.clock import DAY, HOUR, MINUTE
from bot.domain.case import ARROWS, SUGGESTION, allowed
from bot.domain.draft import Draft
from bot.domain.rights import stands
from bot.errors import NotFound, Refused
from bot.schedule import Schedule
from bot.store import tables
from bot.store.cases import BY_ID, CaseRow
from bot.store.person import Role
from tests.handlers.presses import press
from tests.house import LAMP, STAFF
from tests.life.ledger import Ledger
from tests.life.people import ADMIN, COME_AND_GO, EVERYBODY, NAMES, ROLES, SUPPORTER, open_house, reach
from tests.moves import SENTENCE

T = TypeVar("T")
QUICK = "/dev/shm" if Path("/dev/shm").is_dir() else None  # nobody cuts the power here: no need to wait for a disk
MOST = 4  # cases of one run
CATEGORIES = (LAMP, "pothole", "pothole", "tree_danger", "power_hazard", STAFF)
KINDS = (*CATEGORIES, SUGGESTION)  # what is filed
_which = st.integers(0, 11)
_anybody, _reporters = st.sampled_from(EVERYBODY), st.sampled_from(list(NAMES))
# Of each the first few are right; the others can come from a forged or an old button.
_GIVEN: dict[str, tuple[Any, ...]] = {
    "words": (SENTENCE, SENTENCE, SENTENCE, "", "کوتاه", "بلند " * 200),
    "no_photo": ("هوا تاریک بود", "باران می‌بارید", ""),
    "department": ("civil", "green", "transport", "center137", "inspection", "mayor_office", "nowhere"),
    "reason": ("budget", "law", "weather", "because"),
    "org": ("power", "gas", "nowhere"),
    "reference": ("12/345", "12", "—"),
    "category": (*CATEGORIES, "manhole", "nothing"),
    "place": (Spot(35.17, 47.8), Spot(address="میدان"), Spot(48.8, 2.3), Spot(), None),
    "photo": (1, 0),
    "parts": (("یک", "دو"), ()),
    "colleague": EVERYBODY,
    "date": (3, 4, 5, 10, 20, 0, -1),
}
_fields = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in _GIVEN.items()})


# A seed a move: Hypothesis repeats what it drew once, and cases would hardly get further than their first steps.
_seeds = st.lists(st.integers(0, 2**32 - 1), min_size=2, max_size=8)
# What leads a case on is offered more often than what repairs it, and that more often than what ends it at once.
_FORWARD: tuple[str, ...] = (
    "accept",
    "done",
    "refer",
    "route",
    "ask",
    "answer",
    "half",
    "unsolved",
    "solved",
    "contest",
    "change",
    "keep",
)
_FORWARD += ("adopt", "plan", "study", "decline", "re-adopt", "re-plan", "re-study", "publish")
_FORWARD += ("reopen", "refuse", "seen-open", "hand", "unreached", "recategorise", "give-up", "external", "pass-on")
_LAST = ("withdraw", "undo", "merge", "leave", "note", "take-back")


def plausible(chance: Random) -> dict[str, Any]:
    """Fields that are mostly right."""
    right = {name: chance.choice(values) for name, values in _GIVEN.items()}
    if chance.random() < 0.8:
        right |= {
            "words": SENTENCE,
            "no_photo": "هوا تاریک بود",
            "department": chance.choice(("civil", "green", "transport")),
        }
    return right


class Life(RuleBasedStateMachine):
    """One database a run, one loop in which everything happens."""

    @initialize(reports=st.lists(st.tuples(_reporters, st.sampled_from(KINDS), st.booleans()), min_size=2, max_size=3))
    def open(self, reports: list[tuple[int, str, bool]]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="life-", dir=QUICK))
        self.loop = asyncio.Runner()
        self.home = self.run(open_house(self.folder))
        self.schedule = Schedule(self.home.store, self.home.clock, self.home.city)
        self.cases: list[int] = []
        self.ledger = Ledger()
        for report in reports:
            self.files(*report)

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        return self.loop.run(doing)

    def teardown(self) -> None:
        if hasattr(self, "loop"):
            if hasattr(self, "home"):
                self.run(self.home.store.close())
            self.loop.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    @invariant()
    def holds(self) -> None:
        if hasattr(self, "ledger"):  # there is nothing yet before the first rule
            self.run(self.ledger.check(self.home))

    # filing

    @precondition(lambda self: len(self.cases) < MOST)
    @rule(user=_reporters, category=st.sampled_from(KINDS), phone=st.booleans())
    def file(self, user: int, category: str, phone: bool) -> None:
        self.files(user, category, phone)

    def files(self, user: int, category: str, phone: bool) -> None:
        try:
            made = self.run(self.suggests(user) if category == SUGGESTION else self.files_report(user, category))
        except Refused as refused:
            self.explains(refused)
            return
        self.cases.append(made)
        if phone and category not in (STAFF, SUGGESTION):
            self.run(self.sets(made, channel="phone"))

    async def files_report(self, user: int, category: str) -> int:
        return (await self.home.files(user, category)).id

    async def suggests(self, user: int) -> int:
        async with self.home.work(user) as work:
            idea = Draft(((0, "نیمکت‌های سایه‌دار در بوستان بگذارید"),), public=True)
            return (await suggest(work, self.home.city, "expert", idea)).id

    async def sets(self, case: int, **values: Any) -> None:
        async with self.home.work() as work:
            work.set(tables.cases, case, **values)

    # moving

    @rule(which=_which, user=_anybody, arrow=st.sampled_from(list(ARROWS)), fields=_fields)
    def tries(self, which: int, user: int, arrow: str, fields: dict[str, Any]) -> None:
        """Whatever comes to somebody's mind."""
        self.run(self.moves(which, user, arrow, fields))

    # Twice, since in each run Hypothesis leaves some rules out: without this one little happens.
    @rule(seeds=_seeds)
    def go_on(self, seeds: list[int]) -> None:
        self.do(seeds)

    @rule(seeds=_seeds)
    def go_further(self, seeds: list[int]) -> None:
        self.do(seeds)

    def do(self, seeds: list[int]) -> None:
        """Several things after each other that somebody's buttons offer."""
        for seed in seeds:
            self.run(self.offered(Random(seed)))
            self.holds()

    async def offered(self, chance: Random) -> None:
        which = chance.randrange(MOST)
        case = await self.case(which)
        open_: dict[str, list[int]] = {}
        for user in EVERYBODY:
            for arrow in allowed(case.state, stands(*await self.standing(user), case), case.kind):
                open_.setdefault(arrow, []).append(user)
        forward = [arrow for arrow in open_ if arrow in _FORWARD]
        repairs = [arrow for arrow in open_ if arrow not in (*_FORWARD, *_LAST)]
        arrows = chance.choices((forward, repairs, list(open_)), (30, 8, 2))[0] or list(open_)
        if arrows:
            arrow = chance.choice(arrows)
            user = chance.choice(open_[arrow])
            note(f"{user} {arrow} {self.cases.index(case.id)} ({case.state})")
            await self.moves(which, user, arrow, plausible(chance))

    async def standing(self, user: int) -> tuple[int, list[Role]]:
        """The person, and the roles that they have now."""
        person = await self.person(user)
        rows = await self.home.rows("SELECT role, department FROM roles WHERE person_id = ? AND revoked_at = 0", person)
        return person, [Role(*row) for row in rows]

    async def case(self, which: int) -> CaseRow:
        [case] = await self.home.store.read(BY_ID, case_id=self.cases[which % len(self.cases)])
        return case

    async def moves(self, which: int, user: int, arrow: str, fields: dict[str, Any]) -> None:
        if arrow == "take-back":  # its fields are no person's: it has its own rule
            return
        case = await self.case(which)
        given = {**fields, "into": self.cases[0], "date": await self.noon(fields["date"])}
        given["colleague"] = await self.person(fields["colleague"])
        try:
            async with self.home.work(user) as work:
                await move_case(work, self.home.city, as_whom(work, case), case, arrow, Fields(**given))
        except Refused as refused:
            self.explains(refused)
            assert await self.case(which) == case

    async def noon(self, days: int) -> int:
        """When work ends on a day ahead, or its noon where nobody works."""
        at = self.home.clock.now() + days * DAY
        return self.home.city.calendar.closing(at) or at

    async def person(self, user: int) -> int:
        [(person,)] = await self.home.rows("SELECT person_id FROM accounts WHERE user_id = ?", user)
        number: int = person
        return number

    def explains(self, refused: Refused) -> None:
        """Each refusal has a reason that can be said."""
        for lang in ("fa", "en"):
            args: dict[str, Any] = dict(refused.args_)
            assert refused.text in self.home.city.texts.ids(lang), refused.text
            assert self.home.city.texts.line(lang, refused.text, **args)

    @rule(which=_which, user=_anybody, arrow=st.sampled_from(list(ARROWS)), old=st.integers(0, 2))
    def presses(self, which: int, user: int, arrow: str, old: int) -> None:
        """A button of a card, mostly of one that is no longer true."""
        case = self.run(self.case(which))
        self.run(press(self.home, user, "v-move", f"{case.id}.{arrow}", case.version - old))
        if old:
            assert self.run(self.case(which)) == case, "an old button moved a case"

    @rule(which=_which, user=_anybody, old=st.sampled_from([0, 0, 0, 1]), late=st.booleans())
    def takes_back(self, which: int, user: int, old: int, late: bool) -> None:
        case = self.run(self.case(which))
        if late:
            self.home.clock.turn(MINUTE)
        self.run(self.back(case, user, old))

    async def back(self, case: CaseRow, user: int, old: int) -> None:
        try:
            async with self.home.work(user) as work:
                await take_back(work, self.home.city, case, case.version - old)
        except Refused as refused:
            self.explains(refused)
        except NotFound:
            pass

    @rule(which=_which, vote=st.sampled_from(["solved", "half", "unsolved", ""]))
    def supports(self, which: int, vote: str) -> None:
        """Somebody has this too, and says how it is."""
        self.run(self.joins(which, vote))

    async def joins(self, which: int, vote: str) -> None:
        case, me = await self.case(which), await self.person(SUPPORTER)
        if case.private or case.person_id == me:
            return
        rows = await self.home.rows("SELECT id FROM supporters WHERE case_id = ?", case.id)
        async with self.home.work(SUPPORTER) as work:
            if rows:
                work.set(tables.supporters, rows[0][0], vote=vote)
            else:
                work.add(tables.supporters, case_id=case.id, person_id=me, created_at=work.now)
                work.set(tables.cases, case.id, supporters=1)

    # time

    @rule(time=st.sampled_from([HOUR, 9 * HOUR, 15 * HOUR, 3 * DAY, 5 * DAY, 8 * DAY, 21 * DAY]))
    def turns(self, time: int) -> None:
        self.home.clock.turn(time)
        quiet = bool(held_for(self.home.city, self.home.clock.now()))
        before = self.run(self.home.rows("SELECT count(*) FROM events"))
        self.run(self.schedule.due())
        if quiet:
            assert self.run(self.home.rows("SELECT count(*) FROM events")) == before, "a case was moved at night"
        left = self.run(
            self.home.rows("SELECT job FROM timers WHERE done_at = 0 AND due_at <= ?", self.home.clock.now())
        )
        assert not left or (quiet and not {job for (job,) in left} & set(AT_ANY_HOUR)), "what is due was not done"

    # people

    @rule(user=st.sampled_from(list(ROLES)), on=st.booleans())
    def is_at_work(self, user: int, on: bool) -> None:
        self.run(self.duty(user, on))

    async def duty(self, user: int, on: bool) -> None:
        async with self.home.work(user) as work:
            await set_duty(work, on=on)

    @rule(user=st.sampled_from(COME_AND_GO))
    def comes_or_goes(self, user: int) -> None:
        self.run(self.changes_hands(user))

    async def changes_hands(self, user: int) -> None:
        """An admin takes their role from them, or invites them again."""
        person = await self.person(user)
        rows = await self.home.rows("SELECT id FROM roles WHERE person_id = ? AND revoked_at = 0", person)
        try:
            if rows:
                async with self.home.work(ADMIN) as work:
                    await revoke(work, self.home.city, rows[0][0])
            else:
                async with self.home.work() as work:
                    code = do_invite(work, self.home.city.pack, *ROLES[user])
                async with self.home.work(user) as work:
                    await accept_invitation(work, self.home.city, code, str(user))
        except Refused as refused:
            self.explains(refused)

    @rule(user=_reporters, reachable=st.booleans())
    def blocks_the_bot(self, user: int, reachable: bool) -> None:
        self.run(reach(self.home, user, reachable=reachable))


def settings_of(examples: int, steps: int) -> settings:
    """How long it goes on. What it finds is printed as it was found: making it shorter takes minutes."""
    phases = (Phase.reuse, Phase.generate)
    off = list(HealthCheck)
    return settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, phases=phases, suppress_health_check=off
    )
