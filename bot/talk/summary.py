"""The daily summary as its readers see it: a line each, and buttons that open the news."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.talk.announcing import short
from bot.talk.buttons import make
from bot.talk.reader import Reader
from bot.talk.screen import Button, Screen

OPEN = "n-open"  # the button that opens a news item
_BUTTONS = 5
_TITLE = 80  # letters: thirty lines fit one message


class Item(Protocol):
    """What is needed of what was told."""

    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def news_id(self) -> int | None: ...


def screen(reader: Reader, items: Sequence[Item], now: int) -> Screen:
    """The newest last, as they came."""
    lines = [
        reader.rich(
            "cast-summary-line", title=short(item.title, _TITLE), kind=reader.line(f"cast-kind-{item.kind}"), number=at
        )
        for at, item in enumerate(items, 1)
    ]
    opened = [
        Button(reader.digits(at), make(OPEN, 0, item.news_id))
        for at, item in enumerate(items, 1)
        if item.news_id is not None
    ]
    head = reader.rich("cast-summary", date=reader.date(now))
    return reader.screen(head, *lines, rows=[opened[-_BUTTONS:]])
