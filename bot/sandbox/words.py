"""Words as they go through a platform: markup read, ends trimmed, length counted in UTF-16 units."""

from __future__ import annotations

import re

from bot.sandbox.html import read_html
from bot.sandbox.markdown import read_markdown
from bot.sandbox.message import JSON, Entity
from bot.sandbox.profile import Profile
from bot.sandbox.refusal import ApiError, bad

TEXT, CAPTION, ENTITIES = 4096, 1024, 100
# Telegram cleans what is sent: control characters become spaces, line and direction overrides vanish.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DROPPED = re.compile("[\r\u2028-\u202e]")
_SUSPECT = re.compile("[\x00-\x08\x0b-\x1f\u2028-\u202e]")
_COMMAND = re.compile(r"(?<![\w/])/[a-zA-Z0-9_]{1,32}(?:@\w+)?")

Words = tuple[str, tuple[Entity, ...]]


def utf16(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """What Telegram makes of raw text before it reads or stores it."""
    return _CONTROL.sub(" ", _DROPPED.sub("", text)) if _SUSPECT.search(text) else text


def read(profile: Profile, source: str, parse_mode: str | None, given: list[JSON] | None = None) -> Words:
    """Visible text and entities as this platform reads them, ends trimmed."""
    if profile.parse_mode == "html":
        text, entities = _telegram(clean(source), parse_mode, given)
    else:
        if parse_mode and profile.parse_mode == "refused":
            raise bad("parse_mode is not supported")
        text, entities = read_markdown(source)
    return _trim(text, entities[:ENTITIES])


def _telegram(source: str, parse_mode: str | None, given: list[JSON] | None) -> tuple[str, list[Entity]]:
    if not parse_mode:
        return source, [_given(each) for each in given or ()]
    if parse_mode.lower() != "html":
        # Nothing of ours, nor any peer that we measure, writes MarkdownV2.
        raise bad("unsupported parse_mode")
    return read_html(source)


def _given(source: JSON) -> Entity:
    kind, offset, length, url = (source.get(name) for name in ("type", "offset", "length", "url"))
    if not (isinstance(kind, str) and isinstance(offset, int) and isinstance(length, int)):
        raise bad("can't parse MessageEntity")
    return Entity(kind, offset, length, url)


def _trim(text: str, entities: list[Entity]) -> Words:
    visible = text.strip()
    if not entities or len(visible) == len(text):
        return visible, tuple(entities)
    cut, end = utf16(text[: len(text) - len(text.lstrip())]), utf16(visible)
    moved = []
    for kind, offset, length, url in entities:
        start, stop = max(offset - cut, 0), min(offset - cut + length, end)
        if stop > start:
            moved.append(Entity(kind, start, stop - start, url))
    return visible, tuple(moved)


def check_text(words: Words) -> Words:
    """1 to 4096 units remain, or 400."""
    if not words[0]:
        raise bad("message text is empty")
    if len(words[0]) * 2 > TEXT and utf16(words[0]) > TEXT:
        raise ApiError(400, "Bad Request: message is too long")
    return words


def check_caption(words: Words) -> Words:
    """At most 1024 units, or 400."""
    if utf16(words[0]) > CAPTION:
        raise bad("message caption is too long")
    return words


def typed(text: str) -> tuple[Entity, ...]:
    """The entities that Telegram finds by itself in what a person types: commands."""
    if "/" not in text:
        return ()
    found = _COMMAND.finditer(text)
    return tuple(Entity("bot_command", utf16(text[: each.start()]), len(each.group())) for each in found)
