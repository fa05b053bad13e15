"""Bale's Markdown: `*bold*`, `_italic_` (outside the markers a space or an edge), `[words](url)`, three backticks.

No escape character is documented, so there is none. Where the documents are silent this reads more as markup rather
than less: what is typed by a citizen must survive the worse reading.
"""

from __future__ import annotations

import re

from bot.sandbox.message import Entity

_MARKUP = re.compile(
    r"```(?:\[(?P<title>[^\]\n]*)\])?(?P<pre>.+?)```"
    r"|\[(?P<label>[^\[\]\n]+)\]\((?P<url>[^()\s]+)\)"
    r"|(?<!\S)\*(?P<bold>[^*\n]+)\*(?!\S)"
    r"|(?<!\S)_(?P<italic>[^_\n]+)_(?!\S)",
    re.DOTALL,
)


def read_markdown(source: str) -> tuple[str, list[Entity]]:
    """Visible text and entities; never refuses."""
    out: list[str] = []
    entities: list[Entity] = []
    at = units = 0
    for found in _MARKUP.finditer(source):
        before, (kind, words, url) = source[at : found.start()], _meaning(found)
        units += _units(before)
        out += (before, words)
        entities.append(Entity(kind, units, _units(words), url))
        units += _units(words)
        at = found.end()
    return "".join((*out, source[at:])), entities


def _meaning(found: re.Match[str]) -> tuple[str, str, str | None]:
    if found["pre"] is not None:
        title = found["title"]
        return "pre", f"{title}\n{found['pre']}" if title else found["pre"], None
    if found["label"] is not None:
        return "text_link", found["label"], found["url"]
    return ("bold", found["bold"], None) if found["bold"] is not None else ("italic", found["italic"], None)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
