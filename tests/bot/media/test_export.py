"""What a person gets when they ask for their data."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from typing import NamedTuple
from zipfile import ZipFile

import orjson
import pytest
from sqlalchemy import select

from bot.media import Export, Media
from bot.media import export as exporting
from bot.pack import load_pack
from bot.pack.pack import Pack
from bot.settings import ROOT
from bot.store import attachments, tables
from bot.store.person import Address
from bot.store.statements import Query
from bot.store.work import Said
from bot.talk.dates import Dates
from bot.talk.reader import Reader
from bot.talk.rich import visible
from bot.talk.texts import Texts
from tests.faults.file_platform import Bench, eventually
from tests.faults.pictures import PLACE, drawn, with_exif, written

DAY = 1_764_000_000_000
STRANGER = "SECRET OF A STRANGER"


class WantedState(NamedTuple):
    state: str
    error: str


STATE = Query(select(tables.wanted.c.state, tables.wanted.c.error), WantedState)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(ROOT / "data" / "qorveh", ROOT / "data" / "demo")


@pytest.fixture(scope="module")
def texts(pack: Pack) -> Texts:
    return Texts(pack.ftl, "fa", frozenset(pack.languages.rtl))


@pytest.fixture
async def media(city: Bench, pack: Pack, texts: Texts) -> AsyncIterator[Media]:
    dates = Dates(texts, pack.time.zone)

    def reader(address: Address) -> Reader:
        return Reader(texts, dates, address.lang)

    media = city.media()
    media.makers["export"] = Export(city.store, media.vault, city.clock, lambda: pack, reader)
    async with city.running(media):
        yield media


async def a_case(city: Bench, person: int, words: str, **more: object) -> int:
    case = {"category": "streetlight", "department": "electric", "state": "received", "area": "centre"}
    times = {"created_at": DAY, "updated_at": DAY}
    code = f"{10_000_000 + len(words)}"
    return await city.add(tables.cases, **{"code": code, "person_id": person, "words": words, **case, **times, **more})


class Got(NamedTuple):
    said: Said
    page: str
    names: list[str]

    @property
    def text(self) -> str:
        """What a reader sees of the page."""
        return unescape(re.sub(r"<[^>]*>", "", self.page.partition("<body>")[2]))


async def asked_for(city: Bench, media: Media, person: int = 0) -> Got:
    """The person asks for their data and gets it."""
    heard: list[Said] = []
    city.store.told.append(lambda said, toasts: heard.extend(said))
    await city.add(tables.wanted, kind="export", person_id=person or city.reporter, created_at=DAY)

    async def is_said() -> bool:
        return bool(heard)

    await eventually(is_said)
    row = await city.row(heard[0].screen.media[0].attachment)
    assert (row.state, row.mime, row.bot, row.inline, row.kind) == ("stored", "application/zip", "", False, "document")
    path = media.vault.path(row.sha256)
    assert path.stat().st_size == row.size
    with ZipFile(path) as archive:
        return Got(heard[0], archive.read("data.html").decode(), archive.namelist())


async def test_the_archive_holds_all_that_was_written_and_the_files(city: Bench, media: Media) -> None:
    case = await a_case(city, city.reporter, "چراغ سر کوچه خاموش است", address="پشت مدرسه", lat=35.1, lon=47.8)
    me = {"person_id": city.reporter}
    await city.add(tables.additions, case_id=case, words="هنوز خاموش است", created_at=DAY + 1, **me)
    await city.add(tables.events, case_id=case, kind="reviewing", at=DAY, to_state="reviewing")
    await city.add(tables.messages, words="با کسی حرف می‌زنم؟", created_at=DAY, **me)
    photo = await city.settled(await city.sent(written(drawn(), exif=with_exif())))
    paper = await city.settled(await city.sent(b"%PDF-1", "document", "../نامه.pdf"))
    got = await asked_for(city, media)
    for words in ("چراغ سر کوچه خاموش است", "پشت مدرسه", "35.1, 47.8", "هنوز خاموش است", "با کسی حرف می‌زنم؟"):
        assert words in got.text
    assert "مرکز ۱۳۷ آن را خواند" in got.text
    assert f"{PLACE[0]}, {PLACE[1]}" in got.text
    assert set(got.names) == {"data.html", f"files/photo-{photo.id}.jpg", f"files/file-{paper.id} نامه.pdf"}
    assert '<html lang="fa" dir="rtl">' in got.page


async def test_what_was_added_stands_under_its_event_without_our_own_numbers(city: Bench, media: Media) -> None:
    case, me = await a_case(city, city.reporter, "چراغ"), {"person_id": city.reporter}
    for number, words in enumerate(("هنوز خاموش است", "")):
        at = DAY + number
        await city.add(tables.additions, case_id=case, words=words, created_at=at, **me)
        await city.add(tables.events, case_id=case, kind="added", at=at, data=f'{{"addition":{85 + number}}}', **me)
    lines = [line for line in (await asked_for(city, media)).text.splitlines() if " — " in line]
    assert [line.split(" — ")[1].strip("\u2068\u2069 ") for line in lines] == [
        "توضیح یا عکس اضافه شد",
        "هنوز خاموش است",
        "توضیح یا عکس اضافه شد",
    ]


async def test_the_message_goes_to_the_person_with_the_file(city: Bench, media: Media) -> None:
    got = await asked_for(city, media)
    assert got.said.account_id == city.account
    assert "در این فایل است" in visible(got.said.screen.text)
    assert await city.store.read(STATE) == [WantedState("done", "")]


async def test_nothing_of_other_people_is_in_it(city: Bench, media: Media) -> None:
    stranger = await city.welcome(777_000_777)
    case = await a_case(city, city.reporter, "mine")
    await a_case(city, stranger, STRANGER)
    theirs = {"person_id": stranger}
    await city.add(tables.additions, case_id=case, words=STRANGER, created_at=DAY, **theirs)
    await city.add(tables.messages, words=STRANGER, created_at=DAY, **theirs)
    note = orjson.dumps({"note": STRANGER}).decode()
    await city.add(tables.events, case_id=case, kind="started", at=DAY, by=STRANGER, data=note, **theirs)
    await city.settled(await city.sent(b"%PDF-1", "document", STRANGER, by=stranger))
    got = await asked_for(city, media)
    assert STRANGER not in got.page
    assert "777000777" not in got.page
    assert got.names == ["data.html"]
    assert "کار آغاز شد" in got.text


async def test_what_people_wrote_is_words_and_never_markup(city: Bench, media: Media) -> None:
    await a_case(city, city.reporter, "<script>alert(1)</script> & \u202e", address='"><img src=x onerror=y>')
    got = await asked_for(city, media)
    assert "<script" not in got.page
    assert "<img" not in got.page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in got.page


async def test_a_draft_is_in_it_and_an_over_dialogue_is_not(city: Bench, media: Media) -> None:
    async with city.store.unit() as unit:
        work = await unit.work()
        times = {"person_id": city.reporter, "version": 1, "updated_at": DAY}
        work.add_plain(tables.dialogues, name="report", step="place", draft='{"words":[[1,"نیمه‌کاره"]]}', **times)
        work.add_plain(tables.dialogues, name="human", step="", draft='{"words":"گذشته"}', **times)
        unit.merge(work)
        await city.store.commit(unit)
    got = await asked_for(city, media)
    assert "نیمه‌کاره" in got.text
    assert "گذشته" not in got.text


async def test_files_that_do_not_fit_are_named_and_left_out(city: Bench, media: Media) -> None:
    old = await city.settled(await city.sent(bytes(exporting.ROOM - 10), "document", "old.bin"))
    new = await city.settled(await city.sent(b"%PDF-1 new paper", "document", "new.pdf"))
    got = await asked_for(city, media)
    assert got.names == ["data.html", f"files/file-{new.id} new.pdf"]
    assert f"file-{old.id} old.bin" in got.text


async def test_a_second_export_does_not_hold_the_first(city: Bench, media: Media) -> None:
    await asked_for(city, media)
    city.store.told.clear()
    assert (await asked_for(city, media)).names == ["data.html"]


async def test_somebody_who_was_erased_meanwhile_gets_nothing_and_leaves_nothing(city: Bench, media: Media) -> None:
    nobody = await city.add(tables.people, created_at=DAY)
    await city.add(tables.wanted, kind="export", person_id=nobody, created_at=DAY)

    async def is_over() -> bool:
        return await city.store.read(STATE) == [WantedState("failed", "NotFound")]

    await eventually(is_over)
    assert city.stored() == []


async def test_every_text_of_the_page_is_in_the_pack(pack: Pack) -> None:
    source = (ROOT / "bot" / "media" / "export_page.py").read_text()
    named = set(re.findall(r'"(export-[a-z-]+)"', source)) - {"export-left-out"}
    named |= {f"export-head-{word}" for word in re.findall(r'_pair\(\s*"([a-z]+)"', source)}
    assert named > {"export-title", "export-head-text"}
    assert named <= pack.text_ids()


async def test_erasing_takes_away_the_files_that_only_this_person_used(city: Bench, media: Media) -> None:
    stranger = await city.welcome(2)
    await city.settled(await city.sent(b"%PDF-mine", "document"))
    await city.settled(await city.sent(b"%PDF-ours", "document"))
    shared = await city.settled(await city.sent(b"%PDF-ours", "document", by=stranger))
    await city.store.at_once(attachments.DROP, person_id=city.reporter)
    await city.add(tables.wanted, kind="erase", person_id=city.reporter, created_at=DAY)

    async def is_done() -> bool:
        return (await city.store.read(STATE))[0].state == "done"

    await eventually(is_done)
    assert [path.name for path in city.stored()] == [shared.sha256]
    assert (await city.row(shared.id)).state == "stored"
