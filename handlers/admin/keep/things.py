"""Projects and programmes as editors keep them: what each has, what is asked for it, and how it is saved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.actions import programmes, projects
from bot.actions.city import City
from bot.errors import Refused
from bot.store.city_lists import Pages
from bot.store.programmes import ALL_PROGRAMMES, PROGRAMME, ProgrammeRow
from bot.store.projects import ALL_PROJECTS, PROJECT, ProjectRow
from bot.store.statements import Query
from bot.store.work import Work
from bot.talk.programmes import programme_texts
from bot.talk.projects import project_texts
from bot.talk.reader import Reader
from bot.talk.rich import Rich

Given = dict[str, Any]
"""What has been given so far: by column, and `reason`, `files`, `pin` beside them."""
Row = Any  # a ProjectRow or a ProgrammeRow; each thing gets its own


@dataclass(frozen=True, slots=True)
class Thing:
    """`key`: in buttons. `owner`: in the log. `pages`: the card's buttons, the field that each of them asks for.
    `columns`: what of the given is saved. `owes`: whether this change needs its reason.
    """

    key: str
    owner: str
    query: Query[Any]
    listing: Pages
    made_of: tuple[str, ...]
    pages: Mapping[str, tuple[str, ...]]
    columns: tuple[str, ...]
    owes: Callable[[Row, Given], bool]
    make: Callable[[Work, Given], Row]
    save: Callable[[Work, City, Row, Given, str], Awaitable[Row]]
    deeds: Mapping[str, Callable[[Work, City, Row], Awaitable[Row]]]
    texts: Callable[[Reader, Row, int], list[Rich]]

    def values(self, given: Given) -> Given:
        """The columns of what was given."""
        return {name: given[name] for name in self.columns if name in given}


def _project_owes(row: ProjectRow, values: Given) -> bool:
    return any(projects.is_owed(row, name, value) for name, value in values.items())


def _programme_owes(row: ProgrammeRow, values: Given) -> bool:
    return row.state == "published" and any(
        name in values and values[name] != getattr(row, name) for name in programmes.MOVES
    )


def _programme_texts(reader: Reader, row: ProgrammeRow, _now: int) -> list[Rich]:
    return programme_texts(reader, row)


_PROJECT = Thing(
    "p",
    "project",
    PROJECT,
    ALL_PROJECTS,
    ("title", "words"),
    {"": ("stage", "percent", "end", "place", "photos", "texts"), "texts": ("title", "words")},
    ("title", "words", "stage", "percent", "ends_at", "place", "lat", "lon"),
    _project_owes,
    projects.make_project,
    projects.change_project,
    {"publish": projects.publish_project, "withdraw": projects.withdraw_project},
    project_texts,
)
_PROGRAMME = Thing(
    "e",
    "programme",
    PROGRAMME,
    ALL_PROGRAMMES,
    ("title", "when", "place", "pin"),
    {"": ("when", "until", "place", "photos", "texts", "cancel"), "texts": ("title", "words")},
    ("title", "words", "starts_at", "ends_at", "place", "lat", "lon"),
    _programme_owes,
    programmes.make_programme,
    programmes.change_programme,
    {"publish": programmes.publish_programme, "withdraw": programmes.withdraw_programme},
    _programme_texts,
)
_THINGS = {thing.key: thing for thing in (_PROJECT, _PROGRAMME)}


def thing_of(key: str) -> Thing:
    """Raises Refused for a forged button."""
    if key not in _THINGS:
        raise Refused("err-old-button")
    return _THINGS[key]
