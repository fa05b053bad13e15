"""What is asked. A look is a name and a question about a case that was picked at random; a new one is measured too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from benchmarks.cases.town import OFFICIALS, STEP
from bot.clock import DAY
from bot.store import cases, desk, near, search
from bot.store.desk import DeskList
from bot.store.near import Around
from bot.store.search import Sought
from bot.store.statements import Query
from bot.store.work import Work

PAGE = 6  # rows of a list on a phone
_DENSE, _WIDE = 60, 250  # metres within which the pack looks for similar cases: the least and the most
_YEAR = 365 * DAY


class Picked(NamedTuple):
    """The case that is asked about. `words` is what it is found by, `other` the category of another case."""

    id: int
    code: str
    person_id: int
    category: str
    area: str
    state: str
    desk: str
    lat: float
    lon: float
    created_at: int
    words: str
    other: str
    now: int

    @property
    def point(self) -> tuple[float, float]:
        return self.lat, self.lon

    def word(self, at: int) -> str:
        """One of its words, another for another number."""
        words = [word for word in self.words.split() if len(word) > 2]
        return words[(self.id // 7 + at) % len(words)]


@dataclass(frozen=True, slots=True)
class Look:
    name: str
    ask: Callable[[Work, Picked], Awaitable[object]]


def query(name: str, asked: Query[Any], params: Callable[[Picked], Mapping[str, Any]]) -> Look:
    """A look that is one query."""
    return Look(name, lambda work, picked: work.query(asked, **params(picked)))


def found(name: str, sought: Callable[[Picked], Sought], asked: Query[Any] = search.FOUND_OLDER) -> Look:
    """The first page of what is sought, with the making of the query."""
    page = {"key": 0} if asked is search.FOUND_COUNT else {"key": cases.NEWEST, "most": PAGE}
    return Look(name, lambda work, picked: work.query(asked, **page, **sought(picked).params()))


def two_words(picked: Picked) -> Sought:
    return Sought(f"{picked.word(0)} {picked.word(1)}")


def narrowed(picked: Picked) -> Sought:
    return Sought(picked.word(0), category=picked.category, states=(picked.state,))


def on_desk(picked: Picked) -> dict[str, Any]:
    """Who looks at a desk's lists: one of its officials, of whom there are forty in all."""
    desks = orjson.dumps([picked.desk]).decode()
    me = 1 + picked.id // STEP % OFFICIALS
    times = {"now": picked.now, "soon": picked.now + 2 * DAY}
    return {"desk": picked.desk, "desks": desks, "private": 0, "me": me, **times}


def desk_page(picked: Picked) -> dict[str, Any]:
    return {**on_desk(picked), "key": 0, "most": PAGE}


def counts(name: str, lists: Mapping[str, DeskList]) -> Look:
    """What the desk's first screen shows: how many each list has."""

    async def ask(work: Work, picked: Picked) -> None:
        for each in lists.values():
            await work.query(each.ahead, key=cases.NEWEST, **on_desk(picked))

    return Look(name, ask)


CARD = (
    query("card: by id", cases.BY_ID, lambda p: {"case_id": p.id}),
    query("card: by code", cases.BY_CODE, lambda p: {"code": p.code}),
    query("card: timeline", cases.EVENTS, lambda p: {"case_id": p.id}),
    query("card: files", cases.FILES, lambda p: {"case_id": p.id, "after": False}),
    query("card: added words", cases.ADDED_WORDS, lambda p: {"case_id": p.id}),
)
MINE = (
    query("mine: page", cases.MINE_OLDER, lambda p: {"person_id": p.person_id, "key": cases.NEWEST, "most": PAGE}),
    query("mine: older", cases.MINE_OLDER, lambda p: {"person_id": p.person_id, "key": p.id, "most": PAGE}),
    query("mine: newer", cases.MINE_NEWER, lambda p: {"person_id": p.person_id, "key": p.id, "most": PAGE}),
    query("mine: count", cases.MINE_COUNT, lambda p: {"person_id": p.person_id, "key": 0}),
)
NEARBY = (
    Look("near: similar, 60 m", lambda w, p: near.near(w, p.category, Around(p.point, _DENSE), p.now - 90 * DAY, 3)),
    Look("near: similar, 250 m", lambda w, p: near.near(w, p.category, Around(p.point, _WIDE), p.now - 90 * DAY, 3)),
    Look("near: same place", lambda w, p: near.same_place(w, p.category, Around(p.point, 50), p.now - 90 * DAY)),
    Look("near: field, all", lambda w, p: near.nearest(w, p.point, PAGE)),
    Look("near: field, one desk", lambda w, p: near.nearest(w, p.point, PAGE, [p.desk])),
)
SEARCH = (
    found("search: a word", lambda p: Sought(p.word(0))),
    found("search: a begun word", lambda p: Sought(p.word(0)[:3])),
    found("search: two words", two_words),
    found("search: word, category", lambda p: Sought(p.word(0), category=p.category)),
    found("search: word, category, state", narrowed),
    found("search: word, desk", lambda p: Sought(p.word(0), desks=(p.desk,))),
    found("search: word, a month", lambda p: Sought(p.word(0), since=p.created_at - 30 * DAY, until=p.created_at)),
    found("search: area, state", lambda p: Sought(area=p.area, states=(p.state,))),
    found("search: category, a year", lambda p: Sought(category=p.category, since=p.now - _YEAR)),
    found("search: word of another category", lambda p: Sought(p.words.split()[0], category=p.other)),
    found("search: confidential", lambda p: Sought(p.word(0), least=1, most_private=1)),
    found("search: count of a word", lambda p: Sought(p.word(0)), search.FOUND_COUNT),
    found("search: count, narrowed", narrowed, search.FOUND_COUNT),
)
DESK = (
    *(query(f"desk: {name}", each.older, desk_page) for name, each in desk.ONE.items()),
    *(query(f"desk: {name}, everywhere", each.older, desk_page) for name, each in desk.ALL.items()),
    counts("desk: all counts", desk.ONE),
    counts("desk: all counts, everywhere", desk.ALL),
)
ALL = (*CARD, *MINE, *DESK, *NEARBY, *SEARCH)
