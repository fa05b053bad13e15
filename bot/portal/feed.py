"""A feed of the portal, RSS or Atom. For the child process.

defusedxml goes first: a document type or an entity ends it there, and no more of a long feed is handed on than is
looked at.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml.common import DTDForbidden, EntitiesForbidden, ExternalReferenceForbidden
from defusedxml.ElementTree import iterparse

from bot.portal.words import line, paragraphs, parse

ELEMENTS = 50_000


def read_feed(body: bytes, _charset: str, _url: str, _selectors: object, most: int) -> dict[str, Any]:
    """Its first `most` entries."""
    try:
        small = _cut(body, most)
    except (DTDForbidden, EntitiesForbidden, ExternalReferenceForbidden):
        return {"error": "dtd"}
    except ParseError:
        return {"error": "garbage"}
    from feedparser.api import parse as parse_feed  # imported where it is used: a list page does without

    untyped: Any = parse_feed
    read = untyped(BytesIO(small), sanitize_html=False, resolve_relative_uris=False)
    entries = [
        _entry(each) for each in read.entries[:most] if str(each.get("link", "")).startswith(("http://", "https://"))
    ]
    return {"entries": entries, "error": "" if entries else "empty"}


def _cut(body: bytes, most: int) -> bytes:
    """The feed with its first entries alone. Raises what defusedxml forbids, and ParseError."""
    root, entries = None, 0
    for elements, (event, element) in enumerate(_events(body)):
        root = element if root is None else root
        if elements > 2 * ELEMENTS:
            raise ParseError("too many elements")
        if event == "end" and element.tag.rpartition("}")[2] in ("item", "entry"):
            entries += 1
            if entries == most:
                break
    return bytes(tostring(root)) if root is not None else b""


def _events(body: bytes) -> Iterator[tuple[str, Element]]:
    yield from iterparse(BytesIO(body), events=("start", "end"), forbid_dtd=True)


def _entry(entry: Any) -> dict[str, Any]:
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    content = entry.get("content") or ()
    words = content[0].get("value", "") if content else entry.get("summary", "")
    return {
        "url": str(entry["link"]),
        "title": _text(str(entry.get("title", ""))).replace("\n", " ")[:300],
        "date": str(entry.get("published") or entry.get("updated") or "")[:100],
        "at": calendar.timegm(when) * 1000 if when else 0,
        "words": _text(str(words)),
    }


def _text(markup: str) -> str:
    """Words that may be written in HTML."""
    page = parse(f"<body><div>{markup}</div>".encode(), "utf-8")
    return paragraphs(page.body) if page.body is not None else line(None)
