"""What a poster hangs on, in words."""

from __future__ import annotations

from bot.domain.poster import GENERAL
from bot.talk.digits import latin
from bot.talk.reader import Reader


def thing_and_place(reader: Reader, kind: str, place: str) -> str:
    """What wears it, and where: "rubbish bin, … street". The place alone where it names the thing itself; "" for the
    general one.
    """
    if kind == GENERAL:
        return ""
    label, place = reader.line(f"btn-poster-{kind}"), reader.digits(latin(place))
    thing = label.partition(" ")[2] or label  # an emoji stands before it
    if not place or thing in place:
        return place or thing
    return reader.line("poster-at", kind=thing, place=place)


def title(reader: Reader, kind: str, place: str) -> str:
    """The same for lists, where the general one has a name too."""
    return thing_and_place(reader, kind, place) or reader.line(f"btn-poster-{kind}")
