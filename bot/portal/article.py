"""A page of the portal: what its list names, or one item's title, date, words and pictures. For the child process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.portal.words import first, line, paragraphs, parse

Selectors = Mapping[str, Any]
_PICTURES = 20


def read_list(body: bytes, charset: str, url: str, selectors: Selectors, most: int) -> dict[str, Any]:
    """The first `most` items that have a link, each once."""
    page = parse(body, charset)
    found: dict[str, dict[str, Any]] = {}
    for item in page.css(selectors["item"])[: most * 4]:
        entry = _entry(item, url, selectors)
        if entry and entry["url"] not in found and len(found) < most:
            found[entry["url"]] = entry
    return {"entries": list(found.values()), "error": "" if found else _why(page)}


def _entry(item: LexborNode, url: str, selectors: Selectors) -> dict[str, Any] | None:
    link = item.css_first(selectors["link"])
    address = _absolute(url, link.attributes.get("href") if link else None)
    if link is None or not address:
        return None
    title = line(first(item, selectors["title"])) or line(link)
    return {"url": address, "title": title, "date": line(first(item, selectors["date"])), "words": "", "at": 0}


def read_article(body: bytes, charset: str, url: str, selectors: Selectors, most: int) -> dict[str, Any]:
    """One item. `error` says why there is none; a page without its body or title is told by their emptiness."""
    page = parse(body, charset)
    inner = first(page, selectors["body"])
    title, date = line(first(page, selectors["title"])), line(first(page, selectors["date"]))
    if inner is None and not title:
        return {"error": _why(page)}
    if inner is None:
        return {"title": title, "date": date, "words": "", "pictures": [], "error": _login(page)}
    for selector in selectors["drop"]:
        for node in inner.css(selector):
            node.decompose()
    return {
        "title": title,
        "date": date,
        "words": paragraphs(inner),
        "pictures": _pictures(inner, url, selectors["pictures"])[:most],
        "error": "",
    }


def _pictures(node: LexborNode, url: str, selector: str) -> Sequence[str]:
    found = node.css(selector)[:_PICTURES] if selector else []
    return list(dict.fromkeys(filter(None, (_absolute(url, each.attributes.get("src")) for each in found))))


def _absolute(url: str, link: str | None) -> str:
    """ "" for what leads nowhere: scripts, data, the page itself."""
    try:
        address = urljoin(url, (link or "").strip())
    except ValueError:
        return ""
    return address if link and address.startswith(("http://", "https://")) and not link.startswith("#") else ""


def _login(page: LexborHTMLParser) -> str:
    return "login" if page.css_first("input[type=password]") is not None else ""


def _why(page: LexborHTMLParser) -> str:
    return _login(page) or "empty"
