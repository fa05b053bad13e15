"""The fetcher against a server that does what it likes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from ipaddress import ip_address

import pytest

import bot.portal.fetch as fetch
from bot.domain.address import is_public, key_of, may_ask
from bot.portal.errors import Unreadable
from bot.portal.fetch import Fetcher, Page
from tests.portal_site import (
    HERE,
    HOST,
    INSIDE,
    LIST,
    OUTSIDE,
    REBOUND,
    TRAP,
    Handler,
    Piece,
    Site,
    answers,
    bomb,
    endless,
    packed,
    portal_site,
    redirect,
)

HOSTS = (HOST, OUTSIDE, INSIDE, REBOUND)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with portal_site() as site:
        site.pieces[1] = Piece("آسفالت")
        yield site


async def trouble(site: Site, url: str) -> str:
    with pytest.raises(Unreadable) as caught:
        await site.fetcher().page(url, HOSTS)
    return str(caught.value)


async def tricked(site: Site, handler: Handler) -> str:
    site.tricks["/trick"] = handler
    return await trouble(site, f"http://{HOST}/trick")


INNER = """
127.0.0.1 10.1.2.3 192.168.0.1 172.16.0.9 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: fe80::1
fc00::1 ff02::1 ::ffff:127.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001:0:7f00:1:: fec0::1
"""


@pytest.mark.parametrize("address", INNER.split())
def test_what_lies_within_a_network_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["185.143.233.1", "2a00:1450:4001:80b::200e", "::ffff:185.143.233.1"])
def test_what_lies_in_the_open_is(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://qorveh.ir/", "file:///etc/passwd", "http://qorveh.ir:22/", "http://user@qorveh.ir/", "http://[::1"),
        *(
            "http://qorveh.ir.evil.ir/",
            "http://evil.ir/qorveh.ir",
            "//qorveh.ir/",
            "javascript:1",
            "http://qorveh.ir:x",
        ),
        "http://qorveh.ir/" + "a" * 3_000,
    ],
)
def test_what_is_not_asked(url: str) -> None:
    assert not may_ask(url, HOSTS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://QORVEH.ir/fa-IR/DouranPortal/4772/page/پیام-شهردار", "https://www.qorveh.ir/fa-IR/DouranPortal/4772/"),
        (
            "http://qorveh.ir/HomePage.aspx?TabID=4772&Site=DouranPortal&Lang=fa-IR",
            "http://qorveh.ir/fa-IR/DouranPortal/4772",
        ),
        (
            "http://qorveh.ir/fa-IR/DouranPortal/1/news/view/3/9/a-b#top",
            "http://qorveh.ir/fa-IR/DouranPortal/1/news/view/3/9",
        ),
        ("http://qorveh.ir/n?b=2&a=1&utm_source=x", "http://qorveh.ir/n?a=1&b=2"),
        ("http://qorveh.ir/%D8%A2%D8%A8", "http://qorveh.ir/آب"),
    ],
)
def test_forms_of_one_address_are_one(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_two_items_are_two() -> None:
    assert key_of("http://qorveh.ir/a/view/3/1") != key_of("http://qorveh.ir/a/view/3/2")
    assert key_of("http://qorveh.ir/n?id=1") != key_of("http://qorveh.ir/n?id=2")


async def test_a_page_comes_as_it_is_without_cookie_or_proxy(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.2:1")
    page = await site.fetcher().page(LIST, HOSTS)
    assert "آسفالت" in page.body.decode()
    await site.fetcher().page(LIST, HOSTS)
    assert all("Cookie" not in headers for headers in site.headers)


async def test_what_is_unchanged_is_not_sent_again(site: Site) -> None:
    site.etag = '"1"'
    page = await site.fetcher().page(LIST, HOSTS)
    again = await site.fetcher().page(LIST, HOSTS, page.etag)
    assert (page.unchanged, again.unchanged, again.body) == (False, True, b"")


async def test_a_packed_page_is_unpacked(site: Site) -> None:
    site.tricks["/trick"] = answers(packed("<p>سلام</p>"), encoding="gzip")
    page: Page = await site.fetcher().page(f"http://{HOST}/trick", HOSTS)
    assert page.body.decode() == "<p>سلام</p>"


@pytest.mark.parametrize(
    ("to", "word"),
    [
        *((f"http://{each}/", "private") for each in (HERE + "9", TRAP, "169.254.169.254", "[::1]", "10.0.0.1")),
        (f"http://{INSIDE}/", "private"),
        ("http://evil.ir/", "foreign"),
        (f"http://{HOST}:22/", "foreign"),
        ("file:///etc/passwd", "foreign"),
        ("/trick", "redirects"),
        ("", "redirects"),
        ("http://[", "redirects"),
    ],
)
async def test_a_redirect_leads_nowhere_that_the_first_address_might_not(site: Site, to: str, word: str) -> None:
    if to == f"http://{HERE}9/":
        to = "http://2130706433/"  # 127.0.0.1 as one number
        word = "foreign"
    assert await tricked(site, redirect(to)) == word
    assert site.trapped == 0


async def test_five_redirects_are_followed(site: Site) -> None:
    for number in range(5):
        site.tricks[f"/{number}"] = redirect(f"/{number + 1}")
    site.tricks["/5"] = answers(b"<p>there</p>")
    assert (await site.fetcher().page(f"http://{HOST}/0", HOSTS)).url == f"http://{HOST}/5"
    site.tricks["/6"] = redirect("/0")
    assert await trouble(site, f"http://{HOST}/6") == "redirects"


async def test_a_name_that_answers_otherwise_the_second_time_gains_nothing(site: Site) -> None:
    site.tricks["/trick"] = redirect(f"http://{REBOUND}/again")
    assert await trouble(site, f"http://{REBOUND}/trick") == "private"
    assert (site.resolved, site.trapped) == (2, 0)


async def test_the_strict_fetcher_connects_to_no_loopback(site: Site) -> None:
    with pytest.raises(Unreadable, match="private"):
        await Fetcher().page("http://localhost/", ("localhost",))
    with pytest.raises(Unreadable, match="private"):
        await Fetcher().page("http://127.0.0.1/", ("127.0.0.1",))
    assert site.asked == []


@pytest.mark.parametrize(
    ("handler", "word"),
    [
        (answers(b"no gzip", encoding="gzip"), "compression"),
        (answers(packed("half" * 9_999)[:60], encoding="gzip"), "compression"),
        (answers(b"x", encoding="br"), "compression"),
        (answers(bomb(40), encoding="gzip"), "large"),
        (endless(), "large"),
        (answers(b"", status=500), "refused"),
        (answers(b"", status=404), "refused"),
        (answers(b"", status=403), "login"),
    ],
    ids=["no gzip", "half a gzip", "brotli", "bomb", "endless", "500", "404", "403"],
)
async def test_what_is_wrong_has_a_word(site: Site, handler: Handler, word: str) -> None:
    assert await tricked(site, handler) == word


async def test_a_dripping_body_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "SECONDS", 0.2)
    assert await tricked(site, endless(b"x", 0.01)) == "slow"
