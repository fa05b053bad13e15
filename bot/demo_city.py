"""What the demo's city shows when it begins: news with pictures, projects, a programme, and where its citizens live.

Read from `data/demo.toml`; these are examples and say so.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot import demo_scenes
from bot.actions.city import City
from bot.actions.news import Change, draft, publish
from bot.actions.showing import show_files
from bot.clock import DAY, HOUR
from bot.domain.quiet import day_start
from bot.settings import ROOT
from bot.store import tables
from bot.store.store import Store
from bot.store.work import Work

SHOWN = ROOT / "data" / "demo.toml"
_SCENES: Mapping[str, Callable[[], bytes]] = {
    "path": demo_scenes.tree_lined_path,
    "evening": demo_scenes.evening_in_the_park,
    "trench": demo_scenes.trench_with_a_pipe,
}


async def furnish(store: Store, city: City, files: Path) -> None:
    """Put all of it into a new database, in one transaction."""
    shown = tomllib.loads(SHOWN.read_text(encoding="utf-8"))
    async with store.unit() as unit:
        work = await unit.work()
        for each in shown.get("news", ()):
            await _news(work, city, files, each)
        for each in shown.get("project", ()):
            _project(work, files, each)
        for each in shown.get("programme", ()):
            _programme(work, city, files, each)
        unit.merge(work)
        await store.commit(unit)


async def _news(work: Work, city: City, files: Path, each: Mapping[str, Any]) -> None:
    kept = [_picture(work, files, each["picture"])]
    change = Change(each["title"], each["words"].strip(), each["kind"], files=[(kept[0], "photo")])
    row = draft(work, change, dated_at=work.now + each["days"] * DAY)
    await publish(work, city, row, [(kept[0], "photo")], push=False)


def _project(work: Work, files: Path, each: Mapping[str, Any]) -> None:
    at = work.now + each["days"] * DAY
    row = {name: each[name] for name in ("title", "words", "stage", "percent", "place")}
    ends = work.now + each["ends_in"] * DAY if "ends_in" in each else 0
    id_ = work.add(tables.projects, state="published", percent_at=at, ends_at=ends, created_at=at, updated_at=at, **row)
    _show(work, files, "project", id_, each)


def _programme(work: Work, city: City, files: Path, each: Mapping[str, Any]) -> None:
    starts = day_start(work.now + each["days"] * DAY, city.pack.time.zone) + each["hour"] * HOUR
    row = {name: each[name] for name in ("title", "words", "place")}
    id_ = work.add(
        tables.programmes, state="published", starts_at=starts, created_at=work.now, updated_at=work.now, **row
    )
    _show(work, files, "programme", id_, each)


def _show(work: Work, files: Path, owner: str, owner_id: int, each: Mapping[str, Any]) -> None:
    if "picture" in each:
        show_files(work, owner, owner_id, [(_picture(work, files, each["picture"]), "photo")])


def _picture(work: Work, files: Path, name: str) -> int:
    """A drawn picture as a stored file of the city."""
    content = _SCENES[name]()
    sha256 = hashlib.sha256(content).hexdigest()
    path = files / sha256[:2] / sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    stored = {"kind": "photo", "bot": "", "file_id": "", "mime": "image/jpeg", "state": "stored"}
    return work.add(
        tables.attachments,
        person_id=tables.CITY,
        sha256=sha256,
        size=len(content),
        inline=True,
        created_at=work.now,
        **stored,
    )
