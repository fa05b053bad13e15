"""The log: what happened to cases and to people, in one list by their ids, which the process gives in order.

Rows are only ever added. Events of cases on staff conduct are not in it: those are inspection's alone.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, case, func, literal_column, null, or_, select, union_all

from bot.store.statements import Query, word
from bot.store.tables import cases, events, remarks, staff_events


class LogRow(NamedTuple):
    """`words`: what an official wrote with it. `code`: of the case, "" for what is about people. `named`: whether who
    did it acted as an official, and may be named.
    """

    id: int
    at: int
    kind: str
    person_id: int | None
    about_id: int | None
    by: str
    data: str
    words: str
    code: str
    named: bool


_TOLD_BY_STAFF: list[Any] = [literal_column("'sender-blocked'"), literal_column("'sender-unblocked'")]
_as_official = case(
    (or_(events.c.by.in_([word("citizen"), word("supporter")]), events.c.person_id == cases.c.person_id), 0), else_=1
)
_none: Any = null()
_empty: Any = word("")


def _words_of(event_id: Any) -> Any:
    """What an official wrote with an event; what they only passed on from a caller is not theirs."""
    theirs = (remarks.c.event_id == event_id) & (remarks.c.part == word("words"))
    found = select(remarks.c.words).where(theirs).limit(literal_column("1")).scalar_subquery()
    return func.coalesce(found, _empty)


_case_words = case((events.c.by == word("call"), _empty), else_=_words_of(events.c.id))
_of_cases = (
    select(
        *(events.c[name] for name in ("id", "at", "kind", "person_id")),
        _none.label("about_id"),
        events.c.by,
        events.c.data,
        _case_words.label("words"),
        cases.c.code,
        _as_official.label("named"),
    )
    .join_from(events, cases, events.c.case_id == cases.c.id)
    .where(cases.c.private == 0, events.c.kind.not_in(_TOLD_BY_STAFF))
)
_event = func.json_extract(staff_events.c.data, literal_column("'$.event'"))
_code = func.coalesce(func.json_extract(staff_events.c.data, literal_column("'$.code'")), _empty)
_of_staff = select(
    *(staff_events.c[name] for name in ("id", "at", "kind", "person_id", "about_id")),
    _empty.label("by"),
    staff_events.c.data,
    _words_of(_event).label("words"),
    _code.label("code"),
    literal_column("1").label("named"),
)


def _both(first: Any, second: Any, *, down: bool) -> Query[LogRow]:
    """The nearest of both on one side of a key."""

    def near(rows: Select[Any], id_: Any, way: Any) -> Any:
        return select(rows.where(way).order_by(id_.desc() if down else id_).limit(bindparam("most")).subquery())

    both = union_all(near(_of_cases, events.c.id, first), near(_of_staff, staff_events.c.id, second)).subquery()
    order = both.c.id.desc() if down else both.c.id
    return Query(select(both).order_by(order).limit(bindparam("most")), LogRow)


_key: Any = bindparam("key")
LOG_OLDER = _both(events.c.id < _key, staff_events.c.id < _key, down=True)
LOG_NEWER = _both(events.c.id > _key, staff_events.c.id > _key, down=False)
