"""The names that a search knows: kinds, areas, states and times, in Persian and in the reader's own language."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.case import SUGGESTION, State, status_text
from bot.pack.pack import Pack
from bot.talk.reader import Reader
from bot.understand.normalise import tokens
from bot.understand.sought import Kind, Lexicon, Name

_CLOSED = ("agreed", "no-answer", "not-asked", "voted")
_SPANS: tuple[tuple[str, Kind, str], ...] = (
    ("time-today", "days", "0"),
    ("time-yesterday", "yesterday", ""),
    ("desk-search-said-week", "days", "7"),
    ("desk-search-said-month", "days", "30"),
)


def lexicon_of(pack: Pack, reader: Reader) -> Lexicon:
    """For this reader."""
    langs = tuple(dict.fromkeys((reader.lang, pack.languages.default)))
    names = [name for lang in langs for each in (_kinds, _areas, _states, _times) for name in each(pack, reader, lang)]
    ordinary = {word for each in pack.categories.values() for words in each.keywords for word in tokens(words)}
    return Lexicon(names, frozenset(ordinary))


def _kinds(pack: Pack, reader: Reader, lang: str) -> Iterator[Name]:
    yield Name(reader.texts.line(lang, "suggest-topic"), "category", SUGGESTION)
    for key, category in pack.categories.items():
        yield Name(category.name(lang), "category", key)
        yield Name(category.label(lang), "category", key)


def _areas(pack: Pack, _reader: Reader, lang: str) -> Iterator[Name]:
    for area in pack.areas:
        yield Name(area.name(lang), "area", area.key)


def _states(_pack: Pack, reader: Reader, lang: str) -> Iterator[Name]:
    for state in State:
        for how in _CLOSED if state == State.CLOSED else ("",):
            yield Name(reader.texts.line(lang, f"status-short-{status_text(state, how)}"), "state", state)


def _times(_pack: Pack, reader: Reader, lang: str) -> Iterator[Name]:
    for text, kind, value in _SPANS:
        for phrase in reader.texts.line(lang, text).split("|"):
            yield Name(phrase, kind, value)
    for number in range(1, 13):
        month = reader.texts.line(lang, f"time-month-{number}")
        yield Name(month, "month", str(number))
        for phrase in reader.texts.line(lang, "desk-search-said-name", month=month).split("|"):
            yield Name(phrase, "month-sure", str(number))
