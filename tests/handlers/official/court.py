"""A house with everybody of the matrix in it, one case at each stage, and deeds that are never committed."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from bot.actions.fields import Fields, Spot
from bot.actions.invite import do_invite
from bot.actions.move import as_whom, move_case
from bot.clock import DAY
from bot.errors import Refused
from bot.store import tables
from bot.store.cases import CaseRow
from bot.store.work import Work
from bot.talk import rich
from bot.talk.buttons import Press
from handlers import table
from tests.handlers.official.matrix import PEOPLE, Button
from tests.handlers.presses import context_of, update_of
from tests.house import PLACE, STAFF, House
from tests.moves import SENTENCE, case_of, done, loses, moves
from tests.town import at_work

NOBODY = 999_999_999
WORDS = "پول خواست در اتاق هفت"
USERS = {name: 101 + number for number, name in enumerate(PEOPLE)}
COLLEAGUE, INSPECTOR = 201, 202
ROLES = {
    "dispatcher": ("dispatcher", ""),
    "officer": ("officer", "civil"),
    "other": ("officer", "green"),
    "manager": ("manager", "civil"),
    "mayor": ("manager", "mayor_office"),
    "inspection": ("officer", "inspection"),
    "editor": ("editor", ""),
    "admin": ("admin", ""),
    "revoked": ("officer", "civil"),
}
# What a case is, its story and its people: nothing of these may be staged for whoever may not.
GUARDED = (
    *("projects", "programmes", "posters", "news", "shown", "broadcasts", "renditions", "city_events"),
    *("cases", "events", "remarks", "additions", "attachments", "timers", "supporters", "roles", "invitations"),
)
_SUBJECTS = ("officer", "role", "invitation", "project", "poster", "message")
_NEWS = {"news": "draft", "scheduled": "scheduled", "published": "published"}
_CASTS = {"draft": "draft", "asking": "approval", "going": "sending", "paused": "paused"}
_new_users = itertools.count(1_000)


class _Undone(Exception):
    """Leaves a unit of work without its commit."""


@dataclass
class Court:
    home: House
    cases: dict[str, CaseRow] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    @contextlib.asynccontextmanager
    async def acting(self, name: str) -> AsyncIterator[Work]:
        """This person's work, of which nothing stays."""
        with contextlib.suppress(_Undone):
            async with self.home.work(USERS[name]) as work:
                yield work
                raise _Undone

    async def refusal(self, work: Work, case: CaseRow, arrow: str) -> str:
        """The text id of the reason, "" where it was moved. Nothing else may stop it: the fields are right."""
        hidden = case._replace(hidden=False, urgent=arrow == "not-urgent", public=True, published=False)
        try:
            await move_case(work, self.home.city, as_whom(work, hidden), hidden, arrow, self._fields(case))
        except Refused as refused:
            return refused.text
        return ""

    def _fields(self, case: CaseRow) -> Fields:
        calendar, now = self.home.city.calendar, self.home.clock.now()
        return Fields(
            words=SENTENCE,
            no_photo=SENTENCE,
            department="green",
            colleague=self.people["inspector" if case.private else "colleague"],
            date=next(filter(None, (calendar.closing(now + ahead * DAY) for ahead in range(5, 40)))),
            reason="law",
            org="power",
            reference="12",
            category="manhole",
            place=Spot(35.17, 47.8),
            photo=1,
            into=1,
            parts=("یک", "دو"),
        )

    async def sees(self, name: str, verb: str, button: Button, case: CaseRow | None) -> tuple[str, bool]:
        """What this person reads after the press, and whether it would change anything. No case: one that is not."""
        number, version = (case.id, case.version) if case else (NOBODY, 1)
        subject = {} if "{case}" in button.argument else await self._subject(button.argument, exists=case is not None)
        argument = button.argument.format(case=number, **subject)
        said: list[Any] = []
        changes = False
        async with self.acting(name) as work:
            context = context_of(self.home, work)
            round_ = _begin(work, button.dialogue, number, version)
            context.press = Press(verb, round_ or version, argument)
            await table.verbs()[verb](update_of(USERS[name], f"{verb}:1:{argument}"), context)
            said = [one.screen for one in work.said if one.account_id == work.person.account_id]
            touched = {row.name for row in work.inserts} | {key[0].name for key in work.updates}
            changes = bool(touched & set(GUARDED))
        return "\n".join(f"{rich.visible(one.text)} {one.media or ''} {one.pin or ''}" for one in said), changes

    async def _subject(self, argument: str, *, exists: bool) -> dict[str, int]:
        """A fresh officer of the unit, their role, or an open invitation."""
        if not exists:
            return dict.fromkeys(
                ("officer", "role", "invitation", "project", "poster", "message", *_NEWS, *_CASTS), NOBODY
            )
        found: dict[str, int] = {}
        if "{officer}" in argument or "{role}" in argument:
            found["officer"] = await self.home.gives(next(_new_users), "officer", "civil")
            [(found["role"],)] = await self.home.rows("SELECT id FROM roles WHERE person_id = ?", found["officer"])
        elif "{project}" in argument:
            async with self.home.work() as work:
                stamps = {"lat": None, "lon": None, "created_at": work.now, "updated_at": work.now}
                found["project"] = work.add(tables.projects, state="published", title="پارک", **stamps)
        elif "{invitation}" in argument:
            async with self.home.work() as work:
                do_invite(work, self.home.city.pack, "officer", "civil")
            [(found["invitation"],)] = await self.home.rows("SELECT max(id) FROM invitations")
        elif "{message}" in argument:
            async with self.home.work() as work:
                row = {"words": "سلام\n\nشهردار", "sha256": "", "created_at": work.now}
                found["message"] = work.add(tables.mayor_messages, **row)
        elif "{poster}" in argument:
            async with self.home.work() as work:
                found["poster"] = work.add(tables.posters, token=f"t{work.new_id()}", kind="bin", created_at=work.now)
        for name, state in _NEWS.items():
            if f"{{{name}}}" in argument:
                row = {"state": state, "title": "خبر", "words": "متن"}
                async with self.home.work() as work:
                    found[name] = work.add(tables.news, created_at=work.now, updated_at=work.now, **row)
        for name, state in _CASTS.items():
            if f"{{{name}}}" in argument:
                found[name] = await self._cast(state)
        return found

    async def _cast(self, state: str) -> int:
        """An announcement of somebody else's."""
        row = {"kind": "outage", "state": state, "title": "آب", "content": '{"texts": {"fa": "آب"}}', "size": 2}
        async with self.home.work() as work:
            return work.add(tables.broadcasts, created_at=work.now, **row)

    def leaks(self, seen: str) -> bool:
        """Whether somebody read of a case: its words, its topic, its code or its pin."""
        latin = seen.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
        codes = [f"{case.code[:4]} {case.code[4:]}" for case in self.cases.values()]
        return any(secret in latin for secret in (WORDS, str(PLACE.lat), *codes))


def _begin(work: Work, dialogue: str, case: int, version: int) -> int:
    """The person is in the middle of this dialogue about the case; answers its round."""
    if dialogue == "desk-form":
        draft = {"case": case, "version": version, "arrow": "refuse", "card": 0, "given": {}}
        return work.begin(dialogue, "reason", draft).version
    if dialogue:
        return work.begin(dialogue, "open", {"words": [[1, "و این"]], "said": [], "told": []}).version
    return 0


async def assemble(home: House) -> Court:
    """Everybody comes, and a case stands at each stage."""
    home.clock.turn(at_work().turned)
    court = Court(home)
    for name, user in USERS.items():
        if name in ROLES:
            court.people[name] = await home.gives(user, *ROLES[name])
        else:
            async with home.work(user) as work:
                court.people[name] = work.person.id
    court.people["colleague"] = await home.gives(COLLEAGUE, "officer", "civil")
    court.people["inspector"] = await home.gives(INSPECTOR, "officer", "inspection")
    await loses(home, USERS["revoked"])
    for stage in ("new", "asked", "done", "closed", "refused", "held", "private"):
        court.cases[stage] = await _at(court, stage)
    return court


async def _at(court: Court, stage: str) -> CaseRow:
    home, officer, reporter = court.home, USERS["officer"], USERS["reporter"]
    case = (await home.files(reporter, STAFF if stage == "private" else "pothole", WORDS)).id
    async with home.work() as work:
        work.add(tables.supporters, case_id=case, person_id=court.people["supporter"], created_at=work.now)
    if stage == "asked":
        await moves(home, officer, case, "ask", words="کدام کوچه؟")
    elif stage == "refused":
        await moves(home, officer, case, "refuse", words=SENTENCE, reason="law")
    elif stage == "held":
        await moves(home, officer, case, "accept")
    elif stage in ("done", "closed"):
        await done(home, officer, case)
    if stage == "closed":
        await moves(home, reporter, case, "solved")
    return await case_of(home, case)
