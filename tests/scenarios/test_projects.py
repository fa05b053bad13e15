"""Projects: kept by editors, followed by citizens, and no announced date that moves in silence."""

from __future__ import annotations

import pytest

from bot.sandbox.message import Button
from bot.sandbox.person import Person
from bot.talk.buttons import make
from tests.acting import bare, hires, revokes
from tests.scenarios.keepers import edits, makes_project, opens_city, opens_list, publishes
from tests.scenarios.people import CENTRE, picture
from tests.town import Town

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])
TITLE = "پارک بانوان"
WHY = "آسفالت کوچه‌ها به سرمای زودرس خورد و کار ماند."


async def published(town: Town, channel: str = "telegram") -> Person:
    """An editor whose project is out, with a stage and an end."""
    editor = await hires(town, "editor", "editor", channel=channel)
    await makes_project(editor, TITLE, "پارکی با زمین بازی و چراغ کم‌مصرف.")
    editor.presses("🪜 مرحله")
    await editor.sees("مرحلهٔ تازه")
    editor.presses("اجرا")
    await editor.sees("✅ ذخیره شد")
    await edits(editor, "🏁 روز پایان", "۳۱ شهریور ۱۴۰۷")
    await publishes(editor)
    return editor


async def follows(citizen: Person) -> None:
    """From the menu to following, in four taps."""
    await opens_city(citizen, "🏗 پروژه‌ها", TITLE)
    citizen.presses("۱")
    await citizen.sees("🔔 دنبال می‌کنم")
    citizen.presses("🔔 دنبال می‌کنم")
    await citizen.sees("🔕 دنبال نمی‌کنم")


async def topic(town: Town) -> str:
    """What who follows the only project wants."""
    return f"project-{(await town.rows('SELECT id FROM projects'))[0][0]}"


@BOTH
async def test_a_project_is_kept_and_read(town: Town, channel: str) -> None:
    await published(town, channel)
    citizen = await town.newcomer("citizen", channel)
    await opens_city(citizen, "🏗 پروژه‌ها", TITLE)
    citizen.presses("۱")
    shown = await citizen.sees("پیشرفت اعلام‌شده")
    assert "مرحله: اجرا" in bare(shown)
    assert "کم‌مصرف" in shown.text
    assert "۳۱ شهریور ۱۴۰۷" in shown.text


@BOTH
async def test_a_later_end_is_told_to_followers_with_its_reason(town: Town, channel: str) -> None:
    editor = await published(town, channel)
    citizen = await town.newcomer("citizen", channel)
    await follows(citizen)
    await edits(editor, "🏁 روز پایان", "۲۰ آذر ۱۴۰۷", WHY)
    told = await citizen.sees(WHY)
    assert TITLE in told.text.splitlines()[0]
    assert "پنجشنبه 31 شهریور 1407 به" in bare(told)
    assert await town.rows("SELECT kind, audience FROM broadcasts") == [("news", f'{{"topic":"{await topic(town)}"}}')]
    citizen.presses("🏗 دیدن پروژه", told)
    assert "۲۰ آذر ۱۴۰۷" in (await citizen.answer()).text
    assert not told.edited, "what was told stays"
    citizen.presses("🧾 تغییرها")
    assert WHY in (await citizen.sees("تازه‌ترین در بالا")).text


async def test_a_delay_and_a_stop_without_a_reason_are_not_taken(town: Town) -> None:
    editor = await published(town)
    said_ = await edits(editor, "🏁 روز پایان", "۲۰ آذر ۱۴۰۷")
    assert "دلیل را بنویسید" in said_.text
    editor.says("تأخیر")
    await editor.sees("کوتاه است")
    editor.says("در دست اقدام و پیگیری است، نتیجه اعلام می‌شود")
    await editor.sees("چیزی نمی‌گوید")
    editor.presses("لغو", said_)
    await editor.sees("منتشرشده")
    assert await town.rows("SELECT count(*) FROM city_events WHERE kind = 'changed'") == [(0,)]
    editor.presses("🪜 مرحله")
    await editor.answer()
    editor.presses("متوقف")
    await editor.sees("دلیل را بنویسید")
    editor.says(WHY)
    card = await editor.sees("✅ ذخیره شد")
    assert f"دلیل: {WHY}" in bare(card)


async def test_what_nobody_is_owed_a_reason_for_is_saved_at_once(town: Town) -> None:
    editor = await published(town)
    await edits(editor, "🏁 روز پایان", "۱ مرداد ۱۴۰۷")
    editor.presses("📈 پیشرفت")
    await editor.sees("چند درصد")
    editor.presses("۲۵")
    await editor.sees("✅ ذخیره شد")
    said_ = await edits(editor, "📈 پیشرفت", "۱۰")
    assert "دلیل را بنویسید" in said_.text
    editor.says(WHY)
    await editor.sees("✅ ذخیره شد")
    editor.presses("📈 پیشرفت")
    await editor.answer()
    for wrong in ("۱۰۱", "-۵", "نیمه", "999999999999999999999"):
        editor.says(wrong)
        await editor.sees("از ۰ تا ۱۰۰")
    kinds = (
        "SELECT json_extract(data, '$.what'), json_extract(data, '$.reason') FROM city_events WHERE kind = 'changed'"
    )
    assert await town.rows(f"{kinds} ORDER BY id") == [("ends_at", ""), ("percent", ""), ("percent", WHY)]
    assert await town.rows("SELECT count(*) FROM broadcasts") == [(0,)], "nobody follows it"


async def test_who_follows_no_longer_is_told_nothing(town: Town) -> None:
    editor = await published(town)
    citizen = await town.newcomer("citizen")
    await follows(citizen)
    citizen.presses("🔕 دنبال نمی‌کنم")
    await citizen.sees("🔔 دنبال می‌کنم")
    assert await town.rows("SELECT mode FROM subscriptions") == [("off",)]
    editor.presses("📈 پیشرفت")
    await editor.answer()
    editor.presses("۲۵")
    await editor.sees("✅ ذخیره شد")
    assert await town.rows("SELECT count(*) FROM broadcasts") == [(0,)]


@BOTH
async def test_of_two_editors_on_one_project_one_wins_and_the_other_is_told(town: Town, channel: str) -> None:
    first = await published(town, channel)
    admin = await hires(town, "admin", "admin")
    await opens_list(admin, "✏️ پروژه‌ها")
    admin.presses("۱")
    await admin.sees("منتشرشده")
    admin.presses("📍 جا")
    await admin.sees("جا را بنویسید")
    await edits(first, "📍 جا", "بلوار کردستان")
    first.presses("رد شدن")
    await first.sees("✅ ذخیره شد")
    admin.says("میدان آزادی")
    shown = await admin.sees("ذخیره نشد")
    assert "بلوار کردستان" in shown.text
    assert await town.rows("SELECT place FROM projects") == [("بلوار کردستان",)]
    await edits(admin, "📍 جا", "میدان آزادی")
    admin.presses("رد شدن")
    await admin.sees("✅ ذخیره شد")


@BOTH
async def test_a_place_and_photos_are_seen_by_citizens(town: Town, channel: str) -> None:
    editor = await published(town, channel)
    editor.presses("📍 جا")
    await editor.answer()
    editor.sends_venue(*CENTRE, "پارک ملت")
    if channel == "bale":  # its venues come as a pin alone
        await editor.sees("نام این جا")
        editor.says("پارک ملت")
    await editor.sees("✅ ذخیره شد")
    editor.presses("📷 عکس‌ها")
    await editor.sees("عکس‌ها را بفرستید")
    editor.sends_album([picture(), picture((90, 90, 90))])
    await editor.sees("\u2068۲\u2069")
    editor.presses("✅ همین عکس‌ها")
    await editor.sees("عکس: \u2068۲\u2069")
    citizen = await town.newcomer("citizen", channel)
    await opens_city(citizen, "🏗 پروژه‌ها", TITLE)
    citizen.presses("۱")
    item = await citizen.sees("پارک ملت")
    citizen.presses("📍 روی نقشه")
    assert (await citizen.answer()).pin is not None
    citizen.presses("🖼 عکس‌ها", item)
    assert [(await citizen.answer(within=10)).photo is not None for _ in range(2)] == [True, True]
    editor.presses("📷 عکس‌ها")
    await editor.answer()
    editor.presses("🗑 بدون عکس")
    await editor.sees("عکس: \u2068۰\u2069")
    citizen.presses("🖼 عکس‌ها", item)
    await citizen.sees("قدیمی است")


async def test_withdrawn_it_is_gone_and_comes_back(town: Town) -> None:
    editor = await published(town)
    citizen = await town.newcomer("citizen")
    await opens_city(citizen, "🏗 پروژه‌ها", TITLE)
    editor.presses("👁 پیش‌نمایش و انتشار")
    await editor.sees("↩️ برداشتن")
    editor.presses("↩️ برداشتن")
    await editor.sees("↩️ برداشته شد")
    citizen.presses("۱")
    await citizen.sees("دیگر در فهرست شهر نیست")
    await opens_city(citizen, "🏗 پروژه‌ها", "هنوز پروژه‌ای")
    await publishes(editor)
    await opens_city(citizen, "🏗 پروژه‌ها", TITLE)


@pytest.mark.parametrize("lang", ["کوردی", "تورکجه", "English"])
async def test_whoever_reads_another_language_is_told_in_it(town: Town, lang: str) -> None:
    editor = await published(town)
    citizen = await town.newcomer("citizen", lang=lang)
    citizen.types_key("🏙")
    await citizen.answer()
    citizen.presses("🏗")
    await citizen.answer()
    citizen.presses("1" if lang == "English" else "١" if lang == "کوردی" else "۱")
    await citizen.sees("🔔")
    citizen.presses("🔔")
    await citizen.sees("🔕")
    await edits(editor, "🏁 روز پایان", "۲۰ آذر ۱۴۰۷", WHY)
    told = (await citizen.sees(WHY)).text
    assert {"کوردی": "دواکەوت", "تورکجه": "گئجیکدی", "English": "moved back"}[lang] in told


async def test_who_has_no_role_any_more_keeps_nothing(town: Town) -> None:
    editor = await published(town)
    editor.presses("📈 پیشرفت")
    question = await editor.answer()
    await revokes(town, editor)
    editor.presses("۵۰", question)
    await editor.sees("ممکن نیست")
    assert await town.rows("SELECT percent FROM projects") == [(0,)]


async def test_a_citizen_can_not_forge_the_buttons_of_editors(town: Town) -> None:
    await published(town)
    ((project, version),) = await town.rows("SELECT id, version FROM projects")
    citizen = await town.newcomer("citizen")
    citizen.says("/help")
    screen = await citizen.answer()
    data = [
        make("kp-p"),
        make("kp-new", 0, "p"),
        make("kp-open", 0, f"p.{project}"),
        make("kp-look", 0, f"p.{project}"),
    ]
    data += [make("kp-edit", version, f"p.{project}.stage"), make("kp-do", version, f"p.{project}.withdraw")]
    for each in data:
        citizen.presses(Button("forged", each), screen)
        await citizen.sees("ممکن نیست")
    assert await town.rows("SELECT state, version FROM projects") == [("published", version)]


async def test_words_are_shown_as_they_were_written_and_long_ones_not_taken(town: Town) -> None:
    editor = await hires(town, "editor", "editor", channel="bale")
    await makes_project(editor, "پل *سبز_ [تازه](http://x.ir", "<b>متن \u202e ناتمام")
    await publishes(editor)
    citizen = await town.newcomer("citizen", "bale")
    await opens_city(citizen, "🏗 پروژه‌ها", "پل")
    citizen.presses("۱")
    shown = (await citizen.sees("پیشرفت اعلام‌شده")).text.replace("\u2060", "")
    assert "پل *سبز_ [تازه](http://x.ir" in shown
    assert "<b>متن" in shown
    editor.presses("✏️ عنوان و متن")
    await editor.answer()
    editor.presses("✏️ متن")
    await editor.answer()
    editor.says("ب" * 3_001)
    await editor.sees("بلند است")
    editor.sends_sticker()
    await editor.sees("با نوشته بفرستید")
    editor.says("متن تازه")
    await editor.sees("✅ ذخیره شد")
