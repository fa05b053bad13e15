"""News as citizens see it: a line of a list, the item whole, and the one message that tells of it.

The words are Persian as they were written; what stands around them is in the reader's language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from bot.pack.pack import Pack
from bot.talk import rich
from bot.talk.limits import units
from bot.talk.reader import Reader
from bot.talk.rich import Bold, Plain, Rich
from bot.talk.screen import Button, Media, Screen

OPEN_VERB, LIST_VERB = "n-open", "n-list"
_FIRST = 500  # UTF-16 units of an item in the message that tells of it: with title and head it fits under a picture
_WORD = re.compile(r"\s+\S*\Z")


class Line(Protocol):
    """What a line of a list needs of an item."""

    @property
    def kind(self) -> str: ...
    @property
    def area(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def pinned_at(self) -> int: ...
    @property
    def published_at(self) -> int: ...


class Item(Line, Protocol):
    """What an item needs to be read."""

    @property
    def id(self) -> int: ...
    @property
    def address(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def edited_at(self) -> int: ...


def line(reader: Reader, pack: Pack, number: int, item: Line) -> Rich:
    """One of a list: its number opens it."""
    text = "news-line-pinned" if item.pinned_at else "news-line"
    date = _dated(reader, pack, item, item.published_at)
    return reader.rich(text, number=number, title=item.title, date=date)


def item_screen(
    reader: Reader, pack: Pack, item: Item, media: Sequence[Media], now: int, rows: Sequence[Sequence[Button]] = ()
) -> Screen:
    """The whole item with its pictures. One that is not out yet bears the date of `now`."""
    edited = reader.rich("news-edited", date=reader.date_clock(item.edited_at)) if item.edited_at else ()
    dated = reader.rich("news-dated", date=_dated(reader, pack, item, item.published_at or now))
    source = [Button(reader.line("btn-full-text"), url=item.address)] if item.address else []
    head = rich.join((Bold(rich.plain(item.title)),), dated)
    return reader.screen(head, _words(item.words), edited, rows=[source, *rows], media=tuple(media), gap="\n\n")


def push_screen(reader: Reader, item: Item, media: Sequence[Media], *, corrected: bool = False) -> Screen:
    """One message that tells of an item: head, title, the first lines, its first picture, and the way to the rest."""
    texts = [reader.rich(f"cast-head-{item.kind}"), (Bold(rich.plain(item.title)),), _words(first_lines(item.words))]
    if corrected:
        texts.append(reader.rich("news-edited-push"))
    rows = [[reader.button("btn-read-on", OPEN_VERB, item.id)]]
    return reader.screen(*texts, rows=rows, media=tuple(media[:1]), gap="\n\n")


def withdrawn_screen(reader: Reader, media: Sequence[Media]) -> Screen:
    """What a message is changed into where it can't be taken back."""
    return reader.screen(reader.rich("news-withdrawn"), media=tuple(media[:1]))


def first_lines(words: str) -> str:
    """The beginning, cut after a word."""
    if units(words) <= _FIRST:
        return words
    begun = words[:_FIRST]
    while units(begun) > _FIRST:
        begun = begun[:-1]
    return f"{_WORD.sub('', begun).rstrip()} …"


def _words(words: str) -> Rich:
    return (Plain(rich.plain(words)),) if words else ()


def _dated(reader: Reader, pack: Pack, item: Line, at: int) -> str:
    """The day, and for which part of the town."""
    date = reader.dates.date(reader.lang, at)
    name = next((area.name(reader.lang) for area in pack.areas if area.key == item.area), "")
    return f"{date} • {name}" if name else date
