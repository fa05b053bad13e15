"""What of a page is text: bytes as letters, one element's words in paragraphs. Runs in the child process alone."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST = 20_000  # characters of one item's words
TITLE = 300
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_KNOWN = {
    "windows-1256": "cp1256",
    "cp1256": "cp1256",
    "windows-1252": "cp1252",
    "iso-8859-1": "cp1252",
    "iso-8859-6": "iso8859-6",
    "utf-16": "utf-16",
}
_BLOCKS = re.compile(
    "address|article|aside|blockquote|br|d[dlt]|div|figcaption|figure|footer|h[1-6]|header|hr|li|main|ol|p|pre|section"
    "|table|t[dhr]|ul"
)
_NEVER = re.compile("script|style|noscript|template|head|iframe|object|embed|svg|math|form|input|select|textarea")
_SPACES = re.compile(r"[^\S\n]+")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ue000-\uf8ff]")


def parse(body: bytes, charset: str) -> LexborHTMLParser:
    """The page. Raises ValueError for bytes that are none."""
    text = letters(body, charset)
    if text.count("\ufffd") > len(text) // 50 or "<" not in text:
        raise ValueError("no page")
    return LexborHTMLParser(text)


def letters(body: bytes, charset: str) -> str:
    """The bytes by the charset that the server or the page names, where it is one of those in use; else UTF-8."""
    named = _CHARSET.search(body[:4_096])
    said = charset or (named[1].decode("ascii", "replace") if named else "")
    return body.decode(_KNOWN.get(said.lower(), "utf-8"), "replace")


def first(node: LexborHTMLParser | LexborNode, selector: str) -> LexborNode | None:
    return node.css_first(selector) if selector else None


def line(node: LexborNode | None) -> str:
    """An element's words as one line; "" for none."""
    return " ".join(paragraphs(node).split())[:TITLE] if node is not None else ""


def paragraphs(node: LexborNode) -> str:
    """An element's words, a line a paragraph: without scripts, styles and forms."""
    found: list[str] = []
    waiting: list[LexborNode | None] = [node]
    while waiting:
        each = waiting.pop()
        if each is None:  # the end of a block
            found.append("\n")
        elif each.is_text_node:
            found.append((each.text_content or "").replace("\n", " "))
        elif each.is_element_node and not _NEVER.fullmatch(each.tag or ""):
            is_block = bool(_BLOCKS.fullmatch(each.tag or ""))
            waiting += [None] if is_block else []
            waiting += reversed(list(each.iter(include_text=True)))
            found += ["\n"] if is_block else []
    return tidy("".join(found))


def tidy(text: str) -> str:
    """Single spaces, no empty lines, no control characters, not longer than anybody reads."""
    lines = (_SPACES.sub(" ", each).strip() for each in _CONTROLS.sub(" ", text).split("\n"))
    return "\n".join(each for each in lines if each)[:MOST]
