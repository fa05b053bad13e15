"""Emergency texts in another language carry the Persian under them: whoever stands beside may read Persian alone."""

from __future__ import annotations

from dataclasses import replace

from bot.talk.reader import Reader
from bot.talk.rich import Rich, join


def in_persian(reader: Reader) -> Reader:
    """The same reader, spoken to in Persian."""
    return replace(reader, lang="fa")


def with_persian(reader: Reader, text: str) -> Rich:
    """A text, and its Persian on the next line where the reader's language is another."""
    if reader.lang == "fa":
        return reader.rich(text)
    return join(reader.rich(text), in_persian(reader).rich(text))
