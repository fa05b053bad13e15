"""A citizen's report, from the first message to the code."""

from __future__ import annotations

import re

import pytest

from bot.sandbox.message import Button
from bot.sandbox.person import Person
from tests.scenarios.people import CENTRE, Counting, picture
from tests.town import Town

SUBMIT, NONE, YES = "📨 ثبت نهایی", "هیچ‌کدام", "✅ بله"
CODE = re.compile(r"[۱-۹][۰-۹]{3} [۰-۹]{4}")
BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])

KNOWN = {
    "چراغ کوچه ما خاموشه": "💡 چراغ خیابان",
    "چاله بزرگ وسط خیابون": "🕳 چاله و آسفالت",
    "سطل زباله پر شده و بو میده": "♻️ سطل و مخزن زباله",
    "سگ‌های ولگرد جلوی مدرسه": "🐕",
    "برف کوچه رو بسته و یخ زده": "❄️",
}
UNKNOWN = {
    "اینجا رو ببینید": ("🧹 نظافت و پسماند", "🧹 نظافت کوچه"),
    "وضع اینجا خیلی بده": ("🌳 درخت و پارک", "💧 هرس و آبیاری"),
    "یکی بیاد درستش کنه": ("🚦 روشنایی و ترافیک", "🐢 سرعت‌گیر"),
    "هر روز همین بساطه": ("🏗 ساختمان و معبر", "🛒 سد معبر"),
    "این چه وضعیه آخه": ("🛣 خیابان و پیاده‌رو", "🌉 جدول و پل جوی"),
}


async def filed(town: Town) -> list[tuple[str, str]]:
    return [tuple(row) for row in await town.rows("SELECT category, words FROM cases ORDER BY id")]


async def finish(person: Person) -> str:
    """Submit, and answer the code as it was shown."""
    person.presses(SUBMIT)
    shown = CODE.search((await person.sees("کد رهگیری")).text)
    assert shown
    return shown[0]


async def test_the_cancel_button_of_an_earlier_report_leaves_the_one_in_hand_alone(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    for caption in ("چراغ کوچه ما خاموشه", "چاله بزرگ وسط خیابون"):
        reporter.sends_photo(picture(), caption)
        await reporter.answer()
        reporter.sends_pin(*CENTRE)
        reporter.presses(KNOWN[caption], await reporter.sees(KNOWN[caption]))
        review = await reporter.sees(SUBMIT)
        if caption.startswith("چراغ"):
            earlier = review
            reporter.presses("✖️ لغو", earlier)
            await reporter.sees("چیزی ثبت نشد")
    reporter.presses("✖️ لغو", earlier)
    await reporter.sees("قدیمی")
    await finish(reporter)
    assert [category for category, _ in await filed(town)] == ["pothole"]


@pytest.mark.parametrize("caption", KNOWN)
async def test_a_topic_that_is_guessed_takes_two_taps(town: Town, caption: str) -> None:
    reporter = Counting(await town.newcomer("reporter"))
    await reporter.photo(caption)
    await reporter.pin()
    guessed = KNOWN[caption]
    await reporter.tap(YES if YES in reporter.person.last.buttons else guessed)
    assert SUBMIT in reporter.person.last.buttons
    await reporter.tap(SUBMIT)
    assert CODE.search(reporter.person.last.text)
    assert (reporter.messages, reporter.taps) == (2, 2)


@pytest.mark.parametrize("caption", UNKNOWN)
async def test_a_topic_that_is_not_guessed_takes_four_taps_at_most(town: Town, caption: str) -> None:
    reporter = Counting(await town.newcomer("reporter"))
    group, category = UNKNOWN[caption]
    await reporter.photo(caption)
    await reporter.pin()
    if NONE in reporter.person.last.buttons:
        await reporter.tap(NONE)
    await reporter.tap(group)
    await reporter.tap(category)
    await reporter.tap(SUBMIT)
    assert CODE.search(reporter.person.last.text)
    assert reporter.messages == 2
    assert reporter.taps <= 4


async def test_by_the_menu_a_report_takes_seven_acts_at_most(town: Town) -> None:
    reporter = Counting(await town.newcomer("reporter"))
    await reporter.key("ثبت گزارش")
    await reporter.tap("🗂 از فهرست موضوع‌ها")
    await reporter.tap("🛣 خیابان و پیاده‌رو")
    await reporter.tap("🚶 خرابی پیاده‌رو")
    await reporter.photo("موزاییک‌ها کنده شده")
    await reporter.pin()
    await reporter.person.sees("گزارش شما:")
    await reporter.tap(SUBMIT)
    assert CODE.search(reporter.person.last.text)
    assert reporter.acts <= 7


async def test_an_album_gets_one_answer(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    before = len(reporter.inbox)
    reporter.sends_album([picture(), picture((90, 0, 0)), picture((0, 90, 0))], "چاله بزرگ وسط خیابون")
    await reporter.sees("کدام؟")
    assert len(reporter.inbox) == before + 1
    assert await town.rows("SELECT count(*) FROM attachments") == [(3,)]


async def test_a_poor_pin_is_asked_for_a_landmark(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.sends_photo(picture(), "چراغ کوچه ما خاموشه")
    await reporter.answer()
    reporter.sends_pin(*CENTRE, accuracy=400)
    await reporter.answer()
    reporter.presses("💡 چراغ خیابان")
    assert "۴۰۰" in (await reporter.sees("خطا")).text
    reporter.says("کنار مسجد جامع")
    assert "نزدیک" not in (await reporter.sees("کنار مسجد جامع")).text
    await finish(reporter)
    assert await town.rows("SELECT landmark, accuracy FROM cases") == [("کنار مسجد جامع", 400.0)]


async def test_taking_back_is_over_after_the_packs_minutes(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.sends_voice()
    await reporter.answer()
    reporter.sends_pin(*CENTRE)
    await reporter.sees(SUBMIT)
    await finish(reporter)
    town.clock.turn(11 * 60_000)
    reporter.presses("↩️ پس گرفتن")
    assert "گذشته است" in (await reporter.answer()).text


async def test_despair_gets_calm_words_and_nothing_else(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.says("دیگه نمیخوام زنده باشم")
    told = await reporter.answer()
    assert "۱۲۳" in told.text
    assert not told.buttons
    assert not told.keys


async def test_another_bodys_work_gets_its_number_and_is_kept_only_if_wanted(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.says("آب لوله کشی ما از صبح قطع شده")
    await reporter.answer()
    reporter.presses("🚰")
    assert "۱۲۲" in (await reporter.answer()).text
    reporter.presses("با این حال ثبت شود")
    await reporter.sees("مشکل کجاست؟")


async def test_staff_conduct_without_inspection_on_file_names_137(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.types_key("ثبت گزارش")
    await reporter.answer()
    reporter.presses("🗂 از فهرست موضوع‌ها")
    await reporter.answer()
    reporter.presses("🐕 حیوانات و خدمات")
    await reporter.answer()
    reporter.presses("🧾")
    assert "۱۳۷" in (await reporter.answer()).text
    assert await town.rows("SELECT count(*) FROM cases") == [(0,)]


async def test_a_draft_is_offered_again_and_can_be_thrown_away(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.says("چراغ کوچه ما خاموشه")
    await reporter.answer()
    reporter.types_key("ثبت گزارش")
    assert "نیمه‌کاره" in (await reporter.answer()).text
    reporter.presses("🗑 پاک شود")
    await reporter.sees("چه شده است؟")


async def test_a_draft_that_is_too_old_is_said_to_be_gone(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.says("چراغ کوچه ما خاموشه")
    await reporter.answer()
    town.clock.turn(73 * 3_600_000)
    reporter.says("چاله بزرگ وسط خیابون")
    await reporter.sees("پاک شد")
    await reporter.sees("کدام؟")


async def test_more_reports_a_day_than_the_pack_allows_are_told_kindly(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    for _ in range(town.app.city.pack.limits.reports_per_day):
        reporter.sends_voice()
        await reporter.answer()
        reporter.sends_pin(*CENTRE)
        await reporter.sees(SUBMIT)
        await finish(reporter)
        town.clock.turn(60_000)
    reporter.says("یک مشکل دیگر هم هست")
    assert "۱۳۷" in (await reporter.answer()).text


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda p: p.sends_sticker(), "برچسب"),
        (lambda p: p.sends_contact(), "تلفن"),
        (lambda p: p.sends_video_note(), "پذیرفته نمی‌شود"),
        (lambda p: p.sends_dice(), "نمی‌توانیم"),
        (lambda p: p.sends_video(b"\0" * 64, size=31 * 1_048_576), "بزرگ‌تر"),
        (lambda p: p.sends_pin(91.0, 200.0), "درست نیست"),
    ],
)
async def test_what_cant_be_kept_is_answered_and_the_draft_stays(town: Town, act: object, words: str) -> None:
    reporter = await town.newcomer("reporter")
    reporter.says("چراغ کوچه ما خاموشه")
    await reporter.answer()
    act(reporter)  # type: ignore[operator]
    await reporter.sees(words)
    reporter.sends_pin(*CENTRE)
    await reporter.answer()
    reporter.presses("💡 چراغ خیابان")
    await reporter.sees("چراغ کوچه ما خاموشه")
    await finish(reporter)
    assert await filed(town) == [("street_light", "چراغ کوچه ما خاموشه")]


async def test_a_text_of_4096_letters_is_kept_whole(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    text = ("چراغ کوچه ما خاموشه " * 300)[:4096].strip()
    reporter.says(text)
    await reporter.sees("کدام؟")
    reporter.sends_pin(*CENTRE)
    await reporter.answer()
    reporter.presses("💡 چراغ خیابان")
    await reporter.sees(SUBMIT)
    await finish(reporter)
    assert await filed(town) == [("street_light", text)]


async def test_a_message_in_a_group_is_met_with_silence(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    group = town.sandbox.telegram.group("همسایه‌ها")
    reporter.says("چراغ کوچه ما خاموشه", group)
    reporter.says("چاله بزرگ وسط خیابون")
    await reporter.sees("چاله")
    assert not [message for message in group.inbox if message.text]
    assert await town.rows("SELECT count(*) FROM people WHERE id > 0") == [(1,)]


async def test_a_forged_button_is_answered_kindly(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.says("چراغ کوچه ما خاموشه")
    await reporter.answer()
    for data in (
        "r-cat:1:no_such_topic",
        "r-send:zz:",
        "what is this",
        "r-undo:0:1",
        "r-area:1:moon",
        "r-gps:1:999999",
    ):
        reporter.presses(Button("forged", data))
        await reporter.answer()
    assert await town.rows("SELECT count(*) FROM cases") == [(0,)]
    assert await town.rows("SELECT count(*) FROM failed_updates") == [(0,)]
