"""From the committed row to the stored copy, against a real connection and a real child process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import select

from bot.clock import DAY, HOUR
from bot.media import Arrived
from bot.store import attachments, tables
from bot.store.statements import Query
from bot.store.work import Work
from tests.faults.file_platform import Bench, Row
from tests.faults.pictures import PLACE, drawn, with_exif, written

PDF = b"%PDF-1.7 some paper"
VOICE = b"OggS\0\x02" + bytes(22) + b"OpusHead" + bytes(100)
MB = 1 << 20


class Area(NamedTuple):
    area: str


AREA = Query(select(tables.people.c.area).where(tables.people.c.id > 0), Area)


async def test_a_photo_is_stored_anew_by_its_hash_and_its_place_is_told(city: Bench) -> None:
    sent = written(drawn(), exif=with_exif())
    row = await city.fetched(sent)
    assert (row.state, row.mime, row.inline, row.kind) == ("stored", "image/jpeg", True, "photo")
    assert (row.lat, row.lon) == PLACE
    stored = city.files / row.sha256[:2] / row.sha256
    assert city.stored() == [stored]
    content = stored.read_bytes()
    assert hashlib.sha256(content).hexdigest() == row.sha256
    assert len(content) == row.size
    assert b"SECRETCAMERA" in sent
    assert b"SECRETCAMERA" not in content
    assert b"Exif" not in content
    assert city.heard == [Arrived(row.id, city.reporter, None, "photo", "stored", *PLACE)]


async def test_what_follows_a_file_is_staged_in_the_unit_that_keeps_it(city: Bench) -> None:
    async def offer(work: Work, arrived: Arrived) -> None:
        work.set(tables.people, arrived.person_id, area="from the photo")

    id_ = await city.sent(written(drawn()))
    async with city.running(city.media(heard=offer)):
        await city.settled(id_)
    assert [row.area for row in await city.store.read(AREA)] == ["from the photo"]


async def test_a_photo_is_kept_even_when_what_follows_it_fails(city: Bench) -> None:
    async def stumble(work: Work, arrived: Arrived) -> None:
        work.set(tables.attachments, arrived.attachment_id, error="half a thought")
        raise RuntimeError("a mistake in an action")

    id_ = await city.sent(written(drawn()))
    async with city.running(city.media(heard=stumble)):
        row = await city.settled(id_)
    assert (row.state, row.error) == ("stored", "")


async def test_a_photo_is_kept_even_when_the_database_refuses_what_follows_it(city: Bench) -> None:
    async def point_at_nobody(work: Work, arrived: Arrived) -> None:
        work.add(tables.guesses, person_id=999_999, kind="nobody", at=0)

    id_ = await city.sent(written(drawn()))
    async with city.running(city.media(heard=point_at_nobody)):
        row = await city.settled(id_)
    assert (row.state, row.attempts) == ("stored", 1)
    assert [path.name for path in city.stored()] == [row.sha256]


async def test_a_disk_that_can_not_be_written_costs_the_file_no_attempt(city: Bench) -> None:
    id_ = await city.sent(PDF, "document")
    async with city.running(media := city.media()):
        await city.settled(id_)
        (city.files / "tmp").rmdir()
        second = await city.sent(VOICE, "voice")
        row = await city.until(second, lambda row: row.error == "storage")
        assert (row.state, row.attempts) == ("pending", 0)
        (city.files / "tmp").mkdir()
        city.clock.turn(HOUR)
        media.wake()
        assert (await city.settled(second)).state == "stored"


async def test_a_case_filed_while_its_photo_was_on_the_way_is_the_one_that_is_told(city: Bench) -> None:
    city.platform.gate.clear()
    id_ = await city.sent(written(drawn()))
    async with city.running(city.media()):
        await city.downloads()
        case = await a_case(city)
        async with city.store.unit() as unit:
            work = await unit.work()
            work.set(tables.attachments, id_, case_id=case)
            unit.merge(work)
            await city.store.commit(unit)
        city.platform.gate.set()
        await city.settled(id_)
    assert city.heard[0].case_id == case


async def test_documents_voices_and_heic_are_kept_as_they_came_and_never_inline(city: Bench) -> None:
    heic = b"\0\0\0\x18ftypheic" + bytes(100)
    for content, kind, mime in (
        (PDF, "document", "application/pdf"),
        (VOICE, "voice", "audio/ogg"),
        (heic, "document", "image/heic"),
        (b"anything at all", "document", "application/octet-stream"),
    ):
        row = await city.fetched(content, kind)
        assert (row.state, row.mime, row.kind, row.inline) == ("stored", mime, kind, False)
        assert (city.files / row.sha256[:2] / row.sha256).read_bytes() == content


async def test_a_picture_sent_as_a_document_becomes_a_photo_that_is_shown_from_our_copy(city: Bench) -> None:
    row = await city.fetched(written(drawn(), "PNG"), "document", "scan.png")
    assert (row.kind, row.bot, row.file_id, row.name) == ("photo", "", "", f"photo-{row.id}.jpg")


async def test_a_picture_too_long_for_a_messenger_stays_a_document(city: Bench) -> None:
    assert (await city.fetched(written(drawn((2100, 100))))).kind == "document"


async def test_a_photo_that_is_no_picture_fails_and_is_told(city: Bench) -> None:
    row = await city.fetched(b"<html>not a picture</html>")
    assert (row.state, row.error, row.inline) == ("failed", "not_a_picture", False)
    assert city.heard == [Arrived(row.id, city.reporter, None, "photo", "failed")]
    assert city.stored() == []


async def test_a_broken_picture_and_an_empty_file_fail_with_their_word(city: Bench) -> None:
    assert (await city.fetched(written(drawn())[:400])).error == "broken"
    assert (await city.fetched(b"", "document")).error == "empty"
    assert city.stored() == []


async def test_the_bytes_are_counted_whatever_size_is_told(city: Bench) -> None:
    city.platform.sizes["f0"] = 10
    row = await city.fetched(bytes(30 * MB), "document", most_mb=1)
    assert (row.state, row.error) == ("failed", "too_large")
    assert city.platform.sent < 25 * MB
    assert city.stored() == []


async def test_a_file_that_is_told_to_be_too_large_is_not_even_begun(city: Bench) -> None:
    city.platform.sizes["f0"] = 3 * MB
    row = await city.fetched(PDF, "document", most_mb=2)
    assert (row.error, city.platform.sent) == ("too_large", 0)


async def test_a_file_that_the_platform_refuses_fails_at_once(city: Bench) -> None:
    row = await city.fetched(400)
    assert (row.state, row.error, row.attempts) == ("failed", "refused", 1)


async def test_trouble_on_the_way_is_tried_again_with_growing_pauses_and_then_given_up(city: Bench) -> None:
    id_ = await city.sent(500)
    pauses = []
    async with city.running(media := city.media()):
        for attempt in range(1, 8):
            row = await city.until(id_, tried(attempt))
            pauses.append(row.due_at - city.clock.now())
            city.clock.turn(4 * HOUR + 1000)
            media.wake()
        row = await city.settled(id_)
    assert (row.state, row.error, row.attempts) == ("failed", "unreachable", 8)
    assert pauses == sorted(pauses)
    assert 5_000 < pauses[0] <= 10_000
    assert city.heard[-1].state == "failed"


async def test_after_trouble_the_file_comes_all_the_same(city: Bench) -> None:
    id_ = await city.sent(500)
    async with city.running(media := city.media()):
        await city.until(id_, lambda row: row.error == "unreachable")
        city.platform.files["f0"] = PDF
        city.clock.turn(DAY)
        media.wake()
        assert (await city.settled(id_)).state == "stored"


async def test_a_claim_left_by_a_killed_process_is_free_at_the_next_start(city: Bench) -> None:
    id_ = await city.sent(PDF, "document")
    lease = {"now": city.clock.now(), "until": city.clock.now() + HOUR, "most": 4}
    assert await city.store.at_once(attachments.CLAIM, bots='["telegram"]', **lease)
    left = city.files / "tmp" / "half"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a file")
    async with city.running(city.media()):
        row = await city.settled(id_)
    assert (row.state, row.attempts) == ("stored", 2)
    assert not left.exists()


async def test_a_few_files_are_fetched_at_a_time(city: Bench) -> None:
    city.platform.gate.clear()
    ids = [await city.sent(PDF + bytes([n]), "document") for n in range(10)]
    async with city.running(city.media()):
        await city.downloads(4)
        city.platform.gate.set()
        for id_ in ids:
            await city.settled(id_)
    assert city.platform.busiest == 4


async def test_files_of_a_bot_that_does_not_run_wait_and_hold_up_nobody(city: Bench) -> None:
    other = {"person_id": city.reporter, "kind": "photo", "bot": "bale", "file_id": "b", "created_at": 0}
    waiting = await city.add(tables.attachments, **other)
    assert (await city.fetched(PDF, "document")).state == "stored"
    assert ((await city.row(waiting)).state, (await city.row(waiting)).attempts) == ("pending", 0)


async def test_a_file_dropped_while_it_was_on_the_way_is_not_kept(city: Bench) -> None:
    city.platform.gate.clear()
    id_ = await city.sent(PDF, "document")
    async with city.running(city.media()):
        await city.downloads()
        await city.store.at_once(attachments.DROP, person_id=city.reporter)
        city.platform.gate.set()
        last = await city.fetched_too(VOICE)
    assert (await city.row(id_)).sha256 == ""
    assert [path.name for path in city.stored()] == [last.sha256]
    assert [heard.attachment_id for heard in city.heard] == [last.id]


async def test_the_same_content_is_kept_once(city: Bench) -> None:
    first, second = await city.fetched(PDF, "document"), await city.fetched(PDF, "document")
    assert first.sha256 == second.sha256
    assert len(city.stored()) == 1


def tried(times: int) -> Callable[[Row], bool]:
    return lambda row: row.attempts == times and row.error != ""


async def a_case(city: Bench) -> int:
    return await city.add(
        tables.cases,
        code="12345678",
        person_id=city.reporter,
        category="lamp",
        department="roads",
        state="received",
        created_at=0,
        updated_at=0,
    )
