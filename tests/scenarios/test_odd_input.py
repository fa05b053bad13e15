"""What people send besides: a kind answer or deliberate silence, never a lost draft, never a stopped queue."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.store import tables
from tests.scenarios.people import CENTRE, picture
from tests.scenarios.stories import SUBMIT, finish
from tests.town import Town


def picture_from(lat: float, lon: float) -> bytes:
    """A JPEG that carries its place."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: _degrees(lat), 3: "E", 4: _degrees(lon)}
    out = io.BytesIO()
    Image.new("RGB", (320, 240), (40, 40, 60)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def _degrees(value: float) -> tuple[float, float, float]:
    whole = int(value)
    minutes = (value - whole) * 60
    return float(whole), float(int(minutes)), round((minutes - int(minutes)) * 60, 3)


@pytest.mark.parametrize("channel", ["telegram", "bale"])
async def test_the_place_in_a_picture_is_offered_and_then_leaves_the_picture(town: Town, channel: str) -> None:
    reporter = await town.newcomer("reporter", channel)
    reporter.sends_document(picture_from(*CENTRE), "IMG_1.jpg", "image/jpeg", "چراغ کوچه ما خاموشه")
    await reporter.sees("کدام؟")
    await reporter.sees("جای خود را همراه دارد")
    reporter.presses("✅ همین‌جاست")
    await reporter.sees("مرکز شهر")
    reporter.presses("💡 چراغ خیابان")
    await reporter.sees(SUBMIT)
    await finish(reporter)
    [(lat, lon)] = await town.rows("SELECT lat, lon FROM cases")
    assert (lat, lon) == pytest.approx(CENTRE, abs=0.0001)
    stored = next((town.settings.data_dir / "files").glob("??/*"))
    assert b"Exif" not in stored.read_bytes()


async def test_a_picture_that_is_none_is_said_to_be_none_and_the_report_goes_on(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.sends_photo(b"\xff\xd8\xff this is no picture", "چراغ کوچه ما خاموشه")
    await reporter.sees("به‌صورت عکس باز نشد")
    reporter.sends_pin(*CENTRE)
    await reporter.sees("جا مشخص شد")
    reporter.presses("💡 چراغ خیابان")
    await reporter.sees(SUBMIT)
    await finish(reporter)
    assert await town.rows("SELECT count(*) FROM attachments WHERE case_id IS NOT NULL") == [(0,)]


async def test_a_text_cut_into_parts_by_the_messenger_gets_one_answer(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    part = ("چراغ کوچه ما خاموشه " * 300)[:4090]
    before = len(reporter.inbox)
    for _ in range(3):
        reporter.says(part)
    await reporter.sees("کدام؟")
    assert len(reporter.inbox) == before + 1
    [(draft,)] = await town.rows("SELECT draft FROM dialogues WHERE name = 'report'")
    assert draft.count("چراغ") == 3 * part.count("چراغ")


async def test_forwarded_words_are_asked_about_before_they_become_a_report(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.forwards("چراغ کوچه ما خاموشه", "همسایه")
    await reporter.sees("از جای دیگری رسیده است")
    reporter.presses("✅ بله")
    await reporter.sees("کدام؟")


async def test_direction_overrides_in_a_text_turn_nothing_else_around(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.sends_photo(picture(), "چراغ \u202eخاموشه کوچه ما")
    await reporter.sees("کدام؟")
    reporter.sends_pin(*CENTRE)
    await reporter.sees("جا مشخص شد")
    reporter.presses("💡 چراغ خیابان")
    review = (await reporter.sees(SUBMIT)).text
    assert review.count("\u202e") == review.count("\u202c")


async def test_whoever_comes_back_is_offered_the_unfinished_report(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.says("چراغ کوچه ما خاموشه")
    await reporter.sees("کدام؟")
    reporter.starts()
    await reporter.sees("نیمه‌کاره")
    reporter.presses("ادامه می‌دهم")
    await reporter.sees("کدام؟")


async def test_a_venue_is_a_place_with_its_name(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.sends_photo(picture(), "چراغ کوچه ما خاموشه")
    await reporter.sees("کدام؟")
    reporter.sends_venue(*CENTRE, title="میدان آزادی")
    await reporter.sees("میدان آزادی")


async def test_a_flood_is_kept_whole_and_answered_by_one_message(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    most = town.app.city.pack.limits.messages_per_minute
    for number in range(most + 15):
        reporter.says(f"چراغ کوچه ما خاموشه {number}")
    await reporter.sees("کدام؟", within=8)
    await town.sandbox.telegram.bot.updates.drained(8)
    [(draft,)] = await town.rows("SELECT draft FROM dialogues WHERE name = 'report'")
    assert f"خاموشه {most + 14}" in draft
    assert len(reporter.inbox) < most + 5


async def test_a_new_picture_takes_the_place_of_five_old_ones(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.sends_album([picture((number, 0, 0)) for number in range(5)], "چراغ کوچه ما خاموشه")
    await reporter.sees("کدام؟")
    reporter.sends_pin(*CENTRE)
    await reporter.sees("جا مشخص شد")
    reporter.presses("💡 چراغ خیابان")
    await reporter.sees(SUBMIT)
    reporter.presses("📷 عکس")
    await reporter.sees("عکس تازه بفرستید")
    reporter.sends_photo(picture((9, 9, 9)))
    review = await reporter.sees(SUBMIT)
    assert "عکس: \u2068۱\u2069" in review.text


async def test_one_person_cannot_fill_the_disk_with_drafts_that_are_thrown_away(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    limits = town.app.city.pack.limits
    most = limits.reports_per_day * (limits.max_photos + limits.max_videos + limits.max_voice)
    async with town.app.store.unit() as unit:
        work = await unit.work()
        [(person,)] = await town.rows("SELECT id FROM people WHERE id > 0")
        for number in range(most):
            sent = {"kind": "voice", "bot": "telegram:1", "file_id": str(number), "state": "failed", "name": ""}
            work.add(tables.attachments, person_id=person, created_at=work.now, **sent)
        unit.merge(work)
        await town.app.store.commit(unit)
    reporter.sends_photo(picture(), "چراغ کوچه ما خاموشه")
    await reporter.sees("بقیه نگه داشته نشد")
    assert await town.rows("SELECT count(*) FROM attachments") == [(most,)]
