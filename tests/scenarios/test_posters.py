"""Posters and stickers: made by who speaks for the city, scanned by whoever stands there, counted."""

from __future__ import annotations

import struct

import pytest

from bot.sandbox.message import Button, Message
from bot.sandbox.person import Person
from tests.acting import files, hires, revokes, settled
from tests.faults.pictures import drawn, written
from tests.town import Town

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])
BIN = (35.1671, 47.8051)
WHERE = "خیابان امام، روبه‌روی بانک"
STICKER, POSTER = "🏷 برچسب ۱۰ سانتی", "📄 پوستر آ۴"


def content(person: Person, message: Message) -> bytes:
    assert message.media is not None
    return person.platform.bot.files[message.media.file_id].content


def size(png: bytes) -> tuple[int, ...]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


async def opens(admin: Person) -> None:
    """The page of posters."""
    admin.says("مدیریت")
    await admin.sees("مدیریت:")
    admin.presses("🖨 پوستر و برچسب")
    await admin.sees("برای چیست؟")


async def prints(admin: Person, form: str = STICKER) -> tuple[bytes, bytes]:
    """The last tap, and the two files that come."""
    admin.presses(form)
    await admin.sees("ساخته می‌شود")
    png = await admin.sees("PNG،", within=20)
    pdf = await admin.sees("PDF،", within=20)
    return content(admin, png), content(admin, pdf)


async def fills_in_a_bin(admin: Person) -> None:
    """A bin with its words and its pin, up to the last tap."""
    await opens(admin)
    admin.presses("♻️ مخزن زباله")
    await admin.sees("نام یا شمارهٔ جا")
    admin.says(WHERE)
    await admin.sees("نقطهٔ آن را")
    admin.sends_pin(*BIN)
    await admin.sees("نقطه نگه داشته شد")
    await admin.sees("زبان را برگزینید")


async def makes_for_a_bin(admin: Person) -> tuple[bytes, bytes]:
    await fills_in_a_bin(admin)
    return await prints(admin)


async def token(town: Town) -> str:
    return str((await town.rows("SELECT token FROM posters ORDER BY id DESC LIMIT 1"))[0][0])


async def scans(town: Town, name: str, payload: str, channel: str = "telegram") -> Person:
    """A newcomer at the code, who has just chosen a language."""
    newcomer = town.person(name, channel)
    newcomer.starts(f"q-{payload}")
    await newcomer.sees("کوردی")
    newcomer.presses("فارسی")
    await newcomer.sees("خوش آمدید")
    return newcomer


async def files_words(person: Person) -> None:
    """Words, and the one tap that files."""
    person.says("مخزن پر است و زباله دور آن ریخته")
    await person.sees("📨 ثبت نهایی")
    person.presses("📨 ثبت نهایی")
    await person.sees("ثبت شد")


# Made


@BOTH
@pytest.mark.parametrize("role", ["admin", "editor"])
async def test_the_files_come_by_themselves(town: Town, channel: str, role: str) -> None:
    maker = await hires(town, role, role, channel=channel)
    png, pdf = await makes_for_a_bin(maker)
    assert size(png) == (1181, 1181)
    assert pdf.startswith(b"%PDF-")
    assert "🔎 آمار این کد" in maker.last.buttons
    came = [(message.media.kind, message.media.name) for message in maker.inbox if message.media]
    assert came == [("document", "137-bin-sticker.png"), ("document", "137-bin-sticker.pdf")]


@BOTH
async def test_the_general_poster_asks_for_no_place(town: Town, channel: str) -> None:
    editor = await hires(town, "editor", "editor", channel=channel)
    await opens(editor)
    editor.presses("۱۳۷ همگانی")
    await editor.sees("زبان را برگزینید")
    editor.presses("کوردی")
    assert "✅ کوردی" in (await editor.answer()).buttons
    png, _ = await prints(editor, POSTER)
    assert size(png) == (2480, 3508)
    assert "اسکن آن ربات را باز می‌کند" in editor.last.text


async def test_equal_wishes_are_one_code_and_drawn_once(town: Town) -> None:
    editor = await hires(town, "editor", "editor")
    first = await makes_for_a_bin(editor)
    second = await makes_for_a_bin(editor)
    assert first == second
    assert await town.rows("SELECT count(*) FROM posters") == [(1,)]
    assert await town.rows("SELECT count(*), count(DISTINCT person_id) FROM attachments WHERE person_id = 0") == [
        (2, 1)
    ]
    await settled(town)
    editor.presses("🔎 آمار این کد", editor.last)
    await editor.sees("گزارش‌هایی که با این برچسب آمد")
    editor.presses("🖨 چاپ دیگر")
    await editor.sees("زبان را برگزینید")
    await prints(editor, POSTER)
    assert await town.rows("SELECT count(*) FROM posters") == [(1,)]
    assert await town.rows("SELECT count(*) FROM shown WHERE owner = 'poster'") == [(4,)]


async def test_a_place_without_words_and_one_without_a_pin_will_do(town: Town) -> None:
    editor = await hires(town, "editor", "editor")
    await opens(editor)
    editor.presses("🌳 پارک")
    await editor.sees("نام یا شمارهٔ جا")
    editor.presses("رد شدن")
    await editor.sees("نقطهٔ آن را")
    editor.types_key("بدون نقطه روی نقشه")
    await editor.sees("بی نقطه هم می‌شود")
    assert "پارک" in (await editor.sees("زبان را برگزینید")).text
    await prints(editor)
    reporter = await scans(town, "reporter", await token(town))
    assert "پارک" in (await reporter.sees("گزارش دربارهٔ")).text


async def test_what_can_not_be_printed_is_answered_and_asked_again(town: Town) -> None:
    editor = await hires(town, "editor", "editor")
    await opens(editor)
    editor.presses("💡 تیر چراغ")
    await editor.sees("نام یا شمارهٔ جا")
    for said, told in (("ب" * 81, "کوتاه‌تر"), (" ", "با واژه")):
        editor.says(said) if said.strip() else editor.sends_sticker()
        await editor.sees(told)
    editor.says("تیر چراغ 12")
    await editor.sees("نقطهٔ آن را")
    editor.says("همین‌جا")
    await editor.sees("نقطهٔ روی نقشه را بفرستید")
    editor.sends_pin(36.5, 50.0)
    await editor.sees("بیرون از شهرستان")
    editor.sends_venue(*BIN, title="میدان آزادی")
    assert "تیر چراغ ۱۲" in (await editor.sees("زبان را برگزینید")).text


async def test_an_old_or_forged_button_makes_nothing(town: Town) -> None:
    editor = await hires(town, "editor", "editor")
    await fills_in_a_bin(editor)
    old = str(editor.last.rows[-2][0].data)
    editor.presses("✖️ لغو")
    await editor.sees("چیزی ساخته نشد")
    for data in (old, "po-kind:0:moon", "po-print:1:wall", "po-again:0:7", "po-one:0:7"):
        editor.presses(Button("forged", data), editor.last)
        await editor.answer()
    assert await town.rows("SELECT count(*) FROM posters") == [(0,)]


async def test_who_speaks_not_for_the_city_makes_none_and_sees_none(town: Town) -> None:
    officer = await hires(town, "officer", "officer", "civil")
    for data in ("po-home:0:", "po-list:0:", "po-kind:0:bin", "po-one:0:1"):
        officer.presses(Button("forged", data), officer.last)
        await officer.sees(town.app.city.texts.line("fa", "err-not-allowed"))
    assert await town.rows("SELECT count(*) FROM posters") == [(0,)]


async def test_a_role_that_ends_meanwhile_ends_the_work(town: Town) -> None:
    editor = await hires(town, "editor", "editor")
    await fills_in_a_bin(editor)
    await revokes(town, editor)
    editor.presses(STICKER)
    await editor.answer()
    assert await town.rows("SELECT count(*) FROM wanted") == [(0,)]


# Scanned


@BOTH
async def test_a_sticker_at_a_bin_starts_a_report_that_knows_its_place(town: Town, channel: str) -> None:
    admin = await hires(town, "admin", "admin", channel=channel)
    await makes_for_a_bin(admin)
    reporter = await scans(town, "reporter", await token(town), channel)
    asked = await reporter.sees("این برچسب برای")
    assert WHERE in asked.text
    assert "سطل و مخزن زباله" in asked.text
    await files_words(reporter)
    ((*case, poster),) = await town.rows("SELECT category, lat, lon, address, area, poster_id FROM cases")
    assert case == ["waste_bin", *BIN, WHERE, "center"]
    assert await town.rows("SELECT id, opened FROM posters") == [(poster, 1)]


@BOTH
async def test_a_photo_alone_is_enough_at_a_code(town: Town, channel: str) -> None:
    editor = await hires(town, "editor", "editor", channel=channel)
    await makes_for_a_bin(editor)
    reporter = await scans(town, "reporter", await token(town), channel)
    await reporter.sees("عکس یا صدا بفرستید")
    reporter.sends_photo(written(drawn()))
    await reporter.sees("📨 ثبت نهایی")
    reporter.presses("📨 ثبت نهایی")
    await reporter.sees("ثبت شد")


@BOTH
async def test_reports_are_counted_for_the_code_they_came_by(town: Town, channel: str) -> None:
    editor = await hires(town, "editor", "editor", channel=channel)
    await makes_for_a_bin(editor)
    reporter = await scans(town, "reporter", await token(town), channel)
    await files_words(reporter)
    await scans(town, "stranger", await token(town))
    await files(town, await town.newcomer("citizen"))
    await settled(town)
    await opens(editor)
    editor.presses("📋 ساخته‌شده‌ها")
    assert "گزارش‌ها: \u2068۱\u2069" in (await editor.answer()).text
    editor.presses("۱")
    shown = await editor.answer()
    assert "گزارش‌هایی که با این برچسب آمد: \u2068۱\u2069" in shown.text
    assert "کد آن باز شد: \u2068۲\u2069" in shown.text


async def test_a_report_that_is_taken_back_does_not_count(town: Town) -> None:
    editor = await hires(town, "editor", "editor")
    await makes_for_a_bin(editor)
    reporter = await scans(town, "reporter", await token(town))
    await files_words(reporter)
    await settled(town)
    reporter.presses("↩️ پس گرفتن")
    await reporter.sees("📨 ثبت نهایی")
    editor.presses("🔎 آمار این کد", editor.last)
    assert "برچسب آمد: \u2068۰\u2069" in (await editor.answer()).text


@BOTH
async def test_a_forged_and_a_removed_code_start_an_ordinary_report(town: Town, channel: str) -> None:
    editor = await hires(town, "editor", "editor", channel=channel)
    await makes_for_a_bin(editor)
    code = await token(town)
    await settled(town)
    editor.presses("🔎 آمار این کد", editor.last)
    await editor.sees("🗑 برداشتن")
    editor.presses("🗑 برداشتن")
    await editor.sees("برداشته شود؟")
    editor.presses("🗑 برداشتن")
    await editor.sees("برداشته شد")
    ordinary = town.app.city.texts.line("fa", "report-start").splitlines()[0]
    for number, payload in enumerate((code, "forged-token", "a' OR 1=1")):
        reporter = await scans(town, f"reporter {number}", payload, channel)
        shown = await reporter.answer()
        assert "این برچسب برای" not in shown.text
        assert ordinary in shown.text or "شناخته نشد" in shown.text
    assert await town.rows("SELECT opened FROM posters") == [(0,)]


@BOTH
async def test_the_general_code_opens_the_first_page_and_counts_the_next_report(town: Town, channel: str) -> None:
    editor = await hires(town, "editor", "editor", channel=channel)
    await opens(editor)
    editor.presses("۱۳۷ همگانی")
    await editor.sees("زبان را برگزینید")
    await prints(editor)
    reporter = await scans(town, "reporter", await token(town), channel)
    await settled(town)
    assert not reporter.unread
    reporter.starts(f"q-{await token(town)}")
    assert "خوش آمدید" in (await reporter.answer()).text
    await files_by_hand(reporter)
    assert await town.rows("SELECT count(*) FROM cases WHERE poster_id IS NOT NULL") == [(1,)]
    await files_by_hand(reporter)
    assert await town.rows("SELECT count(*) FROM cases WHERE poster_id IS NOT NULL") == [(1,)]
    assert await town.rows("SELECT opened FROM posters") == [(2,)]


async def files_by_hand(person: Person) -> None:
    """An ordinary report by its words, its place and whatever is asked between."""
    person.says("آسفالت خیابان چاله دارد")
    place = False
    while "ثبت شد" not in (message := await person.answer()).text:
        labels = message.buttons
        if "📨 ثبت نهایی" in labels:
            person.presses("📨 ثبت نهایی", message)
        elif "✅ بله" in labels:
            person.presses("✅ بله", message)
        elif "جدا" in "".join(labels) or "تازه" in "".join(labels):
            person.presses(next(label for label in labels if "تازه" in label or "جدا" in label), message)
        elif "بی عکس" in "".join(labels) or "عکس ندارم" in "".join(labels):
            person.presses(next(label for label in labels if "عکس" in label), message)
        elif not place and "کجا" in message.text:
            person.sends_pin(*BIN)
            place = True


@BOTH
async def test_a_scan_throws_no_unfinished_report_away(town: Town, channel: str) -> None:
    editor = await hires(town, "editor", "editor", channel=channel)
    await makes_for_a_bin(editor)
    reporter = await town.newcomer("reporter", channel)
    reporter.says("درخت کوچه شکسته و راه را بسته است")
    await reporter.answer()
    reporter.starts(f"q-{await token(town)}")
    shown = await reporter.sees("گزارش نیمه‌کاره‌ای دارید")
    assert WHERE in shown.text
    assert "درخت" in (await town.rows("SELECT draft FROM dialogues WHERE name = 'report'"))[0][0]
    reporter.presses("📍 گزارش تازه اینجا", shown)
    await reporter.sees("این برچسب برای")
    await files_words(reporter)
    assert await town.rows("SELECT category, poster_id IS NOT NULL FROM cases") == [("waste_bin", 1)]


async def test_the_link_outlives_words_that_come_before_the_language(town: Town) -> None:
    editor = await hires(town, "editor", "editor")
    await makes_for_a_bin(editor)
    reporter = town.person("reporter")
    reporter.starts(f"q-{await token(town)}")
    await reporter.sees("کوردی")
    reporter.says("مخزن پر است و زباله دور آن ریخته")
    await reporter.sees("📨 ثبت نهایی")
    reporter.presses("📨 ثبت نهایی")
    await reporter.sees("ثبت شد")
    assert await town.rows("SELECT category, address FROM cases") == [("waste_bin", WHERE)]


# Passed on


@BOTH
async def test_a_neighbour_is_told_with_one_tap(town: Town, channel: str) -> None:
    citizen = await town.newcomer("citizen", channel)
    citizen.says("/help")
    await citizen.answer()
    citizen.presses("📤 برای همسایه")
    await citizen.sees("برای همسایه‌ها بفرستید")
    shown = await citizen.answer()
    assert "https://t.me/shahr137_bot" in shown.text
    assert "https://ble.ir/shahr137_bot" in shown.text
    assert not shown.rows
