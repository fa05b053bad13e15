"""Lists that are paged by key: a button carries the last id shown, so that nothing is counted over and none is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from bot.store.cases import NEWEST
from bot.store.statements import Count, Query
from bot.store.work import Work
from bot.talk.buttons import make
from bot.talk.reader import Reader
from bot.talk.rich import Rich
from bot.talk.screen import Button

_ID_DIGITS = 18  # below 2**63, the most that a database keeps


class Keyed(Protocol):
    @property
    def id(self) -> int: ...


RowT = TypeVar("RowT", bound=Keyed)


@dataclass(frozen=True, slots=True)
class Listing(Generic[RowT]):
    """The queries of one list. All take `key`; `count` answers how many rows have a larger id."""

    older: Query[RowT]
    newer: Query[RowT]
    count: Query[Count]


@dataclass(frozen=True, slots=True)
class Page(Generic[RowT]):
    """Rows from new to old, the place of the first, and how many there are in all."""

    rows: Sequence[RowT]
    start: int
    total: int

    @property
    def end(self) -> int:
        return self.start + len(self.rows) - 1


async def load_page(work: Work, listing: Listing[RowT], size: int, cursor: str, **params: Any) -> Page[RowT]:
    """The page at a cursor: "" the newest rows, `o12` those older than 12, `n12` those newer than 12."""
    way, key = cursor[:1], number_of(cursor[1:])
    rows: list[RowT] = []
    if way == "n":
        rows = (await work.query(listing.newer, key=key, most=size, **params))[::-1]
    if len(rows) < size:  # nothing newer fills a page: begin at the top
        below = key if way == "o" else NEWEST
        rows = await work.query(listing.older, key=below, most=size, **params)
    total = (await work.query(listing.count, key=0, **params))[0].n
    if not rows:
        return Page((), 0, total)
    above = (await work.query(listing.count, key=rows[0].id, **params))[0].n
    return Page(rows, above + 1, total)


def number_of(argument: str) -> int:
    """The id that a button carries; 0, which no row has, for anything that can be none."""
    return int(argument) if argument.isdecimal() and len(argument) <= _ID_DIGITS else 0


def numbers(reader: Reader, page: Page[RowT], verb: str) -> list[Button]:
    """A button a row of the page: its number opens it."""
    return [Button(reader.digits(at), make(verb, 0, row.id)) for at, row in enumerate(page.rows, 1)]


def turns(reader: Reader, page: Page[RowT], verb: str) -> list[Button]:
    """The ways to newer and older rows, where there are any."""
    newer = [reader.button("btn-newer", verb, f"n{page.rows[0].id}")] if page.start > 1 else []
    older = [reader.button("btn-older", verb, f"o{page.rows[-1].id}")] if 0 < page.end < page.total else []
    return newer + older


def place(reader: Reader, page: Page[RowT]) -> Rich:
    """Where in a long list this page is; nothing for a list of one page."""
    if len(page.rows) == page.total:
        return ()
    return reader.rich("menu-page", **{"from": page.start, "until": page.end, "total": page.total})
