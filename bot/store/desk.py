"""The desk's lists and counts. All are ordered by rank, what presses most first, and paged by it.

Each list comes in three forms: of one desk (`desk`), of some (`desks`, a JSON list of keys), and of all ordinary cases.
Private cases are in the first two only where `private` is 1.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Text, bindparam, column, func, literal_column, select, text, update

from bot.domain import case as domain
from bot.domain.rank import rank_at
from bot.store.statements import Count, Query, Statement, word
from bot.store.tables import IS_OPEN, WORK_BY_TARGET, cases, events


class DeskLine(NamedTuple):
    """What a list of the desk shows of a case. `id` is its place in the list; `case_id` the case."""

    id: int
    case_id: int
    code: str
    category: str
    area: str
    state: str
    closed_how: str
    urgent: bool
    created_at: int
    target_at: int | None
    holder_id: int | None
    reopened: int
    supporters: int
    kind: str


class WasRow(NamedTuple):
    was: str


_line = [cases.c.rank, cases.c.id, *(cases.c[name] for name in DeskLine._fields[2:])]
_desks = func.json_each(bindparam("desks", type_=Text)).table_valued(column("value", Text))
_here = cases.c.desk.in_(select(_desks.c.value).scalar_subquery()) & (cases.c.private <= bindparam("private"))
_at = (cases.c.desk == bindparam("desk")) & (cases.c.private <= bindparam("private"))
_ordinary = cases.c.private == word("0")
_now: Any = bindparam("now", type_=BigInteger)
_soon: Any = bindparam("soon", type_=BigInteger)
_me: Any = bindparam("me", type_=BigInteger)


def _in(states: frozenset[domain.State]) -> ColumnElement[bool]:
    return cases.c.state.in_([word(state) for state in sorted(states)])


def _set_aside(states: frozenset[domain.State]) -> ColumnElement[bool]:
    """The same where SQLite is not to go state by state."""
    return literal_column("+cases.state", Text).in_([word(state) for state in sorted(states)])


_is_open: ColumnElement[bool] = text(IS_OPEN)  # type: ignore[assignment]
_is_work: ColumnElement[bool] = text(WORK_BY_TARGET)  # type: ignore[assignment]
# By rank the late ones stand before all that are due later, so that a page of them is found at once; counted, and
# those that are soon due, they are found by their target.
_late = (cases.c.rank < rank_at(_now)) & (cases.c.target_at < _now)
_was_due = cases.c.target_at < _now
_due = (cases.c.target_at >= _now) & (cases.c.target_at < _soon)
LISTS: dict[str, tuple[ColumnElement[bool], ...]] = {
    "new": (_is_open, _in(domain.NEW), cases.c.holder_id.is_(None)),
    "mine": (_is_open, cases.c.holder_id == _me, _in(domain.WORK | {domain.State.NEED_INFO})),
    "late": (_is_open, _in(domain.WORK), _late),
    "due": (_is_work, _due),
    "waiting": (_is_open, cases.c.state == word("need_info")),
    "reopened": (_is_open, cases.c.state == word("reopened")),
    "external": (_is_open, cases.c.state == word("external"), cases.c.reference == word("")),
    "contested": (_is_open, cases.c.state == word("contested")),
}
COUNT_BY: dict[str, tuple[ColumnElement[bool], ...]] = {"late": (_is_work, _was_due)}
BY_TARGET = frozenset({"due"})
OWN = frozenset({"mine"})  # these need no desk: a holder's cases are theirs


COUNTED = 1_000  # counts stop there: nobody reads on, and counting all that is late costs 50 ms among a million
_COUNTED = literal_column(str(COUNTED), BigInteger)


class DeskList(NamedTuple):
    """Three queries of one list: the rows after a rank, those before it, and how many are before it, a thousand at
    most. All take `key`.
    """

    older: Query[DeskLine]
    newer: Query[DeskLine]
    ahead: Query[Count]


def _list(name: str, *where: ColumnElement[bool], given: tuple[ColumnElement[bool], ...] = ()) -> DeskList:
    given = given or LISTS[name]
    counted = COUNT_BY.get(name, given)
    key: Any = bindparam("key", type_=BigInteger)
    most: Any = bindparam("most")
    # A unary plus keeps SQLite from going by rank where the target finds fewer.
    rank = cases.c.rank if name not in BY_TARGET else _aside(cases.c.rank)
    rows = select(*_line).where(*given, *where)
    before = cases.c.rank < key if counted is given and name not in BY_TARGET else _aside(cases.c.rank) < key
    some = select(literal_column("1")).select_from(cases).where(*counted, *where, before).limit(_COUNTED).subquery()
    return DeskList(
        Query(rows.where(rank > key).order_by(rank).limit(most), DeskLine),
        Query(rows.where(rank < key).order_by(rank.desc()).limit(most), DeskLine),
        Query(select(func.count()).select_from(some), Count),
    )


def _aside(given: Any) -> Any:
    return literal_column(f"+cases.{given.name}", BigInteger)


def _at_one(name: str) -> DeskList:
    """Of one desk, as most officials have: SQLite goes by rank there, and stops when the page is full."""
    if name == "new":
        return _list(name, _is_work, _at, given=(_set_aside(domain.NEW), cases.c.holder_id.is_(None)))
    if name == "late":
        return _list(name, _at, given=(_is_work, _late))
    return _list(name, _at)


HERE = {name: _list(name) if name in OWN else _list(name, _here) for name in LISTS}
ONE = {name: HERE[name] if name in OWN else _at_one(name) for name in LISTS}
ALL = {name: _list(name, _ordinary) for name in LISTS if name not in OWN}

# Where a case was before: who had it on their desk is told that it went on.
_was = func.json_extract(events.c.data, literal_column("'$.was'"))
WAS_HERE = Query(
    select(_was).where(events.c.case_id == bindparam("case_id"), _was.is_not(None)).distinct(),
    WasRow,
)

# Departments get and lose people: the cases of one without any are on the centre's desk.
_open_at: Any = (cases.c.desk == bindparam("from_"), cases.c.department == bindparam("department"), _is_open)
MOVE_DESK = Statement(  # what a dispatcher has in hand already stays with them
    update(cases)
    .where(*_open_at, cases.c.private == 0, cases.c.holder_id.is_(None), cases.c.state != word("contested"))
    .values(desk=bindparam("to"))
)
EMPTY_DESK = Statement(
    update(cases).where(cases.c.desk == bindparam("from_"), cases.c.private == 0, _is_open).values(desk=bindparam("to"))
)
MOVE_PRIVATE = Statement(
    update(cases).where(cases.c.private == 1, cases.c.desk == bindparam("from_"), _is_open).values(desk=bindparam("to"))
)
HELD_AT = Query(
    select(cases.c.id)
    .where(
        _is_open,
        cases.c.desk == bindparam("desk"),
        cases.c.private == bindparam("private"),
        cases.c.holder_id.is_not(None),
    )
    .order_by(cases.c.id),
    Count,
)
# How many these would bring there; officials are told.
_many = select(func.count()).select_from(cases)
COUNT_DESK = Query(_many.where(*_open_at, cases.c.private == 0, cases.c.state != word("contested")), Count)
COUNT_EMPTY = Query(_many.where(cases.c.desk == bindparam("from_"), cases.c.private == 0, _is_open), Count)
COUNT_PRIVATE = Query(_many.where(cases.c.private == 1, cases.c.desk == bindparam("from_"), _is_open), Count)
HELD_BY = Query(
    select(cases.c.id).where(_is_open, cases.c.holder_id == bindparam("person_id")).order_by(cases.c.id), Count
)
