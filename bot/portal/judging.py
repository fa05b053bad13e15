"""From what a list and a page say to an item: is it ours, and what an editor would have to look at."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.actions.city import City
from bot.clock import DAY
from bot.domain.address import key_of
from bot.domain.item import Doubt, Item
from bot.pack.part import SOURCE
from bot.portal.dates import read_date
from bot.portal.reading import Article, Entry
from bot.understand.normalise import tokens


def make_item(city: City, entry: Entry, article: Article | None, now: int) -> Item:
    """`article` is None where the page had nothing of the configured shape."""
    title = (article.title if article else "") or entry.title
    words = (article.words if article else "") or entry.words
    at = _moment(city, article.date if article else "", entry)
    doubts = tuple(_doubts(city, title, words, at, now))
    return Item(key_of(entry.url), entry.url, title, words, at, article.pictures if article else (), doubts)


def _moment(city: City, date: str, entry: Entry) -> int:
    """What the page says goes before the list, a feed's exact moment before both."""
    months = [city.texts.line(SOURCE, f"time-month-{number}") for number in range(1, 13)]
    zone = city.pack.time.zone
    return entry.at or read_date(date, zone, months) or read_date(entry.date, zone, months)


def _doubts(city: City, title: str, words: str, at: int, now: int) -> Iterator[Doubt]:
    if not title:
        yield Doubt.TITLE
    if not words:
        yield Doubt.BODY
    elif len(words) < city.pack.news.min_chars:
        yield Doubt.SHORT
    if not at or at > now + DAY:
        yield Doubt.DATE
    if city.mind.other_town(f"{title} {words}"):
        yield Doubt.PLACE


def is_ours(city: City, item: Item) -> bool:
    """Whether it is of this town at all. Of the portal's own pages all are; another host's must name the town, and not
    only one of the same name elsewhere.
    """
    host = (urlsplit(item.address).hostname or "").removeprefix("www.")
    if host == city.pack.portal.host.removeprefix("www."):
        return True
    text = f"{item.title} {item.words}"
    for name in city.pack.city.place.not_this:
        text = _without(text, name)
    return _names(text, city.pack.name(SOURCE))


def _names(text: str, name: str) -> bool:
    return f" {' '.join(tokens(name))} " in f" {' '.join(tokens(text))} "


def _without(text: str, name: str) -> str:
    """The text as its words, without another town's name, also where a «ی» joins its parts."""
    words = f" {' '.join(tokens(text))} "
    for spelt in (" ".join(tokens(name)), " ی ".join(tokens(name))):
        words = words.replace(" ", "  ").replace(f" {spelt.replace(' ', '  ')} ", " ")
        words = f" {' '.join(words.split())} "
    return words
