"""The city pack, read and checked: everything that a municipality owns, for whoever talks, acts or understands."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from bot.domain.calendar import WorkingTime
from bot.pack.answers import Answers
from bot.pack.catalogue import OTHER, Body, Category, Department, Group
from bot.pack.city import Broadcast, City, Digest, Geo, Languages, Limits, Phones, Portal, Time
from bot.pack.examples import Example, load_examples
from bot.pack.facts import Facts
from bot.pack.files import Files
from bot.pack.holidays import Holidays
from bot.pack.mayor import MayorMessage
from bot.pack.part import SOURCE, said
from bot.pack.phrases import Rule
from bot.pack.places import Area, Landmark, area_of
from bot.pack.portal import News
from bot.pack.texts import Texts


@dataclass(frozen=True, eq=False)
class Pack:
    """Never changes; a changed folder is another Pack. Mappings keep the order of the files."""

    files: Files
    city: City
    facts: Facts
    groups: Mapping[str, Group]
    categories: Mapping[str, Category]
    advices: Mapping[str, Mapping[str, str]]
    departments: Mapping[str, Department]
    bodies: Mapping[str, Body]
    emergencies: tuple[Rule, ...]
    smalltalk: Mapping[str, tuple[str, ...]]
    answers: Answers
    landmarks: Mapping[str, Landmark]
    areas: tuple[Area, ...]
    holidays: Holidays
    news: News
    mayor: MayorMessage
    texts: Mapping[str, Texts]

    # What citizens may be told

    def may_tell(self, key: str) -> bool:
        """Whether citizens may be told this key of city.toml (`phones.fire`). KeyError when there is no such key."""
        return self.facts.may_tell(key)

    def fact(self, key: str) -> Any | None:
        """The value of a key of city.toml, or None when citizens may not be told."""
        return self.facts.get(key)

    def department_name(self, key: str, lang: str) -> str | None:
        """None until the municipality has confirmed the department."""
        department = self.departments[key]
        return department.name(lang) if department.confirmed else None

    def phone_text(self, number: str) -> str:
        """The id of the text that says who answers this short number: `phone-fire` for 125. KeyError for another."""
        names = {value: name for name, value in self.phones.model_dump().items() if value}
        return f"phone-{names[number].replace('_', '-')}"

    # The town

    @property
    def limits(self) -> Limits:
        return self.city.limits

    @property
    def phones(self) -> Phones:
        return self.city.phones

    @property
    def geo(self) -> Geo:
        return self.city.geo

    @property
    def time(self) -> Time:
        return self.city.time

    @property
    def languages(self) -> Languages:
        return self.city.languages

    @property
    def broadcast(self) -> Mapping[str, Broadcast]:
        return self.city.broadcast

    @property
    def digests(self) -> Mapping[str, Digest]:
        return self.city.digests

    @property
    def portal(self) -> Portal:
        return self.city.portal

    @property
    def posters(self) -> Mapping[str, str]:
        """Kinds of things that wear a sticker, and the category of what is reported at them."""
        return self.city.posters

    def name(self, lang: str) -> str:
        """The town's name."""
        return said(self.city.name.words, lang)

    def municipality(self, lang: str) -> str:
        return said(self.city.municipality, lang)

    def area_of(self, lat: float, lon: float) -> Area | None:
        """The first area that holds the point, else the nearest; None outside the town's box."""
        return area_of(self.areas, self.geo, lat, lon)

    def working_time(self, official: Container[date] = ()) -> WorkingTime:
        """The municipality's calendar; `official` holidays come from the domain's `OfficialDays`."""
        exceptions = [day.exceptional for day in self.holidays.exceptions]
        return WorkingTime(self.time.zone, self.time.hours, self.time.thursday, official, exceptions)

    # What can be reported

    def offered(self, group: str) -> tuple[Category, ...]:
        """The categories that a group's keyboard shows: not the retired ones, not "other"."""
        return tuple(c for c in self.categories.values() if c.group == group and not c.retired and c.key != OTHER)

    def radius_m(self, category: str) -> int:
        """How near a similar open case must be: the category's own radius, or its group's."""
        found = self.categories[category]
        return found.radius_m or self.groups[found.group].radius_m

    def advice(self, key: str, lang: str) -> str:
        """In ckb, az and en the Persian goes under it (the screen's work)."""
        return said(self.advices[key], lang)

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """Read when first asked for."""
        return load_examples("examples.jsonl", self.files.text("examples.jsonl"))

    # Texts

    @property
    def ftl(self) -> Mapping[str, str]:
        """Each language's whole Fluent source. `texts[lang].messages` has it cut by id."""
        return {lang: texts.source for lang, texts in self.texts.items()}

    def text_ids(self, lang: str = SOURCE) -> frozenset[str]:
        return frozenset(self.texts[lang].messages)

    def missing_texts(self, lang: str) -> frozenset[str]:
        """Texts that this language takes from Persian."""
        return self.text_ids() - self.text_ids(lang)

    # What the municipality has still to say

    def unconfirmed(self) -> list[str]:
        """`file: key` of what is neither empty, confirmed nor sourced: used inside, not told to citizens."""
        targets = [f"{key}.target" for key, category in self.categories.items() if not category.target_confirmed]
        return [
            *(f"city.toml: {key}" for key in self.facts.unconfirmed()),
            *(f"departments.toml: {d.key}" for d in self.departments.values() if not d.confirmed),
            *(f"external.toml: {b.key}" for b in self.bodies.values() if not b.may_tell),
            *(f"categories.toml: {key}" for key in targets),
            *(f"landmarks.toml: {mark.key}" for mark in self.landmarks.values() if not mark.confirmed),
            *(f"areas.geojson: {area.key}" for area in self.areas if not area.confirmed),
        ]

    def sourced_only(self) -> list[str]:
        """`file: key` of what is told to citizens on the strength of a public source alone."""
        bodies = (b.key for b in self.bodies.values() if b.source and not b.confirmed)
        keys = self.facts.sourced_only()
        return [*(f"city.toml: {key}" for key in keys), *(f"external.toml: {key}" for key in bodies)]
