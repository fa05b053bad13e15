"""Projects of the city."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, literal_column, select

from bot.store.city_lists import newest, pages
from bot.store.statements import Query, word
from bot.store.tables import projects


class ProjectRow(NamedTuple):
    id: int
    state: str
    title: str
    words: str = ""
    stage: str = "study"
    percent: int = 0
    percent_at: int = 0
    ends_at: int = 0
    reason: str = ""
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    version: int = 1
    updated_at: int = 0


PROJECT = Query(
    select(*(projects.c[name] for name in ProjectRow._fields)).where(projects.c.id == bindparam("id_")), ProjectRow
)
_columns = (
    *(projects.c[name] for name in ("id", "state", "title", "place")),
    literal_column("0"),
    projects.c.stage,
    projects.c.percent,
)
SHOWN_PROJECTS = pages(newest(projects), _columns, projects.c.state == word("published"))
ALL_PROJECTS = pages(newest(projects), _columns)
