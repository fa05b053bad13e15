"""What is read out of pages and feeds, in the process that does it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.pack.portal import News
from bot.portal.dates import read_date
from bot.portal.errors import Unreadable
from bot.portal.fetch import Page
from bot.portal.parse import read
from bot.portal.reading import read_article, read_entries
from bot.portal.selectors import broken_selectors
from tests.house import a_city
from tests.portal_site import BILLION, HOST, OUTER

URL = f"http://{HOST}/fa-IR/DouranPortal/1"


def news(**more: object) -> News:
    return a_city().pack.news.model_copy(update=more)


def page(text: str, charset: str = "") -> Page:
    return Page(URL, text.encode(), charset)


async def test_of_a_page_only_the_item_is_read() -> None:
    found = await read_article(
        page(
            "<nav>پورتال سازمانی</nav><h1> آب  <b>قطع</b> شد</h1><span class=date>۱۴۰۵/۰۹/۰۳</span>"
            "<div class=news-body><p>یک <a href=x>دو</a></p><script>x()</script><div class=share>s</div>سه<br>چهار"
            "<img src='a.jpg'><img src='data:x'><img></div><footer>گروه دوران</footer>"
        ),
        news(),
    )
    assert (found.title, found.date, found.words) == ("آب قطع شد", "۱۴۰۵/۰۹/۰۳", "یک دو\nسه\nچهار")
    assert found.pictures == (f"http://{HOST}/fa-IR/DouranPortal/a.jpg",)


async def test_a_list_gives_each_address_once_and_as_many_as_are_wanted() -> None:
    rows = "".join(f"<tr><td><a href='/n/{n % 7}'>خبر {n % 7}</a><a href='#'>x</a>" for n in range(50))
    found = await read_entries(page(f"<table id=ctl01_ctl00_myDataList>{rows}<tr><td>x</table>"), news(most_items=5))
    assert [entry.title for entry in found] == [f"خبر {n}" for n in range(5)]
    assert found[0].url == f"http://{HOST}/n/0"


async def test_a_page_in_an_old_charset_is_read_right() -> None:
    body = "<meta charset=windows-1256><h1>قروه</h1><div class=news-body>سلام</div>".encode("cp1256")
    assert (await read_article(Page(URL, body), news())).title == "قروه"


async def test_atom_and_rss_are_feeds() -> None:
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>خبر</title><link href='http://qorveh.ir/1'/>"
        "<updated>2026-11-24T10:00:00Z</updated><summary type='html'>&lt;p&gt;متن&lt;/p&gt;</summary></entry></feed>"
    )
    (entry,) = await read_entries(page(atom), news(feed_url=URL))
    assert (entry.title, entry.url, entry.words, entry.at) == ("خبر", "http://qorveh.ir/1", "متن", 1_795_514_400_000)


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (BILLION, "dtd"),
        (OUTER, "dtd"),
        (b"<rss><channel><item>", "garbage"),
        (b"", "garbage"),
        (b"<rss><channel></channel></rss>", "empty"),
        (b"<html><body>login</body></html>", "empty"),
    ],
    ids=["entities", "outer", "cut", "nothing", "no items", "a page"],
)
async def test_what_is_no_feed_has_a_word(body: bytes, word: str) -> None:
    with pytest.raises(Unreadable, match=word):
        await read_entries(Page(URL, body), news(feed_url=URL))


def test_nothing_that_a_page_does_raises() -> None:
    ask: dict[str, Any] = {"what": "article", "url": URL, "charset": "", "most": 3, "selectors": {}}
    assert read(ask, b"<p>")["error"] == "garbage"
    ask |= {"what": "list", "selectors": {"item": "a", "link": ":::", "title": "", "date": ""}}
    assert read(ask, b"<a>x</a>")["error"] == "garbage"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("۱۴۰۵/۰۹/۰۳", "2026-11-24 12:00"),
        ("سه‌شنبه ۳ آذر ۱۴۰۵ - ۱۴:۳۰", "2026-11-24 14:30"),
        ("تاریخ انتشار: 1405-9-3 ساعت 08:05", "2026-11-24 08:05"),
        ("03/09/1405", "2026-11-24 12:00"),
        ("2026-11-24", "2026-11-24 12:00"),
        ("٣ آذر ١٤٠٥", "2026-11-24 12:00"),
        ("۳۱ مهر ۱۴۰۵", ""),
        ("1405/13/40", ""),
        ("سال ۱۴۰۵", ""),
        ("", ""),
    ],
)
def test_dates_as_portals_write_them(text: str, expected: str) -> None:
    city = a_city()
    months = [city.texts.line("fa", f"time-month-{number}") for number in range(1, 13)]
    at = read_date(text, city.pack.time.zone, months)
    assert (f"{datetime.fromtimestamp(at / 1000, city.pack.time.zone):%Y-%m-%d %H:%M}" if at else "") == expected


def test_a_selector_that_is_none_is_found_by_check_pack() -> None:
    pack = a_city().pack
    assert list(broken_selectors(pack)) == []
    wrong = pack.news.article.model_copy(update={"drop": ("script", "p:::x")})
    findings = list(broken_selectors(replace(pack, news=pack.news.model_copy(update={"article": wrong}))))
    assert [(each.file, each.key) for each in findings] == [("portal.toml", "news.article.drop")]
