"""What can be reported and who does the work: groups, categories, advice, departments, bodies outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.domain.rights import INSPECTION
from bot.pack.part import Count, Key, Many, Part, Words, said

OTHER = "other"  # the category behind "none of these"
LABEL_CHARS = 20

Want = Literal["required", "recommended", "none"]
Names = Annotated[Words, Field(alias="name")]


class _Labelled(Part):
    key: Key
    emoji: Annotated[str, Field(min_length=1)]
    names: Names
    labels: Annotated[Words, Field(alias="label")]

    def name(self, lang: str) -> str:
        """The full name, for texts."""
        return said(self.names, lang)

    def label(self, lang: str) -> str:
        """For a button: emoji first, at most 20 characters."""
        return f"{self.emoji} {said(self.labels, lang)}"

    @model_validator(mode="after")
    def _fit(self) -> _Labelled:
        for lang in self.labels:
            if (length := len(self.label(lang))) > LABEL_CHARS:
                raise ValueError(f"label in {lang} has {length} characters with its emoji; {LABEL_CHARS} fit a button")
        return self


class Group(_Labelled):
    radius_m: Count


class Category(_Labelled):
    """A kind of problem. Exactly one target: working days, or (urgent only) hours by the clock."""

    group: str
    department: str
    owner: Literal["municipality", "external", "shared"]
    outside: str = ""  # the body, where owner is not the municipality
    target_days: Count | None = None
    target_hours: Count | None = None
    target_confirmed: bool
    urgent: bool
    emergency: Many[str]
    advice: str
    photo: Want
    location: Want
    radius_m: Count | None = None
    similar: bool = True
    question: Words | None = None
    keywords: Many[str]
    retired: bool = False

    @property
    def private(self) -> bool:
        """Staff conduct: seen by inspection alone, published nowhere."""
        return self.department == INSPECTION

    @model_validator(mode="after")
    def _sound(self) -> Category:
        if (self.target_days is None) == (self.target_hours is None):
            raise ValueError("give target_days or target_hours, one of them")
        if self.target_hours is not None and not self.urgent:
            raise ValueError("target_hours is for urgent categories only")
        if (self.owner == "municipality") == bool(self.outside):
            raise ValueError("outside names the body of external and shared categories, and only of these")
        if self.urgent and not self.advice:
            raise ValueError("an urgent category needs advice")
        return self


class Catalogue(Part):
    """categories.toml"""

    version: str
    groups: Annotated[Many[Group], Field(alias="group")]
    advice: Mapping[Key, Words]
    categories: Annotated[Many[Category], Field(alias="category")]


class Department(Part):
    """A department of the municipality. Citizens read its name only when it is confirmed."""

    key: Key
    names: Names
    confirmed: bool
    note: str = ""

    def name(self, lang: str) -> str:
        return said(self.names, lang)


class Departments(Part):
    """departments.toml"""

    version: str
    department: Many[Department]


class Body(Part):
    """A body outside the municipality, with the number that citizens dial."""

    key: Key
    number: Annotated[str, Field(pattern=r"^[0-9]{3,11}$")]
    names: Names
    handles: str
    source: str
    confirmed: bool

    def name(self, lang: str) -> str:
        return said(self.names, lang)

    @property
    def may_tell(self) -> bool:
        """Whether citizens may be told its name and number."""
        return self.confirmed or bool(self.source)


class Bodies(Part):
    """external.toml"""

    version: str
    body: Many[Body]
