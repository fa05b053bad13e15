"""One move of a case while it is made: who makes it, with what, and what changes by it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.actions.city import City
from bot.actions.fields import Fields
from bot.actions.staff import Staff, desk_of
from bot.domain.case import ENDED, Arrow, State, Who
from bot.domain.rank import rank
from bot.store.cases import CaseRow
from bot.store.timers import arm
from bot.store.work import Work


def rank_of(case: CaseRow) -> int:
    """The place in lists of a case that is like this."""
    return rank(
        case.id,
        case.created_at,
        case.target_at,
        urgent=bool(case.urgent),
        reopened=case.reopened,
        supporters=case.supporters,
    )


@dataclass(slots=True)
class Move:
    """`case` is as it was read; `after` as it will be. `data` goes with the event; `event` is the event's id."""

    work: Work
    city: City
    who: frozenset[Who]
    case: CaseRow
    arrow: str
    way: Arrow
    fields: Fields
    staff: Staff
    event: int
    changes: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def me(self) -> int | None:
        """Who moves it; None for the clock."""
        return self.work.who.id if self.work.who else None

    @property
    def now(self) -> int:
        return self.work.now

    @property
    def after(self) -> CaseRow:
        return self.case._replace(**{key: value for key, value in self.changes.items() if key in CaseRow._fields})

    def change(self, **values: Any) -> None:
        """Columns of the case that this move changes."""
        self.changes.update(values)

    def to_department(self, department: str) -> None:
        """It goes to the desk of this department, or to the centre while nobody is there; nobody holds it any more."""
        self.data |= {"department": department, "was": self.case.desk}
        desk = desk_of(self.staff, department, bool(self.after.private))
        self.change(department=department, desk=desk, holder_id=None, claimed_by=None, claimed_until=0)

    def keep_held(self) -> None:
        """Where the desk has lost its people, or the holder their place there: the one that has some, and no holder."""
        case, private = self.after, bool(self.after.private)
        if not self.staff.at(case.desk, private=private):
            self.change(desk=desk_of(self.staff, case.department, private))
        if case.holder_id and not self.staff.is_at(case.holder_id, self.after.desk, private=private):
            self.change(holder_id=None, state=State.REFERRED if case.state == State.IN_PROGRESS else case.state)
            self.change(resume=State.REFERRED if case.resume == State.IN_PROGRESS else case.resume)

    def settle(self) -> None:
        """What follows from the other changes: its place in lists, the moment of its end, a new version."""
        case = self.after
        if case.state in ENDED and not case.ended_at:
            self.change(ended_at=self.now)
        elif case.state not in ENDED and case.ended_at:
            self.change(ended_at=0)
        place = rank_of(case)
        if place != case.rank:
            self.change(rank=place)
        if self.changes:
            self.change(version=self.case.version + 1, updated_at=self.now)  # never back, not even by a take-back
        if case.state != self.case.state and "move_id" not in self.changes:
            self.change(move_id=self.event)
        if case.target_at and case.target_at != self.case.target_at and case.target_at > self.now:
            arm(self.work, "late", case.id, case.target_at)

    @property
    def end(self) -> State:
        """Where the arrow leads."""
        if self.way.back:
            return State(self.case.resume or State.RECEIVED)
        return self.way.end or State(self.case.state)
