"""All of understanding in one place: what handlers ask about a person's words."""

from __future__ import annotations

from bot.pack.catalogue import OTHER
from bot.pack.pack import Pack
from bot.understand.category import Categories, Suggestion
from bot.understand.danger import Danger, Kind, Rule
from bot.understand.hollow import Hollow
from bot.understand.place import Landmarks
from bot.understand.smalltalk import Smalltalk


class Mind:
    """Made from the pack. Categories are known once `warm` has learned them (0.3 s)."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._categories: Categories | None = None
        self._danger = Danger(_rules(pack))
        self._landmarks = Landmarks(
            {key: (mark.name("fa"), *mark.also) for key, mark in pack.landmarks.items()}, pack.city.place.not_this
        )
        self._smalltalk = Smalltalk(pack.smalltalk)
        self._hollow = Hollow(pack.answers.hollow)

    def warm(self) -> None:
        """Learn the categories. May run in a thread: the result is set at once."""
        if self._categories is None:
            self._categories = _learn(self._pack)

    def categories(self, text: str, *, certain: bool = False) -> tuple[Suggestion, ...]:
        """Up to three categories, best first, or silence. `certain`: the words are a report.

        Silent too until `warm` is done: learning here would hold up everybody.
        """
        return self._categories.suggest(text, certain=certain) if self._categories else ()

    def dangers(self, text: str) -> tuple[Kind, ...]:
        """Every kind of emergency that the words name."""
        return self._danger.find(text)

    def landmark(self, text: str) -> str | None:
        """The key of a known place named in the words."""
        return self._landmarks.find(text)

    def other_town(self, text: str) -> bool:
        """Whether a town of the same name elsewhere is named."""
        return self._landmarks.other_town(text)

    def smalltalk(self, text: str) -> str | None:
        """greeting, thanks, help or cancel, when the whole message is that."""
        return self._smalltalk.find(text)

    def hollow(self, words: str) -> bool:
        """Whether an official's answer says nothing about the case: to be asked about before it is sent."""
        return self._hollow.covers(words)


def _learn(pack: Pack) -> Categories:
    offered = {key: c for key, c in pack.categories.items() if not c.retired and key != OTHER}
    examples = [(e.text, e.category) for e in pack.examples if not e.category or e.category in offered]
    phrases = {key: (*c.keywords, *c.names.values(), *c.labels.values()) for key, c in offered.items()}
    return Categories.learn(examples, phrases)


def _rules(pack: Pack) -> list[Rule]:
    return [Rule(r.key, tuple(r.numbers), r.advice, r.tone, r.every_phrase, tuple(r.unless)) for r in pack.emergencies]
