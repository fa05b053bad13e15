"""Programmes: kept by editors, reminded of once, told with the reason when they move, and taken along as a file."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest
from icalendar import Calendar

from bot.clock import DAY, HOUR, MINUTE, utc
from bot.sandbox.message import Button, Message
from bot.sandbox.person import Person
from bot.talk import rich, screen
from tests.acting import bare, hires
from tests.scenarios.keepers import edits, makes_programme, opens_city, publishes
from tests.scenarios.people import CENTRE, picture
from tests.town import Town

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])
TITLE = "جشن نوروز؛ ساز, آواز"
WHY = "باران تند پیش‌بینی شده و سالن سرپوشیده پر است."
TEHRAN = ZoneInfo("Asia/Tehran")


async def published(town: Town, when: str = "فردا ۱۸:۳۰", channel: str = "telegram") -> Person:
    """An editor whose programme is out. The town's clock stands at ten on a Saturday."""
    editor = await hires(town, "editor", "editor", channel=channel)
    await makes_programme(editor, TITLE, when)
    await publishes(editor)
    return editor


async def asks(citizen: Person) -> Message:
    """From the menu to being reminded, in four taps; answers what the programme shows then."""
    await opens_city(citizen, "🎭 برنامه‌ها", "آواز")
    citizen.presses("۱")
    await citizen.sees("⏰ یادآوری کنید")
    citizen.presses("⏰ یادآوری کنید")
    return await citizen.sees("🔕 یادآوری نمی‌خواهم")


async def casts(town: Town) -> list[tuple[str, int]]:
    """What each broadcast says in Persian, oldest first, and until when it may be sent."""
    rows = await town.rows(
        "SELECT r.screen, b.expires_at FROM renditions r JOIN broadcasts b ON b.id = r.broadcast_id "
        "WHERE r.lang = 'fa' AND b.kind = 'culture' ORDER BY b.id"
    )
    return [(rich.visible(screen.load(orjson.loads(row[0])).text), row[1]) for row in rows]


async def turned(town: Town, milliseconds: int) -> None:
    """Later: all that is due by then is done."""
    town.clock.turn(milliseconds)
    await town.app.schedule.due()


async def calendar_of(citizen: Person) -> Any:
    """The event of the file that comes."""
    while not (message := await citizen.answer(within=10)).media:
        pass
    assert message.media is not None
    whole = Calendar.from_ical(citizen.platform.bot.files[message.media.file_id].content)
    return whole.walk("VEVENT")[0]


@BOTH
async def test_a_programme_is_kept_and_read(town: Town, channel: str) -> None:
    await published(town, channel=channel)
    citizen = await town.newcomer("citizen", channel)
    listed = await opens_city(citizen, "🎭 برنامه‌ها", "آواز")
    assert "سالن شهر" in listed.text
    citizen.presses("۱")
    shown = bare(await citizen.sees("زمان:"))
    assert "یکشنبه" in shown
    assert "ساعت 18:30" in shown


@BOTH
async def test_the_reminder_comes_once_on_the_evening_before(town: Town, channel: str) -> None:
    await published(town, channel=channel)
    citizen = await town.newcomer("citizen", channel)
    assert "پیش از برنامه یادآوری" in (await asks(citizen)).text
    await turned(town, 7 * HOUR)
    assert await casts(town) == []
    await turned(town, HOUR + MINUTE)
    ((said, until),) = await casts(town)
    assert "یادآوری" in said
    assert until == (await town.rows("SELECT starts_at FROM programmes"))[0][0]
    reminder = await citizen.sees("⏰ یادآوری")
    assert "سالن شهر" in reminder.text
    await turned(town, 6 * HOUR)
    assert len(await casts(town)) == 1
    citizen.presses("🎭 دیدن برنامه", reminder)
    await citizen.sees("🔕 یادآوری نمی‌خواهم")
    assert sum("⏰ یادآوری" in message.text for message in citizen.inbox) == 1


async def test_one_that_begins_the_same_day_is_reminded_of_some_hours_before(town: Town) -> None:
    await published(town, "امروز ۱۷")
    citizen = await town.newcomer("citizen")
    await asks(citizen)
    await turned(town, 3 * HOUR + 50 * MINUTE)
    assert await casts(town) == []
    await turned(town, 20 * MINUTE)
    assert len(await casts(town)) == 1


async def test_who_asks_after_the_reminder_learns_that_it_has_gone_out(town: Town) -> None:
    await published(town)
    await turned(town, 9 * HOUR)
    citizen = await town.newcomer("citizen")
    assert "پیش‌تر فرستاده" in (await asks(citizen)).text


async def test_moved_there_and_back_it_is_reminded_of_once_and_each_move_is_told(town: Town) -> None:
    editor = await published(town)
    citizen = await town.newcomer("citizen")
    await asks(citizen)
    editor.presses("🕓 زمان آغاز")
    await editor.answer()
    editor.says("پس‌فردا ۱۰")
    await editor.sees("دلیل را بنویسید")
    editor.says(WHY)
    await editor.sees("✅ ذخیره شد")
    await turned(town, 8 * HOUR + MINUTE)
    assert ["یادآوری" in said for said, _ in await casts(town)] == [False], "it is no longer tomorrow"
    editor.presses("🕓 زمان آغاز")
    await editor.answer()
    editor.says("فردا ۱۸:۳۰")
    await editor.sees("دلیل را بنویسید")
    editor.says(WHY)
    await editor.sees("✅ ذخیره شد")
    await turned(town, 21 * HOUR + 30 * MINUTE)
    told = [said for said, _ in await casts(town)]
    assert ["یادآوری" in said for said in told] == [False, False, True]
    assert WHY in told[0]
    assert "به:" in told[0]


@BOTH
async def test_cancelled_it_is_told_with_its_reason_and_reminds_nobody(town: Town, channel: str) -> None:
    editor = await published(town, channel=channel)
    citizen = await town.newcomer("citizen", channel)
    item = await asks(citizen)
    editor.presses("❌ برگزار نمی‌شود")
    await editor.sees("دلیل را بنویسید")
    editor.says(WHY)
    await editor.sees("لغوشده")
    told = await citizen.sees(WHY)
    assert "برگزار نمی‌شود" in told.text
    await turned(town, 9 * HOUR)
    assert len(await casts(town)) == 1
    listed = await opens_city(citizen, "🎭 برنامه‌ها", "برگزار نمی‌شود")
    citizen.presses("۱", listed)
    assert WHY in (await citizen.answer()).text
    remind = Button("⏰", f"pg-remind:0:{(await town.rows('SELECT id FROM programmes'))[0][0]}")
    citizen.presses(remind, item)
    await citizen.sees("دیر شده")


async def test_what_is_over_leaves_the_list(town: Town) -> None:
    await published(town)
    citizen = await town.newcomer("citizen")
    town.clock.turn(DAY + 9 * HOUR)
    await opens_city(citizen, "🎭 برنامه‌ها", "آواز")
    town.clock.turn(2 * HOUR)
    await opens_city(citizen, "🎭 برنامه‌ها", "ثبت نشده")


@BOTH
async def test_the_calendar_file_keeps_its_uid_and_counts_up_when_it_moves(town: Town, channel: str) -> None:
    editor = await published(town, channel=channel)
    citizen = await town.newcomer("citizen", channel)
    await opens_city(citizen, "🎭 برنامه‌ها", "آواز")
    citizen.presses("۱")
    item = await citizen.sees("📅")
    citizen.presses("📅", item)
    first = await calendar_of(citizen)
    assert str(first["SUMMARY"]) == TITLE
    assert str(first["LOCATION"]) == "سالن شهر"
    starts = first["DTSTART"].dt
    assert starts == utc((await town.rows("SELECT starts_at FROM programmes"))[0][0])
    assert (starts.hour, starts.minute) == (18, 30)
    assert str(starts.tzinfo) == "Asia/Tehran"
    await edits(editor, "🕓 زمان آغاز", "پس‌فردا ۱۰", WHY)
    citizen.presses("📅", item)
    second = await calendar_of(citizen)
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second["DTSTART"].dt > starts
    await edits(editor, "❌ برگزار نمی‌شود", WHY)
    citizen.presses("📅", item)
    third = await calendar_of(citizen)
    assert (str(first["STATUS"]), str(third["STATUS"])) == ("CONFIRMED", "CANCELLED")
    assert third["SEQUENCE"] > second["SEQUENCE"]


@pytest.mark.parametrize(
    ("when", "answer"),
    [
        ("۳۱ مهر ۱۴۰۶ ۱۰", "چنین روز"),
        ("۳۰ اسفند ۱۴۰۶ ۱۰", "چنین روز"),
        ("فردا ۲۵:۰۰", "تا ۲۳:۵۹"),
        ("۱۴۰۴/۹/۲ ۱۰:۳۰", "گذشته است"),
        ("امروز ۹", "گذشته است"),
        ("2026/11/23 10:30", "چنین روز"),
        ("یک روز خوب", "این‌طور بنویسید"),
        ("فردا", "ساعت را هم"),
    ],
)
async def test_a_day_that_does_not_exist_or_has_passed_is_not_taken(town: Town, when: str, answer: str) -> None:
    editor = await hires(town, "editor", "editor")
    editor.types_key("🛠 مدیریت")
    await editor.answer()
    editor.presses("✏️ برنامه‌ها")
    await editor.answer()
    editor.presses("➕ مورد تازه")
    await editor.answer()
    editor.says(TITLE)
    await editor.sees("چه روز و ساعتی")
    editor.says(when)
    await editor.sees(answer)
    editor.says("فردا ۱۰")
    await editor.sees("جا را بنویسید")


async def test_a_draft_whose_time_has_gone_by_is_not_published(town: Town) -> None:
    editor = await hires(town, "editor", "editor")
    await makes_programme(editor, TITLE, "امروز ۱۱")
    editor.presses("👁 پیش‌نمایش و انتشار")
    await editor.sees("📢 انتشار")
    town.clock.turn(2 * HOUR)
    editor.presses("📢 انتشار")
    await editor.sees("گذشته است")
    assert await town.rows("SELECT state FROM programmes") == [("draft",)]


async def test_the_end_moves_along_and_never_comes_before_the_beginning(town: Town) -> None:
    editor = await published(town)
    await edits(editor, "🕓 ساعت پایان", "۲۰:۳۰")
    ((starts, ends),) = await town.rows("SELECT starts_at, ends_at FROM programmes")
    assert ends - starts == 2 * HOUR
    said = await edits(editor, "🕓 ساعت پایان", "۱۷")
    assert "پس از آغاز" in said.text
    editor.types_key("🛠 مدیریت")
    await editor.sees("مدیریت")
    citizen = await town.newcomer("citizen")
    await asks(citizen)
    editor.presses("✏️ برنامه‌ها")
    await editor.sees("آواز")
    editor.presses("۱")
    await editor.sees("منتشرشده")
    await edits(editor, "🕓 زمان آغاز", "پس‌فردا ۱۰", WHY)
    ((starts, ends),) = await town.rows("SELECT starts_at, ends_at FROM programmes")
    assert ends - starts == 2 * HOUR
    assert utc(starts).astimezone(TEHRAN).hour == 10


@BOTH
async def test_a_moved_place_is_told_and_seen_on_the_map(town: Town, channel: str) -> None:
    editor = await published(town, channel=channel)
    citizen = await town.newcomer("citizen", channel)
    await asks(citizen)
    editor.presses("📍 جا")
    await editor.answer()
    editor.says("پارک ملت")
    await editor.sees("اگر نقشه هم")
    editor.sends_pin(*CENTRE)
    await editor.sees("دلیل را بنویسید")
    editor.says(WHY)
    await editor.sees("✅ ذخیره شد")
    editor.presses("📷 عکس‌ها")
    await editor.answer()
    editor.sends_photo(picture())
    await editor.sees("تا اینجا")
    editor.presses("✅ همین عکس‌ها")
    await editor.sees("✅ ذخیره شد")
    told = await citizen.sees(WHY)
    assert "پارک ملت" in told.text
    citizen.presses("🎭 دیدن برنامه", told)
    item = await citizen.sees("پارک ملت")
    citizen.presses("📍 روی نقشه")
    assert (await citizen.answer()).pin is not None
    citizen.presses("🖼 عکس‌ها", item)
    assert (await citizen.answer(within=10)).photo is not None
