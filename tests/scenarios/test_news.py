"""Citizens read the city's news: the list, by kind, older ones, by words, one item with its pictures."""

from __future__ import annotations

import pytest

from bot.actions.news import Change, change, load_news, pin, withdraw
from bot.clock import DAY
from bot.sandbox.message import Button
from bot.talk.limits import CAPTION_UNITS
from tests.acting import acting, bare, hires, settled
from tests.newsroom import TITLE, WORDS, nobody, publishes, publishes_photos
from tests.scenarios.people import picture
from tests.town import Town

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])
ALL = pytest.mark.parametrize("lang", ["فارسی", "کوردی", "تورکجه", "English"])


@BOTH
@ALL
async def test_news_is_read_with_two_taps_from_the_menu(town: Town, channel: str, lang: str) -> None:
    await publishes(town)
    citizen = await town.newcomer("citizen", channel, lang)
    citizen.types_key("📰")
    listed = await citizen.sees(TITLE)
    assert "📌" not in listed.text
    citizen.presses(listed.buttons[0], listed)
    item = await citizen.sees(WORDS)
    assert item.text.startswith(TITLE)
    assert "🗓" in item.text


async def test_the_menu_has_at_most_eight_keys_with_the_news_among_them(town: Town) -> None:
    for name, role, department in (("officer", "officer", "civil"), ("editor", "editor", ""), ("admin", "admin", "")):
        person = await hires(town, name, role, department)
        assert sum(len(row) for row in person.keyboard) <= 8
    citizen = await town.newcomer("citizen")
    keys = [key for row in citizen.keyboard for key in row]
    assert len(keys) <= 8
    assert {"📰 خبرهای شهر", "✉️ پیام شهردار"} <= set(keys)


async def test_where_there_is_no_news_it_says_so(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    citizen.says("/news")
    assert "فعلاً خبری" in (await citizen.answer()).text


@BOTH
async def test_pinned_news_stands_first_then_from_new_to_old_page_by_page(town: Town, channel: str) -> None:
    ids = []
    for number in range(7):
        ids.append(await publishes(town, f"خبر شمارهٔ {number}"))
        town.clock.turn(1000)
    async with nobody(town) as work:
        pin(work, await load_news(work, ids[0]), on=True)
    citizen = await town.newcomer("citizen", channel)
    citizen.types_key("خبرهای شهر")
    first = await citizen.sees("خبرهای شهر")
    lines = [line for line in bare(first).splitlines() if "شمارهٔ" in line]
    assert [line.split("—")[0].split()[-1] for line in lines] == ["0", "6", "5", "4", "3"]
    assert "📌" in lines[0]
    citizen.presses("قدیمی‌تر", first)
    older = await citizen.sees("شمارهٔ 1")
    assert "شمارهٔ 2" in older.text
    assert "📌" not in older.text
    citizen.presses("تازه‌تر", older)
    await citizen.sees("📌")


async def test_a_kind_is_chosen_and_left_again_by_one_tap(town: Town) -> None:
    await publishes(town)
    await publishes(town, "جشن انگور", kind="culture")
    citizen = await town.newcomer("citizen")
    citizen.types_key("خبرهای شهر")
    citizen.presses("🎭 برنامه", await citizen.sees(TITLE))
    chosen = await citizen.sees("✓ 🎭")
    assert "جشن انگور" in chosen.text
    assert TITLE not in chosen.text
    citizen.presses("✓ 🎭 برنامه", chosen)
    assert TITLE in (await citizen.sees("جشن انگور")).text


@BOTH
async def test_words_find_an_item_however_they_are_spelled(town: Town, channel: str) -> None:
    await publishes(town, "برنامهٔ پیاده‌روی خانوادگی")
    await publishes(town)
    citizen = await town.newcomer("citizen", channel)
    citizen.types_key("خبرهای شهر")
    citizen.presses("🔎", await citizen.sees(TITLE))
    await citizen.sees("دنبال چه خبری")
    citizen.says("پياده روي")
    found = await citizen.sees("این واژه‌ها را دارند")
    assert "پیاده‌روی" in found.text
    assert TITLE not in found.text
    citizen.presses(found.buttons[0], found)
    await citizen.sees("برنامهٔ پیاده‌روی")


async def test_words_that_no_item_has_and_signs_alone_find_nothing(town: Town) -> None:
    await publishes(town)
    citizen = await town.newcomer("citizen")
    for words in ("دریاچه", '"*)(', "؟؟"):
        citizen.presses(Button("search", "n-search:0:"))
        await citizen.sees("دنبال چه خبری")
        citizen.says(words)
        await citizen.sees("پیدا نشد")
    assert await town.rows("SELECT count(*) FROM cases") == [(0,)]


async def test_many_hits_are_read_page_by_page_and_an_earlier_search_is_over(town: Town) -> None:
    for number in range(6):
        await publishes(town, f"آسفالت کوچهٔ {number}")
    citizen = await town.newcomer("citizen")
    citizen.presses(Button("search", "n-search:0:"))
    await citizen.sees("دنبال چه خبری")
    citizen.says("آسفالت")
    first = await citizen.sees("این واژه‌ها")
    citizen.presses("قدیمی‌تر", first)
    assert "کوچهٔ 0" in bare(await citizen.sees("این واژه‌ها"))
    citizen.presses(Button("other", "n-find:0:99.o5"))
    await citizen.sees("این دکمه قدیمی است")


@BOTH
@pytest.mark.parametrize("count", [1, 3])
async def test_an_item_brings_its_pictures(town: Town, channel: str, count: int) -> None:
    editor = await hires(town, "editor", "editor", channel="telegram")
    news_id = await publishes_photos(town, editor, [picture((at, 20, 20)) for at in range(count)])
    citizen = await town.newcomer("citizen", channel)
    citizen.starts(f"n-{news_id}")
    messages = await citizen.hears(1 if count == 1 else count + 1, within=15)
    assert sum(message.media is not None for message in messages) == count
    told = next(message for message in messages if WORDS in message.text)  # pictures that must come over follow it
    assert "📰 خبرهای شهر" in told.buttons


async def test_a_long_text_stands_below_its_picture_and_keeps_every_word(town: Town) -> None:
    words = "\n\n".join(f"بند {number}: " + "شهرداری قروه " * 60 for number in range(7)).strip()
    assert len(words) > 5000 > CAPTION_UNITS
    editor = await hires(town, "editor", "editor")
    news_id = await publishes_photos(town, editor, [picture()], words)
    citizen = await town.newcomer("citizen")
    citizen.starts(f"n-{news_id}")
    photo, *texts = await citizen.hears(3, within=15)
    assert photo.media is not None
    assert " ".join("".join(text.text for text in texts).split()).count("شهرداری قروه") == 420
    assert "خبرهای شهر" in texts[-1].buttons[0]


@BOTH
async def test_markup_is_shown_as_it_was_typed(town: Town, channel: str) -> None:
    words = "<b>باز * و _ بی‌بسته [اینجا](http:// & <i>"
    news_id = await publishes(town, "عنوان <b", words)
    citizen = await town.newcomer("citizen", channel)
    citizen.starts(f"n-{news_id}")
    item = await citizen.answer()
    assert words in item.text.replace("\u2060", "")  # what keeps Bale from reading it as markup
    assert item.text.startswith("عنوان <b")


async def test_an_item_of_the_portal_has_the_way_there_and_its_own_day(town: Town) -> None:
    address = "https://qorveh.ir/fa-IR/DouranPortal/1/page/1"
    news_id = await publishes(town, key=address, address=address, dated_at=town.clock.now() - 3 * DAY)
    citizen = await town.newcomer("citizen")
    citizen.starts(f"n-{news_id}")
    item = await citizen.answer()
    assert [button.url for row in item.rows for button in row if button.url] == [address]
    assert "چهارشنبه" in item.text


async def test_news_of_one_part_of_the_town_says_where(town: Town) -> None:
    news_id = await publishes(town, area="north")
    citizen = await town.newcomer("citizen")
    citizen.starts(f"n-{news_id}")
    area = next(area for area in town.app.city.pack.areas if area.key == "north")
    assert f"• {area.name('fa')}" in (await citizen.answer()).text


@BOTH
async def test_what_was_edited_says_so_and_what_was_withdrawn_is_answered_kindly(town: Town, channel: str) -> None:
    news_id = await publishes(town)
    citizen = await town.newcomer("citizen", channel)
    async with nobody(town) as work:
        await change(work, town.app.city, await load_news(work, news_id), Change(words="متن تازه"))
    citizen.starts(f"n-{news_id}")
    item = await citizen.answer()
    assert "متن تازه" in item.text
    assert "اصلاح شده است" in item.text
    async with nobody(town) as work:
        await withdraw(work, town.app.city, await load_news(work, news_id))
    citizen.presses(Button("read on", f"n-open:0:{news_id}"))
    gone = await citizen.sees("این خبر برداشته شده است")
    citizen.presses("خبرهای شهر", gone)
    await citizen.sees("فعلاً خبری")


async def test_a_forged_or_unpublished_item_tells_nothing(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    editor = await hires(town, "editor", "editor")
    from bot.actions.news import draft

    async with acting(town, editor) as work:
        row = draft(work, Change("محرمانه", "هنوز نه"))
    await settled(town)
    for argument in (str(row.id), "7", "x", ""):
        citizen.presses(Button("forged", f"n-open:0:{argument}"))
        assert "محرمانه" not in (await citizen.sees("برداشته شده است")).text


async def test_an_editor_finds_the_way_to_change_an_item_and_a_citizen_does_not(town: Town) -> None:
    news_id = await publishes(town)
    editor, citizen = await hires(town, "editor", "editor"), await town.newcomer("citizen")
    for person, there in ((editor, True), (citizen, False)):
        person.starts(f"n-{news_id}")
        assert ("✏️ اصلاح" in (await person.sees(WORDS)).buttons) is there
