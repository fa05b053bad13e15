"""Projects: what was announced of one never changes in silence. Each change is noted, and told to who follows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.actions.city import City
from bot.actions.following import tell_followers
from bot.actions.keeping import begin, change, changes_of, load_seen
from bot.actions.showing import note
from bot.domain.project import ANNOUNCED, STOPPED, owes_reason
from bot.errors import Refused
from bot.store.projects import PROJECT, ProjectRow
from bot.store.work import Work
from bot.talk.projects import change_line
from bot.talk.reader import Reader
from bot.talk.screen import Screen

OWNER = "project"
SEE_VERB = "pj-see"


def make_project(work: Work, values: Mapping[str, Any]) -> ProjectRow:
    """A draft that nobody sees yet. Raises Refused for whoever keeps nothing."""
    return ProjectRow(begin(work, OWNER, values), "draft", **values, updated_at=work.now)


async def change_project(
    work: Work, city: City, seen: ProjectRow, values: Mapping[str, Any], reason: str = ""
) -> ProjectRow:
    """Change some columns of the version that the editor saw. Raises Changed, and Refused where a reason is owed."""
    row = await load_seen(work, PROJECT, seen)
    new = changes_of(row, values)
    if not reason and any(is_owed(row, name, value) for name, value in new.items()):
        raise Refused("keep-why-needed")
    after = change(work, OWNER, row, **new, **_marks(work, new, reason))
    note(work, OWNER, row.id, "edited", what=list(new))
    for name in [name for name in ANNOUNCED if name in new and row.state != "draft"]:
        what = {"what": name, "old": getattr(row, name), "new": new[name], "reason": reason}
        note(work, OWNER, row.id, "changed", **what)
        if row.state == "published":
            await _tell(work, city, row, what)
    return after


def is_owed(row: ProjectRow, name: str, new: Any) -> bool:
    """Whether this change needs its reason; of a draft, which nobody was told of, only why it stands still."""
    return owes_reason(name, getattr(row, name, ""), new) and (row.state != "draft" or name == "stage")


def _marks(work: Work, new: Mapping[str, Any], reason: str) -> dict[str, Any]:
    """What changes along: when progress was told, and why it stands still."""
    marks: dict[str, Any] = {"percent_at": work.now} if "percent" in new else {}
    if "stage" in new:
        marks["reason"] = reason if new["stage"] == STOPPED else ""
    return marks


async def _tell(work: Work, city: City, row: ProjectRow, what: Mapping[str, Any]) -> None:
    def say(reader: Reader) -> Screen:
        rows = [[reader.button("btn-open-project", SEE_VERB, row.id)]]
        return reader.screen(reader.rich("project-news", title=row.title), change_line(reader, what), rows=rows)

    await tell_followers(work, city, (OWNER, row.id), row.title, say)


async def publish_project(work: Work, _city: City, seen: ProjectRow) -> ProjectRow:
    """Show it to citizens. Its progress is announced as of now, or of when it was last changed."""
    row = await load_seen(work, PROJECT, seen)
    if row.state == "published":
        raise Refused("err-already")
    note(work, OWNER, row.id, "published")
    return change(work, OWNER, row, state="published", percent_at=row.percent_at or work.now)


async def withdraw_project(work: Work, _city: City, seen: ProjectRow) -> ProjectRow:
    """Citizens see it no more; its followers hear no more of it until it comes back."""
    row = await load_seen(work, PROJECT, seen)
    note(work, OWNER, row.id, "withdrawn")
    return change(work, OWNER, row, state="withdrawn")
