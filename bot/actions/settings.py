"""What people decide about themselves: language, neighbourhood, manner."""

from __future__ import annotations

from bot.actions.city import City
from bot.errors import Refused
from bot.store.work import Work


def set_language(work: Work, city: City, lang: str) -> None:
    """Raises Refused for a language that the city does not offer."""
    if lang not in city.pack.languages.offered:
        raise Refused("err-old-button")
    work.know(lang=lang)


def set_area(work: Work, city: City, area: str) -> None:
    """`area`: a key of the pack's areas, or "" for none. Raises Refused for an area that is not there (any more)."""
    if area and area not in {known.key for known in city.pack.areas}:
        raise Refused("err-old-button")
    work.know(area=area)


def set_simple(work: Work, simple: bool) -> None:
    """Simple and large: one button a row."""
    work.know(simple=simple)
