"""How the portal is: silent or of another shape is told to editors once, and once when it is back."""

from __future__ import annotations

from typing import Any

from bot.actions.city import City
from bot.actions.staff import load_staff
from bot.store import portal, tables
from bot.store.portal import SourceRow
from bot.store.work import Priority, Work
from bot.talk.portal import waiting_screen


def begin_reading(work: Work, city: City, row: SourceRow) -> SourceRow:
    """The source's row, with this reading counted."""
    if row.id:
        work.set(tables.sources, row.id, read_at=work.now)
        return row._replace(read_at=work.now)
    made = work.add(tables.sources, key=city.pack.news.source, read_at=work.now)
    return row._replace(id=made, read_at=work.now)


async def source_failed(work: Work, city: City, row: SourceRow, trouble: str) -> None:
    """A reading brought nothing."""
    failures, told_at = row.failures + 1, row.told_at
    if failures >= city.pack.news.failures and not told_at:
        told_at = work.now
        if row.good_at:
            await _tell(work, city, "news-source-down", row.good_at)
        else:
            await _tell(work, city, "portal-never", 0)
    work.set(tables.sources, row.id, failures=failures, error=trouble, told_at=told_at)


async def source_read(work: Work, city: City, row: SourceRow, marks: tuple[str, str]) -> None:
    """A reading went well. `marks`: ETag and Last-Modified, for asking next time whether anything is new."""
    if row.told_at:
        await _tell(work, city, "portal-back", work.now)
    await _tell_waiting(work, city, row.good_at)
    good = {"failures": 0, "error": "", "told_at": 0, "good_at": work.now}
    work.set(tables.sources, row.id, etag=marks[0], modified=marks[1], **good)


async def _tell_waiting(work: Work, city: City, since: int) -> None:
    """Editors are told once of what this reading left to them, one of which a kill cut off included."""
    counts = (await work.query(portal.WAITING_COUNT, since=since))[0]
    for to in (await load_staff(work)).speakers() if counts.fresh else ():
        work.say(waiting_screen(city.reader(to), counts.n), to, priority=Priority.PUSH)


async def _tell(work: Work, city: City, text: str, at: int) -> None:
    for to in (await load_staff(work)).speakers():
        reader = city.reader(to)
        args: dict[str, Any] = {"date": reader.date_clock(at)} if at else {}
        work.say(reader.screen(reader.rich(text, **args)), to, priority=Priority.PUSH)
