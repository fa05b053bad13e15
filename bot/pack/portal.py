"""portal.toml: which pages of the portal are read for news, and what of them is news."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from bot.pack.part import Count, Key, Many, Part

Host = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$")]
_SELECTOR = re.compile(r"[\w\s.#,>+~*\[\]=\"'^$|:()-]+")


def _check_address(address: str) -> str:
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or parts.username):
        raise ValueError("this is no address that begins with http:// or https://")
    return address


def _check_selector(selector: str) -> str:
    """Its letters only; whether it finds anything, the page tells."""
    if selector and not _SELECTOR.fullmatch(selector):
        raise ValueError("this is no CSS selector")
    return selector


Address = Annotated[str, AfterValidator(_check_address)]
Selector = Annotated[str, AfterValidator(_check_selector)]
Needed = Annotated[Selector, Field(min_length=1)]


class ListPage(Part):
    """Selectors of a page that lists news; all but `item` are looked for within an item."""

    item: Needed
    link: Needed
    title: Selector
    date: Selector


class Article(Part):
    """Selectors of a news page; `pictures` and `drop` are looked for within the body."""

    title: Needed
    date: Selector
    body: Needed
    pictures: Selector
    drop: Many[Needed]


class News(Part):
    """The reader's settings. Units are in the names."""

    feed_url: Address
    list_url: Address
    hosts: Many[Host]
    every_minutes: Count
    most_items: Annotated[int, Field(ge=1, le=100)]
    most_pictures: Annotated[int, Field(ge=0, le=10)]
    picture_mb: Annotated[int, Field(ge=1, le=20)]
    max_age_days: Count
    known_days: Count
    min_chars: Count
    failures: Count
    kind: Key
    list: ListPage
    article: Article

    @property
    def source(self) -> str:
        """The address that is read on the schedule; "" when the reader is off."""
        return self.feed_url or self.list_url

    @model_validator(mode="after")
    def _reachable(self) -> News:
        for address in (self.feed_url, self.list_url):
            if address and urlsplit(address).hostname not in self.hosts:
                raise ValueError(f"{urlsplit(address).hostname} is not one of the hosts")
        return self


class PortalFile(Part):
    """portal.toml"""

    version: str
    news: News
