"""Whether the pack's selectors are any: asked of the parser itself, for `check-pack` and the reload."""

from __future__ import annotations

from collections.abc import Iterator

from bot.pack.check import Finding
from bot.pack.pack import Pack


def broken_selectors(pack: Pack) -> Iterator[Finding]:
    """A finding for each that the parser of pages can't read."""
    from selectolax.lexbor import LexborHTMLParser  # imported where it is used: the service itself reads no page

    page = LexborHTMLParser("<p>")
    tables = {"news.list": pack.news.list, "news.article": pack.news.article}
    for table, part in tables.items():
        for key, value in part.model_dump().items():
            for selector in filter(None, (value,) if isinstance(value, str) else value):
                try:
                    page.css(selector)
                except Exception:  # the parser's own error, which it exports under no lasting name
                    yield Finding("error", "portal.toml", f"{table}.{key}", f"{selector!r} is no CSS selector.")
