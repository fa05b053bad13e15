"""News come from the portal: each once, with its edits; what is unsure is an editor's to decide."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.clock import DAY, MINUTE
from bot.sandbox.person import Person
from bot.store import tables
from tests.acting import acting, bare, hires, revokes, settled
from tests.faults.pictures import drawn, png, written
from tests.portal_site import BILLION, FEED, HOST, OUTER, OUTSIDE, Piece, Site, answers, portal_site, redirect, settings
from tests.town import Town, learned, living

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])
LIST_PATH = "/fa-IR/DouranPortal/4801"


@contextlib.asynccontextmanager
async def beside(folder: Path, **more: object) -> AsyncIterator[tuple[Town, Site]]:
    """A town whose portal is the site."""
    read = learned()
    pack = replace(read.pack, news=settings(read.pack.news, **more))
    async with (
        portal_site() as site,
        living(folder, replace(read, pack=pack), site.fetcher()) as town,
    ):
        yield town, site


def today(town: Town) -> str:
    return town.app.city.dates.short("fa", town.clock.now())


async def begun(town: Town, site: Site) -> None:
    """The first reading, whose items are old news."""
    site.pieces[0] = Piece("خبر نخست", ("متن خبر نخست که پیش از همه بود. " * 5,))
    await reads(town)
    del site.pieces[0]


async def reads(town: Town) -> None:
    """The next reading, now."""
    town.clock.turn(town.app.city.pack.news.every_minutes * MINUTE)
    await town.app.portal.look()


async def news(town: Town, columns: str = "state, title") -> list[Any]:
    return await town.rows(f"SELECT {columns} FROM news WHERE title <> 'خبر نخست' ORDER BY id")


async def said(town: Town) -> list[Any]:
    return await town.rows("SELECT title, mode FROM broadcasts ORDER BY id")


@BOTH
async def test_old_news_are_known_and_a_new_one_is_told_once(tmp_path: Path, channel: str) -> None:
    async with beside(tmp_path) as (town, site):
        site.pieces = {number: Piece(f"خبر کهنه {number}", (f"متن {number}. " * 20,)) for number in (1, 2)}
        await reads(town)
        assert await news(town) == [("published", "خبر کهنه 2"), ("published", "خبر کهنه 1")]
        site.pieces[3] = Piece("آسفالت خیابان امام", date=today(town))
        await reads(town)
        await reads(town)
        assert await news(town) == [
            ("published", "خبر کهنه 2"),
            ("published", "خبر کهنه 1"),
            ("published", "آسفالت خیابان امام"),
        ]
        assert await said(town) == [("آسفالت خیابان امام", "")]
        ((words,),) = await town.rows("SELECT words FROM news WHERE title LIKE 'آسفالت%'")
        assert words == "\n".join(Piece("").words), "nothing of the page around it, and no script"


async def test_the_clock_wakes_the_reader(tmp_path: Path) -> None:
    async with beside(tmp_path) as (town, site):
        site.pieces[1] = Piece("آسفالت")
        town.app.schedule.wake()
        async with asyncio.timeout(5):
            while not await news(town):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        asked = len(site.asked)
        town.clock.turn(MINUTE)
        await town.app.portal.look()
        assert len(site.asked) == asked, "it is not due yet"


@BOTH
async def test_an_edit_changes_the_item_and_what_was_sent(tmp_path: Path, channel: str) -> None:
    async with beside(tmp_path) as (town, site):
        citizen = await town.newcomer("citizen", channel)
        async with acting(town, citizen) as work:
            mine = {"person_id": work.person.id, "topic": "news", "mode": "now", "updated_at": 0}
            work.add(tables.subscriptions, **mine)
        await begun(town, site)
        site.pieces[1] = Piece("آسفالت خیابان امام", date=today(town))
        site.pieces[2] = Piece(
            "دیگر", ("همه چیز دربارهٔ پارک تازهٔ شهر و روزهای باز بودن آن برای شهروندان است. " * 2,), today(town)
        )
        await reads(town)
        told = await citizen.sees("می‌کند و راه‌بندان")
        await settled(town)
        site.pieces[1].words = ("شهرداری این هفته خیابان امام را آسفالت نمی‌کند و کار به هفتهٔ آینده افتاد. " * 2,)
        await reads(town)
        await citizen.sees("آسفالت نمی‌کند")
        assert "آسفالت نمی‌کند" in told.text, "the same message"
        await reads(town)
        rows = await news(town, "version, words LIKE '%نمی‌کند%', edited_at > 0")
        assert sorted(rows) == [(1, 0, 0), (2, 1, 1)]
        assert sorted(await said(town)) == sorted(
            [("دیگر", ""), ("آسفالت خیابان امام", ""), ("آسفالت خیابان امام", "edit")]
        )


async def test_the_same_under_another_address_is_no_news(tmp_path: Path) -> None:
    async with beside(tmp_path) as (town, site):
        await begun(town, site)
        site.pieces[1] = Piece("آسفالت خیابان امام", date=today(town))
        await reads(town)
        site.pieces = dict.fromkeys(range(20, 30), site.pieces[1])
        await reads(town)
        await reads(town)
        assert await news(town) == [("published", "آسفالت خیابان امام")]
        assert len(await said(town)) == 1
        site.pieces = {25: site.pieces[25]}
        await reads(town)
        site.pieces = {25: Piece("آسفالت خیابان امام", ("کار به هفتهٔ آینده افتاد و تا پایان ماه ادامه دارد. " * 3,))}
        await reads(town)
        assert await news(town, "version") == [(2,)], "where it is now, its edits are seen"


async def test_old_items_are_listed_and_told_to_nobody(tmp_path: Path) -> None:
    async with beside(tmp_path) as (town, site):
        await begun(town, site)
        then = town.clock.now() - 30 * DAY
        site.pieces[1] = Piece("جشن ماه پیش", date=town.app.city.dates.short("fa", then))
        await reads(town)
        ((state, published),) = await news(town, "state, published_at")
        assert state == "published"
        assert published < town.clock.now() - 29 * DAY
        assert await said(town) == []


@BOTH
async def test_what_is_unsure_waits_for_an_editor_who_is_told_once(tmp_path: Path, channel: str) -> None:
    async with beside(tmp_path) as (town, site):
        editor = await hires(town, "editor", "editor", channel=channel)
        await begun(town, site)
        site.pieces[1] = Piece("بی‌تاریخ", date="")
        site.pieces[2] = Piece(
            "جشن انگور", ("جشن انگور در قروه درجزین برگزار شد و مردم بسیاری به آن آمدند. " * 3,), today(town)
        )
        await reads(town)
        told = await editor.sees("منتظر نظر شماست")
        assert "2" in bare(told)
        await reads(town)
        assert await said(town) == []
        editor.presses("خبرهای پورتال", told)
        card = await editor.answer()
        assert "شهر دیگری" in card.text
        editor.presses("کنار بگذار", card)
        done = await editor.sees("کنار گذاشته شد")
        editor.presses("خبر بعدی", done)
        card = await editor.answer()
        assert "تاریخ خبر روشن نیست" in card.text
        editor.presses("انتشار", card)
        await editor.sees("منتشر شد")
        assert await said(town) == [("بی‌تاریخ", "")]
        await reads(town)
        assert sorted(await news(town)) == sorted([("withdrawn", "جشن انگور"), ("published", "بی‌تاریخ")])
        assert not any("منتظر" in each.text for each in editor.unread), "what was decided is asked no more"


@BOTH
async def test_an_editor_mends_an_item_and_a_second_one_comes_too_late(tmp_path: Path, channel: str) -> None:
    async with beside(tmp_path) as (town, site):
        first, second = await hires(town, "editor", "editor", channel=channel), await hires(town, "admin", "admin")
        await begun(town, site)
        site.pieces[1] = Piece("کوتاه", ("آب قطع است.",), today(town))
        await reads(town)
        cards = []
        for each in (first, second):
            each.presses("خبرهای پورتال", await each.sees("منتظر نظر شماست"))
            cards.append(await each.sees("خیلی کوتاه"))
        first.presses("اصلاح", cards[0])
        await first.sees("سطر نخست عنوان است")
        first.says("قطع آب در محلهٔ شمالی\nآب محلهٔ شمالی از ساعت ۹ تا ۱۲ قطع است.")
        card = await first.sees("قطع آب در محلهٔ شمالی")
        second.presses("انتشار", cards[1])
        await second.sees("پیش از شما")
        first.presses("انتشار", card)
        await first.sees("منتشر شد")
        site.pieces[1].words = ("آب از ساعت ۹ تا ۱۴ قطع است.",)
        await reads(town)
        assert await news(town) == [("published", "قطع آب در محلهٔ شمالی")], "an editor's words stand"
        await first.sees("در پورتال هم عوض شده است")


async def test_news_of_another_town_on_a_foreign_host_are_kept_out(tmp_path: Path) -> None:
    async with beside(tmp_path, list_url=f"http://{OUTSIDE}{LIST_PATH}") as (town, site):
        await begun(town, site)
        long = "مسئولان استان از آغاز کار تازه‌ای خبر دادند و گفتند که تا پایان سال تمام می‌شود. " * 2
        site.pieces = {
            1: Piece("در قروه درجزین", ("قروه درجزین جشن گرفت. " + long,), today(town)),
            2: Piece("در سنندج", (long,), today(town)),
            3: Piece("در قروه", ("قروه جشن گرفت. " + long,), today(town)),
        }
        await reads(town)
        assert await news(town) == [("published", "در قروه")]


async def test_of_a_million_items_the_first_few_are_looked_at(tmp_path: Path) -> None:
    async with beside(tmp_path, most_items=3) as (town, site):
        site.pieces = {number: Piece(f"خبر {number}", (f"متن {number} " * 30,)) for number in range(400)}
        await reads(town)
        assert len(await news(town)) == 3
        assert len(site.asked) == 4


@BOTH
async def test_a_silent_portal_is_told_once_and_once_when_it_is_back(tmp_path: Path, channel: str) -> None:
    async with beside(tmp_path, failures=2) as (town, site):
        editor = await hires(town, "editor", "editor", channel=channel)
        site.pieces[1] = Piece("آسفالت")
        await reads(town)
        site.tricks[LIST_PATH] = answers(b"", status=500)
        await reads(town)
        await settled(town)
        assert editor.unread == []
        for _ in range(3):
            await reads(town)
        await settled(town)
        assert "شکلش عوض شده" in (await editor.answer()).text
        assert editor.unread == []
        del site.tricks[LIST_PATH]
        await reads(town)
        assert "دوباره خوانده شد" in (await editor.answer()).text


@pytest.mark.parametrize(
    ("page", "word"),
    [
        (b"<html><body><form><input type='password'></form></body></html>", "login"),
        (b"<html><body><div class='new-shape'>news</div></body></html>", "empty"),
        (bytes(range(256)) * 40, "garbage"),
    ],
    ids=["login", "another shape", "garbage"],
)
async def test_a_changed_shape_has_a_word_and_takes_nothing_away(tmp_path: Path, page: bytes, word: str) -> None:
    async with beside(tmp_path) as (town, site):
        site.pieces[1] = Piece("آسفالت")
        await reads(town)
        site.tricks[LIST_PATH] = answers(page)
        await reads(town)
        assert await town.rows("SELECT failures, error FROM sources") == [(1, word)]
        assert await news(town) == [("published", "آسفالت")]


async def test_a_broken_item_takes_nothing_from_what_is_known(tmp_path: Path) -> None:
    async with beside(tmp_path) as (town, site):
        site.pieces = {number: Piece(f"خبر {number}", (f"متن {number} " * 30,)) for number in range(4)}
        await reads(town)
        before = await news(town, "title, words, version")
        site.tricks["/fa-IR/DouranPortal/4801/news/view/3/2/خبر"] = answers(b"<html><body><p>error</p></body></html>")
        site.tricks["/fa-IR/DouranPortal/4801/news/view/3/1/خبر"] = redirect("http://169.254.169.254/")
        await reads(town)
        assert await news(town, "title, words, version") == before


async def test_pictures_come_clean_and_a_bomb_is_left_out(tmp_path: Path) -> None:
    async with beside(tmp_path) as (town, site):
        site.files = {"/good.jpg": written(drawn()), "/bomb.png": png(20_000, 10_000), "/huge.jpg": bytes(3 << 20)}
        site.pieces[1] = Piece("آسفالت", pictures=("/good.jpg", "/bomb.png", "/huge.jpg", "http://evil.ir/x.jpg"))
        await reads(town)
        async with asyncio.timeout(10):
            while await town.rows("SELECT 1 FROM attachments WHERE state = 'pending'"):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        rows = await town.rows(
            "SELECT a.state, a.person_id, a.mime, s.key FROM shown s JOIN attachments a ON a.id = s.attachment_id"
        )
        assert rows == [("stored", 0, "image/jpeg", f"http://{HOST}/good.jpg")]


async def links(editor: Person, text: str, words: str) -> Any:
    editor.says(text)
    return await editor.sees(words)


@BOTH
async def test_an_editor_sends_a_link_and_publishes_the_page(tmp_path: Path, channel: str) -> None:
    async with beside(tmp_path, list_url="") as (town, site):
        editor = await hires(town, "editor", "editor", channel=channel)
        site.pieces[7] = Piece("آسفالت خیابان امام", date=today(town))
        await links(editor, site.address(7), "خوانده می‌شود")
        card = await editor.sees("پیش‌نویس از پورتال")
        assert "آسفالت خیابان امام" in card.text
        editor.presses("انتشار", card)
        await editor.sees("منتشر شد")
        assert await news(town) == [("published", "آسفالت خیابان امام")]
        await links(editor, f"{site.address(7)}?utm_source=x", "پیش‌تر منتشر شده")


@BOTH
async def test_a_link_that_leads_elsewhere_is_answered_kindly(tmp_path: Path, channel: str) -> None:
    async with beside(tmp_path) as (town, site):
        editor = await hires(town, "editor", "editor", channel=channel)
        for foreign in ("http://evil.ir/news", "http://127.0.0.1/", "http://169.254.169.254/x", f"http://{HOST}:22/"):
            await links(editor, foreign, "از پورتال شهرداری نیست")
        site.tricks["/in"] = redirect("http://10.0.0.1/")
        site.tricks["/gone"] = answers(b"", status=404)
        await links(editor, f"http://{HOST}/in", "شبکه‌ای درونی")
        await links(editor, f"{HOST}/gone", "این صفحه را نداد")
        assert site.trapped == 0
        assert await news(town) == []


async def test_a_link_of_a_citizen_is_no_order(tmp_path: Path) -> None:
    async with beside(tmp_path) as (town, site):
        citizen = await town.newcomer("citizen")
        citizen.says(site.address(1))
        await citizen.answer()
        assert await town.rows("SELECT 1 FROM wanted") == []


async def test_whoever_lost_the_role_decides_nothing(tmp_path: Path) -> None:
    async with beside(tmp_path) as (town, site):
        editor = await hires(town, "editor", "editor")
        await begun(town, site)
        site.pieces[1] = Piece("بی‌تاریخ", date="")
        await reads(town)
        editor.presses("خبرهای پورتال", await editor.sees("منتظر نظر شماست"))
        card = await editor.sees("بی‌تاریخ")
        await revokes(town, editor)
        editor.presses("انتشار", card)
        await editor.sees("ممکن نیست")
        assert await news(town) == [("unsure", "بی‌تاریخ")]


async def test_a_feed_is_read_as_well_and_its_tricks_are_refused(tmp_path: Path) -> None:
    async with beside(tmp_path, feed_url=FEED) as (town, site):
        site.pieces[1] = Piece("آسفالت")
        await reads(town)
        assert await news(town) == [("published", "آسفالت")]
        for trick in (BILLION, OUTER):
            site.tricks["/rss"] = answers(trick, kind="application/rss+xml")
            await reads(town)
            assert (await town.rows("SELECT error FROM sources"))[0] == ("dtd",)
        assert len(await news(town)) == 1


async def test_a_list_that_says_unchanged_is_not_read_and_edits_are_seen_all_the_same(tmp_path: Path) -> None:
    async with beside(tmp_path) as (town, site):
        await begun(town, site)
        site.etag, site.pieces[1] = '"1"', Piece("آسفالت خیابان امام", date=today(town))
        await reads(town)
        site.pieces[1].words = ("شهرداری این هفته خیابان امام را آسفالت نمی‌کند و کار به هفتهٔ آینده افتاد. " * 2,)
        site.pieces[2] = Piece("پنهان", date=today(town))
        await reads(town)
        assert await news(town, "title, version") == [("آسفالت خیابان امام", 2)]
        assert any(headers.get("If-None-Match") == '"1"' for headers in site.headers)


async def test_a_killed_reading_counts_as_begun_and_its_items_as_known(tmp_path: Path) -> None:
    async with beside(tmp_path) as (town, site):
        await begun(town, site)
        for number in range(1, 4):
            site.pieces[number] = Piece(
                f"خبر {number}", (f"متن {number} که به اندازهٔ کافی بلند است. " * 5,), today(town)
            )
        stuck, over = asyncio.Event(), asyncio.Event()

        async def hang(_request: Any) -> Any:
            stuck.set()
            await over.wait()
            return web.Response()

        path = "/fa-IR/DouranPortal/4801/news/view/3/1/خبر"
        site.tricks[path] = hang
        town.clock.turn(30 * MINUTE)
        reading = asyncio.create_task(town.app.portal.look())
        await stuck.wait()
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        over.set()
        del site.tricks[path]
        await reads(town)
        await reads(town)
        assert len(await said(town)) == 3, "each once"
