"""Several reports of one problem become one: its people come along, and each is told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.actions.city import City
from bot.actions.fields import Fields
from bot.actions.move import as_whom, move_case
from bot.actions.notices import tell
from bot.actions.pushes import question, say
from bot.actions.similar import near_to
from bot.actions.staff import load_staff
from bot.actions.support import add_supporter, count_supporters
from bot.domain.case import ENDED, State, Who, is_allowed
from bot.domain.rights import sees
from bot.errors import Refused
from bot.store import cases, tables
from bot.store.cases import CaseRow
from bot.store.people import addresses
from bot.store.supporters import LEAVE_CASE, SUPPORT, SUPPORTERS
from bot.store.work import Work

_NEAR = 20  # that are merged with one tap, at most


@dataclass(slots=True)
class Gathered:
    """The people of merged cases: the codes that each knew, and who is new to where they went."""

    codes: dict[int, list[str]] = field(default_factory=dict)
    new: dict[int, int | None] = field(default_factory=dict)


def check_pair(work: Work, city: City, case: CaseRow, other: CaseRow | None) -> CaseRow:
    """The other one, when these two may become one. Raises Refused with the reason; of a case that who wrote may not
    see it says the same as of none.
    """
    if other is None or not sees(work.person.id, work.person.roles, other):
        raise _never(city, "unknown")
    if other.id == case.id:
        raise _never(city, "self")
    if case.kind or other.kind:
        raise _never(city, "suggestion")
    if case.private or other.private:
        raise _never(city, "private")
    if case.state in ENDED or other.state in ENDED:
        raise _never(city, "closed")
    return other


def _never(city: City, why: str) -> Refused:
    return Refused("desk-merge-bad", reason=lambda lang: city.texts.line(lang, f"desk-merge-why-{why}"))


async def list_near(work: Work, city: City, case: CaseRow) -> list[tuple[CaseRow, float]]:
    """The similar ones about a case that who wrote could merge it with, nearest first, with the metres between."""
    if case.lat is None or case.lon is None:
        return []
    found: list[tuple[CaseRow, float]] = []
    for metres, row in await near_to(work, city, case.category, (case.lat, case.lon), _NEAR + 1):
        other = await work.first(cases.BY_ID, case_id=row.id)
        if other and other.id != case.id and _is_free(work, other):
            found.append((other, metres))
    return found


def _is_free(work: Work, case: CaseRow) -> bool:
    """Whether who wrote may merge it away, and no colleague has it open."""
    who = as_whom(work, case)
    theirs = case.claimed_until > work.now and case.claimed_by not in (None, work.person.id)
    return is_allowed("merge", case.state, who, case.kind) and (not theirs or Who.MANAGER in who)


async def merge_case(work: Work, city: City, case: CaseRow, into: CaseRow) -> tuple[CaseRow, int]:
    """Make it one with `into`; answers that as it will be, and how many people were told.

    Raises Refused as `check_pair` and `move_case`; then nothing is staged.
    """
    check_pair(work, city, case, into)
    return await _merge(work, city, [case], into)


async def merge_near(work: Work, city: City, into: CaseRow) -> tuple[CaseRow, int]:
    """The same for all that `list_near` names. Raises Refused where there is none (any more)."""
    near = [case for case, _ in await list_near(work, city, into)]
    if not near or into.private or into.state in ENDED:
        raise _never(city, "closed")
    return await _merge(work, city, near, into)


async def _merge(work: Work, city: City, merged: Sequence[CaseRow], into: CaseRow) -> tuple[CaseRow, int]:
    gathered, staff = Gathered(), await load_staff(work)
    for case in merged:
        people = [case.person_id, *(row.person_id for row in await work.query(SUPPORTERS, case_id=case.id))]
        await move_case(work, city, as_whom(work, case), case, "merge", Fields(into=into.id, code=into.code))
        work.do(LEAVE_CASE, case_id=case.id, now=work.now)
        for person in people:
            gathered.codes.setdefault(person, []).append(case.code)
        holder = staff.one(case.holder_id)
        if holder and holder.person_id != work.person.id:
            tell(work, city, [holder], into, "desk-merged-away", old=city.reader(holder).code(case.code))
    return await _take_in(work, into, gathered), await _tell(work, city, into, gathered)


async def _take_in(work: Work, into: CaseRow, gathered: Gathered) -> CaseRow:
    """Each of them shares the case, once; its own reporter does not."""
    for person in gathered.codes:
        row = await work.first(SUPPORT, case_id=into.id, person_id=person)
        if person != into.person_id and (row is None or row.left_at):
            gathered.new[person] = row.id if row else None
    for person, again in gathered.new.items():
        add_supporter(work, into.id, person, again)
    codes = [code for known in gathered.codes.values() for code in known]
    _note(work, into, dict.fromkeys(codes))
    return count_supporters(work, into, into.supporters + len(gathered.new))


def _note(work: Work, into: CaseRow, codes: Iterable[str]) -> None:
    for code in codes:
        event = {"kind": "gathered", "at": work.now, "person_id": work.person.id, "by": "unit"}
        work.add(tables.events, case_id=into.id, data=f'{{"code":"{code}"}}', **event)


async def _tell(work: Work, city: City, into: CaseRow, gathered: Gathered) -> int:
    found = await addresses(work, gathered.codes)
    for person, to in found.items():
        reader = city.reader(to)
        old = reader.codes(gathered.codes[person])
        screens = [reader.screen(reader.rich("push-merged", old=old, code=reader.code(into.code)))]
        if into.state == State.DONE and person in gathered.new:
            screens.append(question(into, reader, own=False))
        say(work, city, to, screens, into.id, f"merged-{into.id}-{work.now}")
    return len(found)
