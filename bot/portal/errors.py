"""Why a page was not read: a word for the row of its source, for the log, and for the text that an editor is told."""

from __future__ import annotations

from typing import Literal

from bot.errors import CityError

Trouble = Literal[
    "foreign",  # of no host in the pack, or no http address at all
    "private",  # its host leads into a network that is not public
    "redirects",  # sent on too often, or to nowhere
    "login",  # only for members
    "slow",
    "large",
    "compression",  # it can't be unpacked
    "unreachable",
    "refused",  # the server's status says no
    "garbage",  # no page and no feed
    "dtd",  # a feed with a document type or entities
    "empty",  # read, and nothing of the configured shape was in it
]


class Unreadable(CityError):
    """`str()` is one of the words of `Trouble`; never an address or what a page said."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble: Trouble = trouble
        super().__init__(trouble)
