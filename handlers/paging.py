"""Lists that are paged by key: a button carries the last id shown, so that nothing is counted over and none is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from bot.store.cases import NEWEST
from bot.store.statements import Count, Query
from bot.store.work import Work
from bot.talk.buttons import make
from bot.talk.reader import Reader
from bot.talk.rich import Rich
from bot.talk.screen import Button

_ID_DIGITS = 19
_TOO_LARGE = 2**63  # the least that a database can't keep


class Keyed(Protocol):
    @property
    def id(self) -> int: ...


RowT = TypeVar("RowT", bound=Keyed)


@dataclass(frozen=True, slots=True)
class Listing(Generic[RowT]):
    """The queries of one list. All take `key`; `count` answers how many rows stand before the one with that key.

    `top` and `bottom`: keys that stand before and after all.
    """

    older: Query[RowT]
    newer: Query[RowT]
    count: Query[Count]
    top: int = NEWEST
    bottom: int = 0


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
        below = key if way == "o" else listing.top
        rows = await work.query(listing.older, key=below, most=size, **params)
    total = (await work.query(listing.count, key=listing.bottom, **params))[0].n
    if not rows:
        return Page((), 0, total)
    above = (await work.query(listing.count, key=rows[0].id, **params))[0].n
    return Page(rows, above + 1, total)


def number_of(argument: str) -> int:
    """The id that a button carries; 0, which no row has, for anything that can be none."""
    number = int(argument) if argument.isdecimal() and len(argument) <= _ID_DIGITS else 0
    return number if number < _TOO_LARGE else 0


def numbers(
    reader: Reader, page: Page[RowT], verb: str, name: Callable[[RowT], int] = lambda row: row.id
) -> list[Button]:
    """A button a row of the page: its number opens it. `name`: the id that the button carries."""
    return [Button(reader.digits(at), make(verb, 0, name(row))) for at, row in enumerate(page.rows, 1)]


def turns(
    reader: Reader, page: Page[RowT], verb: str, before: str = "", texts: tuple[str, str] = ("btn-newer", "btn-older")
) -> list[Button]:
    """The ways to earlier and later rows, where there are any. `before`: what the buttons carry besides."""
    newer = [reader.button(texts[0], verb, f"{before}n{page.rows[0].id}")] if page.start > 1 else []
    older = [reader.button(texts[1], verb, f"{before}o{page.rows[-1].id}")] if 0 < page.end < page.total else []
    return newer + older


def place(reader: Reader, page: Page[RowT]) -> Rich:
    """Where in a long list this page is; nothing for a list of one page."""
    if len(page.rows) == page.total:
        return ()
    return reader.rich("menu-page", **{"from": page.start, "until": page.end, "total": page.total})
