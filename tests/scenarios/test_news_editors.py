"""News by hand: written, looked at, published at once or by the clock, changed, taken back; two editors on one item."""

from __future__ import annotations

import pytest

from bot.clock import DAY, HOUR
from bot.sandbox.message import Button
from bot.sandbox.person import Person
from bot.store import tables
from bot.talk.buttons import make
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


async def edits(editor: Person, *labels: str) -> None:
    """From the list of what is out to one of its fields."""
    editor.says("/news")
    editor.presses("۱", await editor.sees("از تازه به کهنه"))
    await taps(editor, "✏️ اصلاح", *labels)


@BOTH
async def test_the_preview_of_a_change_shows_the_pictures_that_stay(town: Town, channel: str) -> None:
    editor = await hires(town, "editor", "editor", channel=channel)
    await writes(editor, photo=True)
    await taps(editor, "📢 انتشار")
    await editor.sees("خبر منتشر شد")
    await edits(editor, "✏️ عنوان")
    await editor.sees("عنوان خبر")
    editor.says("عنوان بهتر")
    assert (await editor.sees("عنوان بهتر", within=15)).media is not None
    asked = await editor.sees("این‌طور می‌بینند")
    editor.says("و این؟")
    await editor.sees("این‌طور می‌بینند")
    editor.presses("✅ بله", asked)
    await editor.sees("خبر اصلاح شد")


@BOTH
async def test_pictures_are_kept_changed_and_taken_away(town: Town, channel: str) -> None:
    editor = await hires(town, "editor", "editor", channel=channel)
    await writes(editor, photo=True)
    for label, there in (("✅ همین‌ها بود", True), ("🗑 برداشتن", False)):
        await taps(editor, "📷 عکس")
        editor.presses(label, await editor.sees("عکس خبر را"))
        assert ((await editor.sees(TITLE, within=15)).media is not None) is there
    await taps(editor, "📷 عکس")
    await editor.sees("عکس خبر را")
    editor.sends_document(picture(), "a.jpg", "image/jpeg")
    await editor.sees("عکس معمولی")
    most = town.app.city.pack.limits.max_photos
    for number in range(most + 1):
        editor.sends_photo(picture((number, 9, 9)))
        await editor.sees("کافی است" if number == most else "عکس‌ها رسید")
    editor.presses("✅ همین‌ها بود")
    await editor.sees("پیش‌نویس", within=15)
    assert await town.rows("SELECT count(*) FROM shown") == [(most,)]


async def test_after_a_conflict_the_next_words_are_not_taken_for_the_old_question(town: Town) -> None:
    first, second = await hires(town, "first", "editor"), await hires(town, "second", "editor")
    await writes(first)
    await taps(first, "✏️ متن")
    await first.sees("متن خبر")
    second.types_key("مدیریت")
    await taps(second, "🗂 خبرهای در راه")
    second.presses("۱", await second.sees(TITLE))
    await taps(second, "✏️ عنوان")
    await second.sees("عنوان خبر")
    second.says("عنوان دیگر")
    await second.sees("📢 انتشار")
    first.says("متن نخستین")
    first.presses("✅ همین‌ها بود", await first.sees("شاید ادامه دارد"))
    await first.sees("همین خبر را عوض کرده است")
    await taps(first, "✏️ متن")
    await first.sees("متن خبر")
    first.says("متن دوباره")
    first.presses("✅ همین‌ها بود", await first.sees("شاید ادامه دارد"))
    await first.sees("📢 انتشار")
    assert await town.rows("SELECT title, words FROM news") == [("عنوان دیگر", "متن دوباره")]


async def test_what_was_withdrawn_meanwhile_is_not_written_on(town: Town) -> None:
    first, second = await hires(town, "first", "editor"), await hires(town, "second", "editor")
    await writes(first)
    await taps(first, "✏️ عنوان")
    await first.sees("عنوان خبر")
    second.types_key("مدیریت")
    await taps(second, "🗂 خبرهای در راه")
    second.presses("۱", await second.sees(TITLE))
    await taps(second, "🗑 دور انداختن", "✅ بله")
    await second.sees("کسی آن را ندیده بود")
    first.says("عنوان تازه")
    await first.sees("این خبر برداشته شده است")
    first.says("چراغ کوچهٔ ما خاموش است")
    await first.sees("گزارش شما دربارهٔ")


@BOTH
async def test_a_second_tap_on_publish_tells_nobody_twice(town: Town, channel: str) -> None:
    editor = await hires(town, "editor", "editor", channel=channel)
    await writes(editor)
    card = await editor.sees("📢 انتشار")
    [(news_id, version)] = await town.rows("SELECT id, version FROM news")
    for _ in range(2):
        editor.presses(Button("publish", make("nw-pub", version, news_id)), card)
    await editor.sees("خبر منتشر شد")
    assert "منتشر شده" in (await editor.sees("📌 بالای فهرست")).text
    assert not has(editor, "عوض کرده است")
    assert await town.rows("SELECT count(*) FROM broadcasts") == [(1,)]


async def test_whoever_keeps_news_no_more_reports_as_a_citizen(town: Town) -> None:
    editor = await hires(town, "editor", "editor")
    editor.types_key("مدیریت")
    await taps(editor, "🗂 خبرهای در راه", "📰 خبر تازه")
    await editor.sees("عنوان خبر")
    await revokes(town, editor)
    editor.says("چراغ کوچهٔ ما خاموش است")
    await editor.sees("گزارش شما دربارهٔ")
    for forged in ("nw-new:0:", "nw-home:0:", "nw-pub:1:1"):
        editor.presses(Button("forged", forged))
        await editor.sees("ممکن نیست")
    assert await town.rows("SELECT count(*) FROM news") == [(0,)]


@BOTH
async def test_a_text_in_two_messages_is_one_and_five_thousand_letters_are_read_whole(town: Town, channel: str) -> None:
    editor = await hires(town, "editor", "editor", channel=channel)
    editor.types_key("مدیریت")
    await taps(editor, "🗂 خبرهای در راه", "📰 خبر تازه")
    await editor.sees("عنوان خبر")
    editor.says(TITLE)
    await editor.sees("متن خبر")
    for piece in ("شهرداری " * 450, "<i>پایان " * 112):
        editor.says(piece)
        await editor.sees("شاید ادامه دارد")
    editor.presses("✅ همین‌ها بود")
    editor.presses("✅ همین‌ها بود", await editor.sees("عکس خبر"))
    await taps(editor, "📢 انتشار")
    await editor.sees("خبر منتشر شد")
    [(news_id,)] = await town.rows("SELECT id FROM news")
    citizen = await town.newcomer("citizen", channel)
    citizen.starts(f"n-{news_id}")
    texts = await citizen.hears(2)
    read = "".join(text.text for text in texts).replace("\u2060", "")
    assert (read.count("شهرداری"), read.count("<i>پایان")) == (450, 112)


@BOTH
async def test_a_kind_and_a_part_of_the_town_are_chosen_in_place(town: Town, channel: str) -> None:
    editor = await hires(town, "editor", "editor", channel=channel)
    await writes(editor)
    card = await editor.sees("📢 انتشار")
    editor.presses("🎭 برنامه", card)
    changed = await editor.sees("آخرین تغییر")
    assert changed.id == card.id
    assert "🎭 برنامه" in changed.text
    area = town.app.city.pack.areas[0].name("fa")
    editor.presses("🏘 محدوده", changed)
    await taps(editor, area)
    assert area in (await editor.sees("آخرین تغییر")).text
    assert editor.last.id == card.id
    assert await town.rows("SELECT kind, area FROM news") == [("culture", town.app.city.pack.areas[0].key)]


@BOTH
async def test_an_editor_who_broke_off_found_the_words_that_were_written(town: Town, channel: str) -> None:
    editor = await hires(town, "editor", "editor", channel=channel)
    editor.types_key("مدیریت")
    await taps(editor, "🗂 خبرهای در راه", "📰 خبر تازه")
    await editor.sees("عنوان خبر")
    editor.says(TITLE)
    await editor.sees("متن خبر")
    editor.says(WORDS)
    editor.presses("✖️ لغو", await editor.sees("شاید ادامه دارد"))
    await editor.sees("در راه» می‌ماند")
    assert await town.rows("SELECT title, words, state FROM news") == [(TITLE, WORDS, "draft")]
