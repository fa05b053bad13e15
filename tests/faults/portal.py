"""A portal that means harm: row 40."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import bot.portal.fetch as fetch
from bot.pack.portal import News
from bot.portal.errors import Unreadable
from bot.portal.reading import read_article, read_entries
from tests import portal_site
from tests.faults.media_corpus import peak
from tests.faults.report import Figure, Run
from tests.house import a_city
from tests.portal_site import BILLION, HOST, OUTER, REBOUND, Handler, Site, answers, endless, redirect

SECRET = "root:"
_INNER = (
    *("127.0.0.2", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200", "0.0.0.0", "[::1]"),
    *("[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.2]", "[64:ff9b::7f00:2]", "2130706434", "127.2", "0x7f000002"),
)


@dataclass(frozen=True, slots=True)
class Trick:
    """`what`: how the page is read. `words`: any of these is a right answer; "" where it may be read."""

    name: str
    handler: Handler
    words: tuple[str, ...]
    what: str = "list"


def _corpus() -> Iterator[Trick]:
    for inner in _INNER:
        yield Trick(f"to {inner}", redirect(f"http://{inner}/"), ("private", "foreign"))
        yield Trick(f"to {inner} by its port", redirect(f"http://{inner}:8137/health"), ("private", "foreign"))
    yield Trick("to a name that leads inside", redirect(f"http://{portal_site.INSIDE}/"), ("private",))
    yield Trick("to a name that leads inside the second time", redirect(f"http://{REBOUND}/x"), ("private",))
    yield Trick("to a file", redirect("file:///etc/passwd"), ("foreign",))
    yield Trick("in a circle", redirect("/trick"), ("redirects",))
    yield Trick("gzip bomb", answers(portal_site.bomb(200), encoding="gzip"), ("large",))
    yield Trick("gzip cut", answers(portal_site.packed("<p>" * 99_999)[:99], encoding="gzip"), ("compression",))
    yield Trick("no gzip", answers(b"<p>", encoding="gzip"), ("compression",))
    yield Trick("endless", endless(), ("large",))
    yield Trick("dripping", endless(b"<p>", 0.01), ("slow",))
    yield Trick("nothing but tags", answers(b"<a>" * 1_700_000), ("empty", "large"))
    yield Trick("deep tags", answers(b"<div>" * 1_000_000), ("empty", "large"))
    yield Trick("a million items", answers(_many()), ("",))
    yield Trick("random bytes", answers(bytes(range(256)) * 4_000), ("garbage",))
    for what, page in (("entities", BILLION), ("an outer entity", OUTER), ("a document type", _outer_type())):
        yield Trick(what, answers(page, kind="text/xml"), ("dtd",), "feed")
    yield Trick("a feed of tags", answers(b"<a>" * 1_700_000, kind="text/xml"), ("garbage",), "feed")
    yield Trick("a page with script", answers(_scripted()), ("",), "article")


def _many() -> bytes:
    return b"<table id='ctl01_ctl00_myDataList'>" + b"<tr><td><a href='/n/1'>x</a>" * 170_000


def _outer_type() -> bytes:
    return b"<?xml version='1.0'?><!DOCTYPE r SYSTEM 'http://127.0.0.2/x.dtd'><rss><channel/></rss>"


def _scripted() -> bytes:
    return (
        "<h1>عنوان<script>STEAL</script></h1><div class='news-body'><p onclick='STEAL'>متن</p><style>STEAL</style>"
        "<svg><script>STEAL</script></svg><iframe srcdoc='STEAL'>STEAL</iframe><noscript>STEAL</noscript></div>"
    ).encode()


@dataclass
class Seen:
    tried: int = 0
    wrong: int = 0
    expanded: int = 0
    scripts: int = 0


async def row_40(run: Run) -> list[Figure]:
    """Every trick through the real fetcher and the real reading process."""
    seen, seconds = Seen(), fetch.SECONDS
    tricks = list(_corpus())
    async with portal_site.portal_site() as site:
        fetch.SECONDS = 2.0 if run.short else seconds
        try:
            await _tried(site, tricks[-1], Seen())  # the pack and the parts that any page needs are there by now
            before = peak(anew=True)
            for trick in itertools.chain.from_iterable(itertools.repeat(tricks, run.pick(1, 3))):
                await _tried(site, trick, seen)
            grown = round((peak() - before) / 1024, 1)
        finally:
            fetch.SECONDS = seconds
        trapped = site.trapped
    measured = (
        f"{seen.tried} tricks: {trapped} private connects, {seen.expanded} entities expanded, {seen.scripts} scripts "
        f"kept, {seen.wrong} without their word"
    )
    good = not (trapped or seen.expanded or seen.scripts or seen.wrong)
    target = "0 private connects, 0 entities expanded, none without its word"
    return [
        Figure(40, "hostile portal", target, measured, good),
        Figure(40, "memory of the service", "memory + <= 20 MB", f"+{grown} MB", grown <= 20),
    ]


async def _tried(site: Site, trick: Trick, seen: Seen) -> None:
    site.tricks["/trick"], site.resolved = trick.handler, 1 if "second" in trick.name else 0
    news = _settings(trick)
    word, said = "", ""
    try:
        async with asyncio.timeout(60):
            page = await site.fetcher().page(f"http://{HOST}/trick", news.hosts)
            read = read_article(page, news) if trick.what == "article" else read_entries(page, news)
            said = str(await read)
    except Unreadable as trouble:
        word = trouble.trouble
    seen.tried += 1
    seen.wrong += word not in trick.words
    seen.expanded += SECRET in said or "haha" in said
    seen.scripts += "STEAL" in said


def _settings(trick: Trick) -> News:
    feed = f"http://{HOST}/trick" if trick.what == "feed" else ""
    return portal_site.settings(a_city().pack.news, feed_url=feed)
