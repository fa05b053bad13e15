"""Rich text made of parts. Nobody writes markup: channels turn parts into what their platform understands.

Texts come from Fluent as one string. A value that wants a part of its own (a code, a heading) is marked by two
private-use characters before it is formatted, and `parse` cuts the string there. Words of people can't forge such
a mark: `plain` takes these characters out of everything that comes from outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

BOLD, CODE, END = "\ue000", "\ue001", "\ue003"
_MARKS = re.compile(f"[{BOLD}{CODE}{END}]")
_SPAN = re.compile(f"([{BOLD}{CODE}])([^{BOLD}{CODE}{END}]*){END}")
FSI, PDI = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Plain:
    """Words as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that head a screen."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Characters to copy: a tracking code, a one-time code. Never flips: Latin or Persian digits and spaces only."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that open an address."""

    text: str
    url: str


Part = Plain | Bold | Code | Link
Rich = tuple[Part, ...]


class Marked(str):
    """A value that carries this module's marks, made by `bold` and `code` alone: `Texts` lets its marks through."""

    __slots__ = ()


def bold(text: str) -> Marked:
    """The marked form of `text`, to be given to a Fluent text as a value."""
    return Marked(f"{BOLD}{plain(text)}{END}")


def code(text: str) -> Marked:
    """The marked form of a code, to be given to a Fluent text as a value."""
    return Marked(f"{CODE}{plain(text)}{END}")


def codes(texts: Iterable[str]) -> Marked:
    """The marked form of several codes."""
    return Marked("، ".join(map(code, texts)))


def plain(text: str) -> str:
    """Words from outside without this module's own marks, and with their direction controls closed again.

    An override or isolate that a person left open would turn the rest of our screen around; it is closed at the end
    of their words. A closing one without an opening one is taken out.
    """
    text = _MARKS.sub("", text)
    return _balance(text) if _CONTROLS.search(_closed_out(text)) else text


_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ISOLATED = re.compile("[\u2066-\u2068][^\u202a-\u202e\u2066-\u2069]*\u2069")
_CLOSER = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"}


def _closed_out(text: str) -> str:
    """What is left when isolates that are opened and closed are taken out: our own texts within texts, mostly."""
    while PDI in text:
        text, cut = _ISOLATED.subn("", text)
        if not cut:
            break
    return text


def _balance(text: str) -> str:
    out: list[str] = []
    open_: list[str] = []
    for letter in text:
        if not _CONTROLS.match(letter):
            out.append(letter)
        elif letter in "\u202c\u2069":
            if open_ and open_[-1] == letter:
                out.append(open_.pop())
        else:
            out.append(letter)
            open_.append(_CLOSER.get(letter, PDI))
    return "".join(out + open_[::-1])


def parse(text: str) -> Rich:
    """The parts of a formatted text. A code that stands between isolates loses them: its part isolates it."""
    if END not in text:
        return (Plain(text),) if text else ()
    parts: list[Part] = []
    at = 0
    for match in _SPAN.finditer(text):
        before = text[at : match.start()]
        at = match.end()
        kind, words = match.groups()
        if kind == CODE and before.endswith(FSI) and text[at : at + 1] == PDI:
            before, at = before[:-1], at + 1
        if before:
            parts.append(Plain(before))
        parts.append(Code(words) if kind == CODE else Bold(words))
    if at < len(text):
        parts.append(Plain(text[at:]))
    return tuple(parts)


def visible(rich: Rich) -> str:
    """What a reader sees, without any markup."""
    return "".join(part.text for part in rich)


def join(*pieces: Rich, gap: str = "\n") -> Rich:
    """Several texts under each other, empty ones left out."""
    parts: list[Part] = []
    for piece in pieces:
        if piece:
            if parts:
                parts.append(Plain(gap))
            parts.extend(piece)
    return tuple(parts)


def dump(rich: Rich) -> list[Any]:
    """For the outbox row: `["words", ["b", "words"], ["c", "code"], ["a", "words", "address"]]`."""
    rows: list[Any] = []
    for part in rich:
        match part:
            case Plain(text):
                rows.append(text)
            case Bold(text):
                rows.append(["b", text])
            case Code(text):
                rows.append(["c", text])
            case Link(text, url):
                rows.append(["a", text, url])
    return rows


def load(rows: list[Any]) -> Rich:
    """The way back from `dump`."""
    kinds: dict[str, Any] = {"b": Bold, "c": Code, "a": Link}
    return tuple(Plain(row) if isinstance(row, str) else kinds[row[0]](*row[1:]) for row in rows)
