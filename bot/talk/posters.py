"""What a poster hangs on, in words."""

from __future__ import annotations

from bot.domain.poster import GENERAL
from bot.talk.digits import latin
from bot.talk.reader import Reader


def thing_and_place(reader: Reader, kind: str, place: str) -> str:
    """What wears it, and where: "rubbish bin, … street". The place alone where it names the thing itself, be it in
    another language; "" for the general one.
    """
    if kind == GENERAL:
        return ""
    thing, place = _thing(reader, reader.lang, kind), reader.digits(latin(place))
    if not place or any(_thing(reader, lang, kind) in place for lang in reader.texts.languages):
        return place or thing
    return reader.line("poster-at", kind=thing, place=place)


def _thing(reader: Reader, lang: str, kind: str) -> str:
    label = reader.texts.line(lang, f"btn-poster-{kind}")
    return label.partition(" ")[2] or label  # an emoji stands before it


def title(reader: Reader, kind: str, place: str) -> str:
    """The same for lists, where the general one has a name too."""
    return thing_and_place(reader, kind, place) or reader.line(f"btn-poster-{kind}")
