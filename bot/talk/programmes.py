"""Programmes in words: a line of a list, and the whole."""

from __future__ import annotations

from typing import Protocol

from bot.talk.reader import Reader
from bot.talk.rich import Plain, Rich, bold, plain


class Facts(Protocol):
    """What is said of a programme."""

    @property
    def state(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def starts_at(self) -> int: ...
    @property
    def ends_at(self) -> int: ...
    @property
    def place(self) -> str: ...
    @property
    def reason(self) -> str: ...


def programme_texts(reader: Reader, row: Facts) -> list[Rich]:
    """All that is announced: first that it does not take place, where that is so."""
    date = reader.date_clock(row.starts_at)
    facts = [reader.rich("programme-item", title=bold(row.title), date=date)]
    if row.ends_at:
        facts.append(reader.rich("programme-until", clock=reader.clock(row.ends_at)))
    if row.place:
        facts.append(reader.rich("programme-place", place=row.place))
    if row.state == "cancelled":
        facts.insert(0, reader.rich("programme-cancelled", title=row.title, reason=row.reason))
    return [*facts, *([(Plain("\n" + plain(row.words)),)] if row.words else [])]
