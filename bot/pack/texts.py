"""strings/*.ftl, cut into messages without parsing them: cheap enough for every start.

The grammar is the part of Fluent that packs use: messages at the line's beginning, indented continuations, comments;
no terms and no attributes. `check` runs the real parser over every message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import PackError
from bot.pack.part import SOURCE

OPTIONAL = "gregorian_"  # placeables that a language may use or leave: a date's other calendar
_MESSAGE = re.compile(r"([a-z][a-z0-9]*(?:-[a-z0-9]+)*) =(.*)")
_PLACEABLE = re.compile(r"\{\s*\$([A-Za-z][A-Za-z0-9_-]*)")


@dataclass(frozen=True, slots=True)
class Texts:
    """One language. `messages` holds each text's Fluent source (`id = …`): it can be parsed when first said."""

    lang: str
    source: str
    messages: Mapping[str, str]

    def placeables(self, text_id: str) -> frozenset[str]:
        """The names without the dollar sign."""
        return frozenset(_PLACEABLE.findall(self.messages[text_id]))


def load_texts(lang: str, source: str) -> Texts:
    """Raises PackError with line or id for what is no message, for an id twice, and for braces that don't close."""
    file = file_of(lang)
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for number, line in enumerate(source.split("\n"), 1):
        if match := _MESSAGE.match(line):
            if match[1] in found:
                raise PackError(file, match[1], f"line {number}: this text is there twice.")
            current = found[match[1]] = [line]
        elif line.startswith((" ", "}")) and current is not None:
            current.append(line)
        elif line.startswith("#"):
            current = None
        elif line.strip():
            raise PackError(file, f"line {number}", f"{line[:40]!r} is no text, comment or indented continuation.")
    messages = {text_id: "\n".join(lines) + "\n" for text_id, lines in found.items()}
    _check_whole(file, messages)
    return Texts(lang, source, messages)


def check_against_source(texts: Texts, source: Texts) -> None:
    """No text that Persian does not have, and the same placeables in both (but the optional ones)."""
    for text_id, message in texts.messages.items():
        if text_id not in source.messages:
            raise PackError(file_of(texts.lang), text_id, f"this text is not in {file_of(SOURCE)}.")
        if "{" in message or "{" in source.messages[text_id]:
            here, there = texts.placeables(text_id), source.placeables(text_id)
            if differ := {name for name in here ^ there if not name.startswith(OPTIONAL)}:
                names = ", ".join(f"${name}" for name in sorted(differ))
                raise PackError(file_of(texts.lang), text_id, f"{names} is not in both this and {file_of(SOURCE)}.")


def file_of(lang: str) -> str:
    return f"strings/{lang}.ftl"


def _check_whole(file: str, messages: Mapping[str, str]) -> None:
    for text_id, message in messages.items():
        if message.count("{") != message.count("}"):
            raise PackError(file, text_id, "a brace is not closed, or closed twice.")
        if not message[len(text_id) + 2 :].strip():
            raise PackError(file, text_id, "this text is empty.")
