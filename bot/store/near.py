"""Cases near a point. An index keeps them by the square of a thousandth of a degree that they lie in (`tables.SQUARE`).

A look-up names the squares that its box touches, and the exact distance is taken here. An R*Tree over all cases reads
every case of a dense street, of whatever kind and age: 95 ms at p99 among a million, where squares take 0.3
(docs/decisions/0007).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import orjson
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Text,
    bindparam,
    column,
    func,
    literal_column,
    select,
    text,
)

from bot.domain import geo
from bot.domain.case import REPORT
from bot.domain.geo import Box, Point
from bot.store.statements import Query, word
from bot.store.tables import IS_OPEN, IS_WORK, SQUARE, cases
from bot.store.work import Work

WIDER = (60, 250, 1_000, 5_000)  # metres: who stands in the field looks farther until there is enough to do
_MOST = 500  # similar ones that are looked at: a storm that reports one square by the thousand must not slow it down
PLACE_CHANNEL = "place"  # of cases that nobody reported: they ask why something comes back
_ROW = 1_000_000  # between a square and the one north of it


class SimilarRow(NamedTuple):
    """An open case that somebody else may have meant. Only what may be shown of it is to be shown."""

    id: int
    code: str
    category: str
    area: str
    state: str
    closed_how: str
    lat: float
    lon: float
    created_at: int
    supporters: int
    person_id: int
    public: bool
    published: bool
    hidden: bool


class FieldRow(NamedTuple):
    """What an official in the street is shown of a case."""

    id: int
    code: str
    category: str
    area: str
    state: str
    desk: str
    lat: float
    lon: float
    address: str
    landmark: str
    urgent: bool
    target_at: int | None
    created_at: int


class PlaceRow(NamedTuple):
    """A case of a place. `channel`: PLACE_CHANNEL for one that asks for the cause of others."""

    id: int
    code: str
    channel: str
    lat: float
    lon: float


class _Placed(Protocol):
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


RowT = TypeVar("RowT", bound=_Placed)


@dataclass(frozen=True, slots=True)
class Around:
    """A circle: how near is near."""

    point: Point
    radius_m: float


class Near(NamedTuple, Generic[RowT]):
    """A case and how far it is."""

    metres: float
    case: RowT


_square = literal_column(f"({SQUARE})", BigInteger)
_each = func.json_each(bindparam("squares", type_=Text)).table_valued(column("value", Text))
_listed = _square.in_(select(_each.c.value).scalar_subquery())
_first, _last = (func.json_extract(_each.c.value, literal_column(f"'$[{end}]'")) for end in (0, 1))
_in_row = _square.between(_first, _last)
_in_box = cases.c.lat.between(bindparam("south"), bindparam("north")) & cases.c.lon.between(
    bindparam("west"), bindparam("east")
)
_of_kind = (cases.c.category == bindparam("category")) & (cases.c.created_at > bindparam("since"))
_ordinary = cases.c.private == literal_column("0")


def _columns(row: Any) -> list[ColumnElement[Any]]:
    return [cases.c[name] for name in row._fields]


_reported = cases.c.channel != word(PLACE_CHANNEL)
_similar = select(*_columns(SimilarRow)).where(_listed, _in_box, _of_kind, _ordinary, _reported, text(IS_OPEN))
SIMILAR = Query(_similar.limit(literal_column(str(_MOST))), SimilarRow)
_happened = cases.c.state.not_in([word("cancelled"), word("merged")])
SAME_PLACE = Query(select(*_columns(PlaceRow)).where(_listed, _in_box, _of_kind, _happened), PlaceRow)
# A plus keeps SQLite from an index of states or desks: the squares are few, what is open anywhere is not.
_work = (
    select(*_columns(FieldRow))
    .select_from(_each.join(cases, _in_row))
    .where(_in_box, _ordinary, text(IS_OPEN), text(f"+{IS_WORK}"), cases.c.kind == word(REPORT))
)
_desks = select(func.json_each(bindparam("desks", type_=Text)).table_valued(column("value", Text)).c.value)
NEAREST = Query(_work, FieldRow)
_at_desks = literal_column("+desk", Text).in_(_desks.scalar_subquery())
NEAREST_AT = Query(_work.where(_at_desks), FieldRow)
_in_my_hands = cases.c.holder_id.is_(None) | (cases.c.holder_id == bindparam("me"))
NEAREST_MINE = Query(_work.where(_at_desks, _in_my_hands), FieldRow)


async def near(work: Work, category: str, around: Around, since: int, most: int) -> list[Near[SimilarRow]]:
    """The open cases of this kind in the circle that were filed after `since`, nearest first, at most so many."""
    found: list[Near[SimilarRow]] = []
    for radius in (around.radius_m / 4, around.radius_m):  # where cases lie close together the first is enough
        circle = Around(around.point, radius)
        rows = await work.query(SIMILAR, category=category, since=since, **_in_squares(circle))
        found = _sorted(rows, circle)
        if len(found) >= most:
            break
    return found[:most]


async def list_same_place(work: Work, category: str, around: Around, since: int) -> list[PlaceRow]:
    """The cases of this kind that were filed in the circle after `since`, oldest first, whatever became of them; none
    taken back, none merged away.
    """
    rows = await work.query(SAME_PLACE, category=category, since=since, **_in_squares(around))
    return sorted(each.case for each in _sorted(rows, around))


async def same_place(work: Work, category: str, around: Around, since: int) -> int:
    """How many of them were reported."""
    rows = await list_same_place(work, category, around, since)
    return sum(row.channel != PLACE_CHANNEL for row in rows)


async def nearest(work: Work, point: Point, most: int, desks: Iterable[str] | None = None) -> list[Near[FieldRow]]:
    """The ordinary cases nearest to a point where something is to be done, at most so many; at these desks, or all."""
    query, more = (NEAREST, {}) if desks is None else (NEAREST_AT, {"desks": orjson.dumps(list(desks)).decode()})
    return await _wider(work, query, point, most, more)


async def nearest_mine(work: Work, point: Point, most: int, desks: Iterable[str], me: int) -> list[Near[FieldRow]]:
    """The same at these desks, without what a colleague has accepted."""
    more = {"desks": orjson.dumps(list(desks)).decode(), "me": me}
    return await _wider(work, NEAREST_MINE, point, most, more)


async def _wider(
    work: Work, query: Query[FieldRow], point: Point, most: int, more: dict[str, Any]
) -> list[Near[FieldRow]]:
    found: list[Near[FieldRow]] = []
    for radius in WIDER:
        circle = Around(point, radius)
        found = _sorted(await work.query(query, **more, **_in_rows(circle)), circle)
        if len(found) >= most:
            break
    return found[:most]


def _sorted(rows: Iterable[RowT], around: Around) -> list[Near[RowT]]:
    """Those that are in the circle and not only in its box, nearest first; of equals the older."""
    found = [Near(geo.distance(around.point, (row.lat, row.lon)), row) for row in rows]
    return sorted((each for each in found if each.metres <= around.radius_m), key=lambda each: (each.metres, each.case))


def _in_squares(around: Around) -> dict[str, Any]:
    """The box of a small circle, and each square that it touches."""
    west, south, east, north = box = geo.around(around.point, around.radius_m)
    rows = range(int(south * 1000), int(north * 1000) + 1)
    squares = [row * _ROW + at for row in rows for at in range(int(west * 1000), int(east * 1000) + 1)]
    return {"squares": orjson.dumps(squares).decode(), **_edges(box)}


def _in_rows(around: Around) -> dict[str, Any]:
    """The box of a circle of any size, and the first and last square of each row that it touches."""
    west, south, east, north = box = geo.around(around.point, around.radius_m)
    rows = range(int(south * 1000), int(north * 1000) + 1)
    ends = [(row * _ROW + int(west * 1000), row * _ROW + int(east * 1000)) for row in rows]
    return {"squares": orjson.dumps(ends).decode(), **_edges(box)}


def _edges(box: Box) -> dict[str, float]:
    return dict(zip(("west", "south", "east", "north"), box, strict=True))
