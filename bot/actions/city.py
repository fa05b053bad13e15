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


@dataclass(slots=True)
class City:
    """Made once at start, and shared by all; nobody changes it but `renew`. `labels`: every spelling of the menu's
    keys, and their ids.
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

    def renew(self, pack: City) -> None:
        """Take over everything that is made of a pack, for all who hold this city at once.

        Whoever calls it holds the store's writer, as each unit of work does for its whole life: so every update, job
        and file is handled by one pack from beginning to end. What the database or the platforms gave stays.
        """
        self.pack, self.texts, self.dates = pack.pack, pack.texts, pack.dates
        self.mind, self.calendar, self.labels = pack.mind, pack.calendar, pack.labels

    def reader(self, whom: Address | Person) -> Reader:
        """How to speak to this person."""
        return Reader(self.texts, self.dates, whom.lang or self.pack.languages.default, bool(whom.simple))
