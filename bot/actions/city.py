"""The city as handlers and actions consult it: the pack, its texts, and what is learned from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.calendar import WorkingTime
from bot.domain.code import Codes
from bot.pack.pack import Pack
from bot.store.person import Address, Person
from bot.talk.dates import Dates
from bot.talk.reader import Reader
from bot.talk.texts import Texts
from bot.understand.mind import Mind


@dataclass(frozen=True, slots=True)
class City:
    """Made once at start. `labels`: every spelling of the menu's keys, and their ids.
    `bots`: the username on each channel, known when the platform has answered.
    """

    pack: Pack
    texts: Texts
    dates: Dates
    mind: Mind
    codes: Codes
    calendar: WorkingTime
    labels: Mapping[str, str]
    bots: dict[str, str] = field(default_factory=dict)

    def reader(self, whom: Address | Person) -> Reader:
        """How to speak to this person."""
        return Reader(self.texts, self.dates, whom.lang or self.pack.languages.default, bool(whom.simple))
