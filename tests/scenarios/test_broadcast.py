"""An admin tells a neighbourhood that the water is cut, and that it is back."""

from __future__ import annotations

import pytest

from bot.sandbox.message import Message
from bot.sandbox.person import Person
from tests.acting import acting, bare, hires
from tests.town import Town


async def lives(town: Town, name: str, area: str, channel: str = "telegram") -> Person:
    """Somebody who told their neighbourhood."""
    person = await town.newcomer(name, channel)
    async with acting(town, person) as work:
        work.know(area=area)
    return person


async def taps(person: Person, *labels: str) -> Message:
    """One button after the other, each on the message that shows it; answers what came last."""
    for label in labels:
        person.presses(label, await person.sees(label))
    return person.last


async def types(person: Person, asked: str, *answers: str) -> None:
    """Waits for a question, and writes the answers one after the other."""
    await person.sees(asked)
    for answer in answers:
        person.says(answer)
        await person.answer()


async def cuts_the_water(admin: Person, place: str = "خیابان شریعتی", until: str = "فردا ۱۴") -> None:
    """From the menu to the question for whom."""
    admin.types_key("میز کار")
    await admin.sees("میز کار باز است")
    admin.types_key("مدیریت")
    await taps(admin, "📣 پیام همگانی", "➕ پیام تازه", "🔧 قطعی و راه‌بندان", "💧 قطعی آب")
    await types(admin, "کجا؟")
    admin.says(place)
    await taps(admin, "از همین حالا")
    await admin.sees("تا چه زمانی؟")
    admin.says(until)
    await admin.sees("علت")
    admin.says("ترمیم لوله")


@pytest.mark.parametrize("channel", ["telegram", "bale"])
async def test_a_water_cut_is_told_to_a_neighbourhood_and_its_end_to_the_same_people(town: Town, channel: str) -> None:
    admin = await hires(town, "admin", "admin", channel=channel)
    here, there = await lives(town, "here", "north"), await lives(town, "there", "north", "bale")
    far = await lives(town, "far", "south")
    await cuts_the_water(admin)
    await taps(admin, "یک محدودهٔ شهر", "شمال", "⬅️ بازگشت", "ادامه")
    preview = await admin.sees("پیش‌نمایش")
    admin.presses("📨 فرستادن", preview)
    await admin.sees("عدد")
    admin.says("۲")
    for person in (here, there):
        told = await person.sees("قطعی آب")
        assert "خیابان شریعتی" in told.text
        assert "ترمیم لوله" in told.text
    done = await admin.sees("نتیجهٔ پیام", within=20)
    assert "تحویل پیام‌رسان 2 از 2" in bare(done)
    admin.presses("✅ برطرف شد", done)
    await taps(admin, "✅ بله")
    for person in (here, there):
        await person.sees("وصل شد")
    assert not any("قطعی" in message.text for message in far.inbox)
