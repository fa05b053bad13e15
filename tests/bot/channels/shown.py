"""Strict readers of what a platform makes of a text: what people see, and which pieces are marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TAG = re.compile(r'<(/?)(b|code|a)(?: href="([^"<>]*)")?>')
_NAMED = re.compile(r"&(lt|gt|amp|quot);")
_LETTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


@dataclass
class Shown:
    """Visible text, and the marked pieces as (kind, text, address)."""

    text: str = ""
    marks: list[tuple[str, str, str]] = field(default_factory=list)


def of_html(source: str) -> Shown:
    """As Telegram reads HTML; raises ValueError for what it refuses."""
    shown = Shown()
    open_: list[tuple[str, int, str]] = []
    at = 0
    for tag in _TAG.finditer(source):
        shown.text += _words(source[at : tag.start()])
        at = tag.end()
        closing, name, address = tag.groups()
        if not closing:
            open_.append((name, len(shown.text), _words(address or "")))
            continue
        opened, start, address = open_.pop()
        if opened != name:
            raise ValueError("tags cross")
        shown.marks.append((name, shown.text[start:], address))
    shown.text += _words(source[at:])
    if open_:
        raise ValueError("a tag stays open")
    return shown


def _words(source: str) -> str:
    if "<" in source or ">" in source or "&" in _NAMED.sub("", source):
        raise ValueError("markup that was not escaped")
    return _NAMED.sub(lambda name: _LETTERS[name[1]], source)


_BALE = re.compile(
    r"```\[(?P<title>[^\]]*)\](?P<fenced>.*?)```"
    r"|\[(?P<words>[^\]]*)\]\((?P<address>[^)]*)\)"
    r"|(?:(?<=\s)|^)\*(?P<bold>[^\n]+?)\*(?=\s|$)"
    r"|(?:(?<=\s)|^)_(?P<italic>[^\n]+?)_(?=\s|$)",
    re.MULTILINE | re.DOTALL,
)


def of_bale(source: str) -> Shown:
    """As Bale documents its Markdown; U+2060, which nobody sees, is taken out at the end."""
    shown = Shown()
    at = 0
    for mark in _BALE.finditer(source):
        shown.text += source[at : mark.start()]
        at = mark.end()
        kind = next(name for name in ("bold", "italic", "words", "fenced") if mark[name] is not None)
        inner = of_bale(mark[kind])
        shown.text += inner.text
        shown.marks += [(kind, inner.text, mark["address"] or ""), *inner.marks]
    shown.text += source[at:]
    return Shown(_seen(shown.text), [(kind, _seen(text), address) for kind, text, address in shown.marks])


def _seen(text: str) -> str:
    return text.replace("\u2060", "")
