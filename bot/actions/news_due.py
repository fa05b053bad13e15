"""Scheduled news comes out by the clock, where its author still may."""

from __future__ import annotations

from bot.actions.city import City
from bot.actions.editors import tell_editors
from bot.actions.news import OWNER, publish, unschedule
from bot.actions.showing import note
from bot.domain.news import NewsState
from bot.domain.rights import speaks
from bot.errors import Refused
from bot.store import news
from bot.store.news import NewsRow
from bot.store.people import ROLES_OF
from bot.store.timers import TimerRow
from bot.store.work import Work


async def publish_due(work: Work, city: City, timer: TimerRow) -> None:
    """Publish it, unless it has another time by now. Where its author keeps no news any more it waits as a draft, and
    the editors are told.
    """
    row = await work.first(news.BY_ID, news_id=timer.subject_id)
    if row is None or row.state != NewsState.SCHEDULED or row.publish_at != timer.due_at:
        return
    if not await _may(work, row):
        await _back(work, city, row, "news-author-gone")
        return
    try:
        count = await publish(work, city, row)
    except Refused:  # its words were taken out meanwhile
        await _back(work, city, row, "news-due-not-whole")
        return
    await tell_editors(work, city, "news-published-by-clock", row.id, title=row.title, count=count)


async def _may(work: Work, row: NewsRow) -> bool:
    roles = await work.query(ROLES_OF, ids=f"[{row.author_id}]") if row.author_id else []
    return speaks(roles)


async def _back(work: Work, city: City, row: NewsRow, text: str) -> None:
    unschedule(work, row)
    note(work, OWNER, row.id, "held", why=text)
    await tell_editors(work, city, text, row.id, title=row.title)
