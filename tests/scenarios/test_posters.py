"""Posters and stickers: made by an admin, scanned by whoever stands there, counted."""

from __future__ import annotations

import struct

import pytest

from bot.sandbox.message import Message
from bot.sandbox.person import Person
from tests.acting import hires, settled
from tests.town import Town

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])
BIN = (35.1671, 47.8051)
WHERE = "خیابان امام، روبه‌روی بانک"


def content(person: Person, message: Message) -> bytes:
    assert message.media is not None
    return person.platform.bot.files[message.media.file_id].content


async def opens(admin: Person) -> None:
    """The page of posters."""
    admin.says("مدیریت")
    await admin.sees("مدیریت:")
    admin.presses("🖨 پوستر و برچسب")
    await admin.sees("برای چیست؟")


async def prints(admin: Person, form: str = "🏷 برچسب ۱۰ سانتی") -> tuple[bytes, bytes]:
    """The last tap, and the two files that come."""
    admin.presses(form)
    await admin.sees("ساخته می‌شود")
    png = await admin.sees("PNG،", within=20)
    pdf = await admin.sees("PDF،", within=20)
    return content(admin, png), content(admin, pdf)


async def makes_for_a_bin(admin: Person) -> tuple[bytes, bytes]:
    """A sticker for a bin with its words and its pin."""
    await opens(admin)
    admin.presses("♻️ مخزن زباله")
    await admin.sees("نام یا شمارهٔ جا")
    admin.says(WHERE)
    await admin.sees("نقطهٔ آن را")
    admin.sends_pin(*BIN)
    await admin.sees("نقطه نگه داشته شد")
    await admin.sees("زبان را برگزینید")
    return await prints(admin)


async def token(town: Town) -> str:
    return str((await town.rows("SELECT token FROM posters ORDER BY id DESC LIMIT 1"))[0][0])


@BOTH
async def test_a_sticker_at_a_bin_starts_a_report_that_knows_its_place(town: Town, channel: str) -> None:
    admin = await hires(town, "admin", "admin", channel=channel)
    png, pdf = await makes_for_a_bin(admin)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (1181, 1181)
    assert pdf.startswith(b"%PDF-")
    newcomer = town.person("reporter", channel)
    newcomer.starts(f"q-{await token(town)}")
    await newcomer.sees("کوردی")
    newcomer.presses("فارسی")
    asked = await newcomer.sees("این برچسب برای")
    assert WHERE in asked.text
    assert "سطل و مخزن زباله" in asked.text
    newcomer.says("مخزن پر است و زباله دور آن ریخته")
    review = await newcomer.sees("📨 ثبت نهایی")
    newcomer.presses("📨 ثبت نهایی", review)
    await newcomer.sees("ثبت شد")
    ((category, lat, lon, address, poster),) = await town.rows(
        "SELECT category, lat, lon, address, poster_id FROM cases"
    )
    assert (category, lat, lon, address) == ("waste_bin", *BIN, WHERE)
    assert await town.rows("SELECT id, opened FROM posters") == [(poster, 1)]
    await settled(town)
