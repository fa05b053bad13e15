"""News from the portal: what waits for an editor, and how an item is told."""

from __future__ import annotations

from typing import Protocol

from bot.talk import rich
from bot.talk.reader import Reader
from bot.talk.rich import Rich
from bot.talk.screen import Screen

WAITING, PUBLISH, EDIT, DROP = "pt-wait", "pt-pub", "pt-edit", "pt-drop"
OPEN = "n-open"
_SHOWN = 700  # characters of an item in a card
_TOLD = 300  # and in a push


class Draft(Protocol):
    """What is needed of an item's row."""

    @property
    def id(self) -> int: ...
    @property
    def version(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def doubt(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def dated_at(self) -> int: ...


def shortened(words: str, most: int) -> str:
    """As much as fits, ending with a whole word."""
    if len(words) <= most:
        return words
    return f"{words[:most].rsplit(None, 1)[0]} …"


def waiting_screen(reader: Reader, count: int) -> Screen:
    """That items wait for an editor, with the way to the first."""
    return reader.screen(reader.rich("portal-waiting", count=count), rows=[[reader.button("btn-portal-look", WAITING)]])


def card(reader: Reader, row: Draft, pictures: int, *, head: str = "") -> Screen:
    """One item with why it waits, and what may be done with it."""
    heads = [reader.rich(head)] if head else []
    doubts = [reader.rich(f"portal-doubt-{doubt}") for doubt in row.doubt.split(",") if doubt]
    title = rich.bold(row.title or reader.line("portal-untitled"))
    about: list[Rich] = [reader.rich("portal-card", title=title, text=shortened(row.words, _SHOWN))]
    about += [reader.rich("portal-dated", date=reader.date(row.dated_at))] if row.dated_at else []
    about += [reader.rich("portal-pictures", count=pictures)] if pictures else []
    about += [reader.rich("portal-address", address=row.address)]
    press = (str(row.id), row.version)
    first = [reader.button("btn-publish", PUBLISH, *press)] if row.title and row.words else []
    rows = [first, [reader.button("btn-edit", EDIT, *press), reader.button("btn-portal-drop", DROP, *press)]]
    return reader.screen(*heads, rich.join(*doubts), *about, rows=rows, gap="\n\n")
