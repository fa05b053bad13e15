"""An admin puts in the mayor's next message; what citizens read is what was written, letter for letter."""

from __future__ import annotations

from hashlib import sha256

import pytest

from bot.sandbox.message import Button
from bot.sandbox.person import Person
from tests.acting import bare, hires, revokes
from tests.scenarios.test_broadcast import taps
from tests.town import Town

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])
NEXT = "شهروندان گرامي،  سلام.\n\nامسال مي خواهيم كوچه ها را با هم بسازيم .\n\nعباس سنتی/ خدمتگزار مردم"


async def opens(admin: Person) -> None:
    if not any("مدیریت" in label for row in admin.keyboard for label in row):
        admin.types_key("میز کار")
        await admin.sees("میز کار باز است")
    admin.types_key("مدیریت")
    await taps(admin, "✉️ پیام تازهٔ شهردار")


async def replaces(admin: Person, *pieces: str, date: str = "") -> None:
    """From the page of admins to the new message in its place."""
    await opens(admin)
    await taps(admin, "✉️ پیام تازهٔ شهردار")
    await admin.sees("متن تازه را کامل")
    for piece in pieces:
        admin.says(piece)
        await admin.sees("پیام‌های رسیده")
    admin.presses("✅ همین‌ها بود")
    await admin.sees("تاریخ پیام")
    if date:
        admin.says(date)
    else:
        admin.presses("بی‌تاریخ")
    await admin.sees("جایگزین شود؟")
    admin.presses("✅ بله")
    await admin.sees("جایگزین شد")


@BOTH
async def test_citizens_read_it_letter_for_letter_with_its_date(town: Town, channel: str) -> None:
    admin = await hires(town, "admin", "admin", channel=channel)
    citizen = await town.newcomer("citizen", channel)
    await replaces(admin, NEXT, date="۱ آذر ۱۴۰۵")
    preview = [message.text for message in admin.inbox if message.text.startswith("شهروندان")]
    citizen.says("/mayor")
    message = await citizen.answer()
    assert message.text == NEXT == preview[-1]
    assert "۱ آذر ۱۴۰۵" in (await citizen.answer()).text
    assert await town.rows("SELECT sha256 FROM mayor_messages") == [(sha256(NEXT.encode()).hexdigest(),)]


@BOTH
async def test_a_long_one_in_several_messages_loses_no_word(town: Town, channel: str) -> None:
    admin = await hires(town, "admin", "admin", channel=channel)
    first = " ".join(f"واژهٔ{number}" for number in range(520))[:4050]
    await replaces(admin, first, " و پایان.", "امضا")
    citizen = await town.newcomer("citizen", channel)
    citizen.says("/mayor")
    one, two = await citizen.hears(2)
    together = " ".join(f"{one.text} {two.text}".split())
    assert together == " ".join(f"{first} و پایان. امضا".split())


@BOTH
async def test_a_text_without_a_signature_and_a_day_to_come_are_refused_kindly(town: Town, channel: str) -> None:
    admin = await hires(town, "admin", "admin", channel=channel)
    await opens(admin)
    await taps(admin, "✉️ پیام تازهٔ شهردار")
    await admin.sees("متن تازه را کامل")
    admin.says("یک بند تنها")
    await admin.sees("پیام‌های رسیده")
    admin.presses("✅ همین‌ها بود")
    await admin.sees("یک امضا")
    admin.says("شهردار")
    await admin.sees("پیام‌های رسیده")
    admin.presses("✅ همین‌ها بود")
    await admin.sees("تاریخ پیام")
    for typed, answer in {"۳۱ مهر ۱۴۰۵": "چنین روزی", "۱ دی ۱۴۰۶": "هنوز نرسیده"}.items():
        admin.says(typed)
        await admin.sees(answer)
    admin.presses("✖️ لغو")
    await admin.sees("چیزی عوض نشد")
    assert await town.rows("SELECT count(*) FROM mayor_messages") == [(0,)]


async def test_the_history_is_kept_and_shown_to_admins_alone(town: Town) -> None:
    admin, editor = await hires(town, "admin", "admin"), await hires(town, "editor", "editor")
    await replaces(admin, NEXT)
    await replaces(admin, NEXT.replace("امسال", "سال آینده"))
    await opens(admin)
    listed = await admin.sees("از تازه به کهنه")
    admin.presses("۲", listed)
    assert (await admin.sees("امسال")).text == NEXT
    editor.types_key("مدیریت")
    shown = await editor.answer()
    assert not any("شهردار" in label for label in shown.buttons)
    editor.says("/mayor")
    assert "سال آینده" in (await editor.answer()).text


async def asked_for_text(town: Town, channel: str = "telegram") -> Person:
    """An admin who is asked for the text."""
    admin = await hires(town, "admin", "admin", channel=channel)
    await opens(admin)
    await taps(admin, "✉️ پیام تازهٔ شهردار")
    await admin.sees("متن تازه را کامل")
    return admin


@BOTH
async def test_a_cut_of_the_messenger_is_joined_as_the_admin_says_and_hashes(town: Town, channel: str) -> None:
    admin = await asked_for_text(town, channel)
    first = " ".join(["كوچه"] * 805)[:4023]
    for piece in (first, "بند دوم\n\nامضا"):
        admin.says(piece)
        await admin.sees("پیام‌های رسیده")
    admin.presses("✅ همین‌ها بود")
    admin.presses("امروز", await admin.sees("تاریخ پیام"))
    asked = await admin.sees("بریده بود")
    assert "پیام تازه 1 بند" in bare(asked)
    admin.presses("🔗 پیوند دیگر", asked)
    asked = await admin.sees("بریده بود")
    assert "پیام تازه 2 بند" in bare(asked)
    admin.presses("✅ بله", asked)
    await admin.sees("جایگزین شد")
    whole = f"{first}\n\nبند دوم\n\nامضا"
    assert await town.rows("SELECT words, sha256 FROM mayor_messages") == [(whole, sha256(whole.encode()).hexdigest())]
    citizen = await town.newcomer("citizen", channel)
    citizen.says("/mayor")
    *parts, dated = await citizen.hears(3)
    assert "\n\n".join(part.text for part in parts).split() == whole.split()
    assert "تاریخ پیام" in dated.text


@BOTH
async def test_markup_and_old_letters_are_kept_byte_for_byte(town: Town, channel: str) -> None:
    words = "سلام <b>شهروند</b> & «يك»  دو فاصله 137\n\nhttp://qorveh.ir\n\nشهردار"
    await replaces(await hires(town, "admin", "admin", channel=channel), words)
    citizen = await town.newcomer("citizen", channel)
    citizen.says("/mayor")
    assert sha256((await citizen.answer()).text.encode()).hexdigest() == sha256(words.encode()).hexdigest()


async def test_who_lost_the_role_meanwhile_is_a_citizen_and_replaces_nothing(town: Town) -> None:
    await hires(town, "other", "admin")
    admin = await asked_for_text(town)
    await revokes(town, admin)
    admin.says("چراغ کوچهٔ ما خاموش است")
    await admin.sees("گزارش شما دربارهٔ")
    admin.presses(Button("forged", "mm-yes:1:"))
    await admin.sees("ممکن نیست")
    assert await town.rows("SELECT count(*) FROM mayor_messages") == [(0,)]


async def test_the_first_text_is_still_there_for_admins(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    await replaces(admin, NEXT)
    await opens(admin)
    admin.presses("متن نخست", await admin.sees("از تازه به کهنه"))
    shown = await admin.sees("خدمتگزار")
    assert sha256(shown.text.encode()).hexdigest() == town.app.city.pack.mayor.sha256
