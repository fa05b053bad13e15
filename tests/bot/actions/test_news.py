"""What becomes of an item of news: by whom, in which order, and what is sent of it."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from bot.actions.due import run_timer
from bot.actions.news import (
    TITLE_MOST,
    WORDS_MOST,
    Change,
    Conflict,
    change,
    draft,
    load_news,
    pin,
    publish,
    schedule,
    unschedule,
    withdraw,
)
from bot.clock import HOUR
from bot.domain.news import NewsState
from bot.errors import NotFound, Refused
from bot.store import tables
from bot.store.news import NewsRow
from bot.store.timers import TimerRow
from bot.store.work import Work
from bot.talk import rich, screen
from tests.house import House

EDITOR, CITIZEN = 1, 2
WHOLE = Change("عنوان", "متن خبر")


async def published(home: House, new: Change = WHOLE, user: int = 0) -> NewsRow:
    """An item that is out; nobody's hand is enough for it, as the portal's reader has none."""
    async with home.work(user) as work:
        row = draft(work, new)
        await publish(work, home.city, row, new.files or ())
    return await now(home, row.id)


async def now(home: House, news_id: int) -> NewsRow:
    async with home.work() as work:
        return await load_news(work, news_id)


async def casts(home: House) -> list[tuple[str, str]]:
    """The mode and state of what was sent."""
    return await home.rows("SELECT mode, state FROM broadcasts ORDER BY id")


def said(row: str) -> str:
    return rich.visible(screen.load(orjson.loads(row)).text)


async def test_nobody_but_editors_admins_and_our_own_jobs_keeps_news(home: House) -> None:
    row = await published(home)
    attempts: list[Any] = [
        lambda work: draft(work, WHOLE),
        lambda work: schedule(work, row, work.now + HOUR),
        lambda work: unschedule(work, row),
        lambda work: pin(work, row, on=True),
    ]
    later: list[Any] = [
        lambda work: load_news(work, row.id),
        lambda work: change(work, home.city, row, WHOLE),
        lambda work: publish(work, home.city, row),
        lambda work: withdraw(work, home.city, row),
    ]
    async with home.work(CITIZEN) as work:
        for attempt in attempts:
            with pytest.raises(Refused, match="err-not-allowed"):
                attempt(work)
        for attempt in later:
            with pytest.raises(Refused, match="err-not-allowed"):
                await attempt(work)
        assert tables.news not in {*work.inserts, *(table for table, _ in work.updates)}


async def test_what_is_published_is_sent_once_and_bears_its_own_day(home: House) -> None:
    async with home.work() as work:
        old = draft(work, WHOLE, dated_at=work.now - HOUR)
        coming = draft(work, WHOLE, dated_at=work.now + HOUR)
        for row in (old, coming):
            await publish(work, home.city, row, ())
        at = work.now
    assert (await now(home, old.id)).published_at == at - HOUR
    assert (await now(home, coming.id)).published_at == at
    assert await casts(home) == [("", "sending")] * 2
    async with home.work() as work:
        with pytest.raises(Refused, match="err-already"):
            await publish(work, home.city, await load_news(work, old.id))


async def test_old_news_may_come_out_without_telling_anybody(home: House) -> None:
    async with home.work() as work:
        assert await publish(work, home.city, draft(work, WHOLE), (), push=False) == 0
    assert await casts(home) == []


async def test_an_item_without_title_or_text_stays_where_it_is(home: House) -> None:
    async with home.work() as work:
        for new in (Change("عنوان"), Change(words="متن")):
            row = draft(work, new)
            with pytest.raises(Refused, match="news-not-whole"):
                await publish(work, home.city, row, ())
            with pytest.raises(Refused, match="news-not-whole"):
                schedule(work, row, work.now + HOUR)


@pytest.mark.parametrize("new", [Change("د" * (TITLE_MOST + 1), "متن"), Change("عنوان", "د" * (WORDS_MOST + 1))])
async def test_more_than_fits_is_refused_with_its_length(home: House, new: Change) -> None:
    row = await published(home)
    async with home.work() as work:
        with pytest.raises(Refused, match="long") as refusal:
            await change(work, home.city, row, new)
        assert refusal.value.args_["count"] == refusal.value.args_["max"] + 1  # type: ignore[operator]
        assert not work.updates


async def test_the_second_of_two_sees_who_was_first(home: House) -> None:
    await home.gives(EDITOR, "editor")
    row = await published(home)
    async with home.work(EDITOR) as work:
        await change(work, home.city, await load_news(work, row.id, row.version), Change(title="دیگر"))
    async with home.work() as work:
        with pytest.raises(Conflict) as conflict:
            await load_news(work, row.id, row.version)
    assert (conflict.value.row.title, conflict.value.own) == ("دیگر", False)
    async with home.work(EDITOR) as work:
        with pytest.raises(Conflict) as conflict:
            await load_news(work, row.id, row.version)
        with pytest.raises(NotFound):
            await load_news(work, row.id + 1)
    assert conflict.value.own


async def test_a_change_edits_what_was_sent_and_what_still_waits(home: House) -> None:
    row = await published(home)
    async with home.work() as work:
        await change(work, home.city, row, Change(words="متن درست"))
    assert await casts(home) == [("", "sending"), ("edit", "sending")]
    newest = "SELECT screen, max(version) FROM renditions WHERE lang = 'fa' GROUP BY broadcast_id ORDER BY broadcast_id"
    texts = [said(row) for row, _ in await home.rows(newest)]
    assert ["متن درست" in text for text in texts] == [True, True]
    assert ["اصلاح" in text for text in texts] == [False, True]
    assert (await now(home, row.id)).edited_at


async def test_another_kind_or_pin_sends_nothing(home: House) -> None:
    row = await published(home)
    async with home.work() as work:
        after = await change(work, home.city, row, Change(kind="culture"))
        pin(work, after, on=True)
    assert await casts(home) == [("", "sending")]
    assert (await now(home, row.id)).pinned_at


async def test_what_is_withdrawn_is_taken_back_and_lets_its_files_go(home: House) -> None:
    async with home.work(EDITOR) as work:
        values = {"person_id": work.person.id, "kind": "photo", "bot": "telegram:1", "file_id": "x"}
        photo = work.add(tables.attachments, **values, created_at=work.now)
    row = await published(home, Change("عنوان", "متن", files=[(photo, "photo")]))
    assert await home.rows("SELECT person_id FROM attachments") == [(tables.CITY,)]
    async with home.work() as work:
        await withdraw(work, home.city, row)
    assert await casts(home) == [("", "stopped"), ("withdraw", "sending")]
    assert await home.rows("SELECT count(*) FROM shown") == [(0,)]
    async with home.work() as work:
        gone = await load_news(work, row.id)
        for attempt in (withdraw(work, home.city, gone), change(work, home.city, gone, WHOLE)):
            with pytest.raises(Refused, match="news-withdrawn"):
                await attempt


async def test_pictures_take_the_place_of_all_before(home: House) -> None:
    async with home.work(EDITOR) as work:
        values = {"person_id": work.person.id, "kind": "photo", "bot": "telegram:1", "created_at": work.now}
        photos = [work.add(tables.attachments, **values, file_id=name) for name in "abc"]
    row = await published(home, Change("عنوان", "متن", files=[(photos[0], "photo")]))
    async with home.work() as work:
        await change(work, home.city, row, Change(files=[(photos[0], "photo"), (photos[2], "photo")]))
    assert await home.rows("SELECT attachment_id FROM shown ORDER BY id") == [(photos[0],), (photos[2],)]


async def test_a_time_that_was_taken_off_or_moved_does_nothing(home: House) -> None:
    await home.gives(EDITOR, "editor")
    async with home.work(EDITOR) as work:
        row = schedule(work, draft(work, WHOLE), work.now + HOUR)
        first = row.publish_at
        schedule(work, row, work.now + 2 * HOUR)

    async def due(at: int, work: Work) -> None:
        await run_timer(work, home.city, TimerRow(0, "news-publish", row.id, at, 0))

    async with home.work() as work:
        await due(first, work)
    assert (await now(home, row.id)).state == NewsState.SCHEDULED
    async with home.work() as work:
        unschedule(work, await load_news(work, row.id))
    async with home.work() as work:
        await due(first + HOUR, work)
    assert (await now(home, row.id)).state == NewsState.DRAFT
    assert await casts(home) == []
