"""News by hand: written, looked at, published at once or by the clock, changed, taken back; two editors on one item."""

from __future__ import annotations

import pytest

from bot.clock import DAY, HOUR
from bot.sandbox.person import Person
from bot.store import tables
from tests.acting import acting, bare, hires, revokes
from tests.scenarios.people import picture
from tests.scenarios.test_broadcast import taps
from tests.town import Town

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])
TITLE, WORDS = "مسیر تازهٔ پارک باز شد", "نیمکت‌ها و چراغ‌های آن هم آماده است."


async def follower(town: Town, channel: str) -> Person:
    """Somebody who wants news at once."""
    citizen = await town.newcomer("follower", channel)
    async with acting(town, citizen) as work:
        work.add(tables.subscriptions, person_id=work.person.id, topic="news", mode="now", updated_at=work.now)
    return citizen


async def writes(editor: Person, *, photo: bool = False, title: str = TITLE, words: str = WORDS) -> None:
    """From the menu to the draft with its buttons."""
    editor.types_key("مدیریت")
    await taps(editor, "🗂 خبرهای در راه", "📰 خبر تازه")
    await editor.sees("عنوان خبر")
    editor.says(title)
    await editor.sees("متن خبر")
    editor.says(words)
    editor.presses("✅ همین‌ها بود", await editor.sees("شاید ادامه دارد"))
    asked = await editor.sees("عکس خبر")
    if photo:
        editor.sends_photo(picture((20, 90, 160)))
        asked = await editor.sees("عکس‌ها رسید")
    editor.presses("✅ همین‌ها بود", asked)


def has(person: Person, words: str) -> int:
    return sum(words in message.text for message in person.chat.messages.values() if not message.deleted)


@BOTH
async def test_an_editor_writes_and_publishes_and_who_wants_news_is_told_once(town: Town, channel: str) -> None:
    editor, citizen = await hires(town, "editor", "editor", channel=channel), await follower(town, "bale")
    await writes(editor, photo=True)
    assert (await editor.sees(TITLE)).media is not None
    await taps(editor, "📢 انتشار")
    assert "دست‌بالا: 1" in bare(await editor.sees("خبر منتشر شد"))
    told = await citizen.sees(TITLE, within=15)
    citizen.presses("📖 خواندن خبر", told)
    opened = await citizen.sees("🗓", within=15)
    assert WORDS in opened.text
    assert not told.edited, "the message that told of it stays"


@BOTH
async def test_what_was_sent_is_changed_with_the_news_and_taken_back_with_it(town: Town, channel: str) -> None:
    editor, citizen = await hires(town, "editor", "editor", channel=channel), await follower(town, channel)
    await writes(editor)
    await taps(editor, "📢 انتشار")
    await citizen.sees(TITLE, within=15)
    citizen.types_key("خبرهای شهر")
    await citizen.sees(TITLE)
    editor.says("/news")
    editor.presses("۱", await editor.sees(TITLE))
    await taps(editor, "✏️ اصلاح", "✏️ متن")
    await editor.sees("متن خبر")
    editor.says("مسیر از شنبه باز می‌شود.")
    editor.presses("✅ همین‌ها بود", await editor.sees("شاید ادامه دارد"))
    await taps(editor, "✅ بله")
    await editor.sees("خبر اصلاح شد")
    changed = await citizen.sees("مسیر از شنبه", within=15)
    assert "اصلاح شده است" in changed.text
    await taps(editor, "↩️ برداشتن خبر")
    await taps(editor, "✅ بله")
    await editor.sees("خبر برداشته شد")
    await citizen.sees("برداشته شده است", within=15)
    assert not has(citizen, "مسیر از شنبه")


@BOTH
async def test_a_time_is_kept_by_the_clock_and_a_lost_role_holds_it_back(town: Town, channel: str) -> None:
    editor, admin = await hires(town, "editor", "editor", channel=channel), await hires(town, "admin", "admin")
    citizen = await follower(town, channel)
    for title in ("خبر یکم", "خبر دوم"):
        await writes(editor, title=title)
        await taps(editor, "🕓 زمان‌بندی")
        await editor.sees("چه زمانی")
        editor.says("۳۱ مهر ۱۰")
        await editor.sees("چنین روزی")
        town.clock.turn(60_000)  # nobody writes that fast
        editor.says("فردا ۱۰" if title == "خبر یکم" else "فردا ۱۵")
        await editor.sees("منتشر می‌شود")
    town.clock.turn(DAY + HOUR)
    await town.app.schedule.due()
    await citizen.sees("خبر یکم", within=15)
    await revokes(town, editor)
    town.clock.turn(5 * HOUR)
    await town.app.schedule.due()
    await admin.sees("دیگر ویرایشگر نیست", within=15)
    assert not has(citizen, "خبر دوم")
    assert await town.rows("SELECT state FROM news ORDER BY id") == [("published",), ("draft",)]


@BOTH
async def test_of_two_editors_one_wins_and_the_other_sees_the_new_text(town: Town, channel: str) -> None:
    first, second = await hires(town, "first", "editor", channel=channel), await hires(town, "second", "editor")
    await writes(first)
    card = await first.sees("📢 انتشار")
    second.types_key("مدیریت")
    await taps(second, "🗂 خبرهای در راه")
    second.presses("۱", await second.sees(TITLE))
    await taps(second, "✏️ عنوان")
    await second.sees("عنوان خبر")
    second.says("عنوان دیگر")
    await second.sees("📢 انتشار")
    first.presses("📢 انتشار", card)
    assert "second" in (await first.sees("همین خبر را عوض کرده است")).text
    await first.sees("عنوان دیگر")
    assert await town.rows("SELECT state FROM news") == [("draft",)]


@BOTH
async def test_a_pinned_item_stands_first_and_a_draft_is_thrown_away(town: Town, channel: str) -> None:
    editor = await hires(town, "editor", "editor", channel=channel)
    for title in ("کهنه", "تازه"):
        writer = await hires(town, title, "editor", channel=channel)
        await writes(writer, title=title)
        await taps(writer, "📢 انتشار")
        await writer.sees("خبر منتشر شد")
        town.clock.turn(1_000)
    editor.says("/news")
    editor.presses("۲", await editor.sees("کهنه"))
    await taps(editor, "✏️ اصلاح", "📌 بالای فهرست")
    await editor.sees("📌 دیگر بالا نماند")
    editor.says("/news")
    listed = await editor.sees("تازه")
    assert listed.text.index("کهنه") < listed.text.index("تازه", listed.text.index("\n"))
    await writes(editor, title="دورریختنی")
    await taps(editor, "🗑 دور انداختن", "✅ بله")
    await editor.sees("کسی آن را ندیده بود")
    assert await town.rows("SELECT count(*) FROM news WHERE state = 'draft'") == [(0,)]


async def test_a_title_that_is_too_long_is_told_and_nothing_is_lost(town: Town) -> None:
    editor = await hires(town, "editor", "editor")
    editor.types_key("مدیریت")
    await taps(editor, "🗂 خبرهای در راه", "📰 خبر تازه")
    await editor.sees("عنوان خبر")
    editor.says("دراز " * 60)
    await editor.sees("کوتاه‌ترش کنید")
    editor.says(TITLE)
    await editor.sees("متن خبر")
    editor.presses("✖️ لغو")
    await editor.sees("در راه» می‌ماند")
    assert await town.rows("SELECT title, state FROM news") == [(TITLE, "draft")]
