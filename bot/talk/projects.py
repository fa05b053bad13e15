"""Projects in words: a line of a list, the whole, and what changed of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from bot.domain.project import STOPPED
from bot.talk.reader import Reader
from bot.talk.rich import Bold, Plain, Rich, bold, join, plain


class Facts(Protocol):
    """What is said of a project."""

    @property
    def title(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def percent(self) -> int: ...
    @property
    def percent_at(self) -> int: ...
    @property
    def ends_at(self) -> int: ...
    @property
    def reason(self) -> str: ...
    @property
    def place(self) -> str: ...


def stage_name(reader: Reader, stage: str) -> str:
    """A stage as people read it."""
    return reader.line(f"project-stage-{stage}")


def project_texts(reader: Reader, row: Facts, now: int) -> list[Rich]:
    """All that is announced: facts under each other, then what the city says of it."""
    told: dict[str, Any] = {"percent": row.percent, "date": reader.date(row.percent_at or now)}
    facts = [reader.rich("project-item", title=bold(row.title), stage=stage_name(reader, row.stage), **told)]
    if row.stage == STOPPED and row.reason:
        facts.append(reader.rich("project-why", reason=row.reason))
    if row.ends_at:
        facts.append(reader.rich("project-end", date=reader.date(row.ends_at)))
    if row.place:
        facts.append(reader.rich("project-place", place=row.place))
    return [*facts, *([(Plain("\n" + plain(row.words)),)] if row.words else [])]


def change_line(reader: Reader, what: Mapping[str, Any]) -> Rich:
    """One announced change, from what to what, and why where a reason was owed: `what`, `old`, `new`, `reason`."""
    old, new = what["old"], what["new"]
    match what["what"]:
        case "stage":
            text = "project-stopped" if new == STOPPED else "project-stage"
            said: Mapping[str, Any] = {"old": stage_name(reader, old), "new": stage_name(reader, new)}
        case "percent":
            text, said = "project-percent" if new > old else "project-percent-lower", {"old": old, "new": new}
        case _:
            text, said = _end(old, new), {"old": reader.date(old or new), "new": reader.date(new)}
    return reader.rich(text, reason=what["reason"], **said)


def _end(old: int, new: int) -> str:
    if not (old and new):
        return "project-end-open" if old else "project-end-set"
    return "project-delay" if new > old else "project-sooner"


def history(reader: Reader, title: str, changes: Iterable[tuple[int, Mapping[str, Any]]]) -> list[Rich]:
    """What was announced otherwise than before, newest first: the day, and what changed."""
    lines = [join((Bold(reader.dates.date(reader.lang, at)),), change_line(reader, what)) for at, what in changes]
    return [reader.rich("project-history" if lines else "project-history-none", title=title), *lines]
