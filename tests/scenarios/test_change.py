"""Changing one's mind before a report is filed: nothing that is in the draft is lost, and the menu is there again."""

from __future__ import annotations

from bot.sandbox.person import Person
from tests.scenarios.people import CENTRE, PARIS, picture
from tests.town import Town

SUBMIT, BACK, CANCEL = "📨 ثبت نهایی", "⬅️ بازگشت", "✖️ لغو"
MENU, TOPICS = "📢 ثبت گزارش", "🗂 از فهرست موضوع‌ها"


def keys(person: Person) -> list[str]:
    return [key for row in person.keyboard for key in row]


async def reviewed(town: Town) -> Person:
    """Somebody who has a lamp with a photo and a place before them, ready to be filed."""
    reporter = await town.newcomer("reporter")
    reporter.sends_photo(picture(), "چراغ کوچه ما خاموشه")
    await reporter.answer()
    reporter.sends_pin(*CENTRE)
    await reporter.answer()
    reporter.presses("💡 چراغ خیابان")
    await reporter.sees("گزارش شما:")
    return reporter


async def test_who_opens_the_topics_from_the_review_can_go_back_with_the_old_one(town: Town) -> None:
    reporter = await reviewed(town)
    reporter.presses("🗂 موضوع")
    topics = await reporter.answer()
    assert BACK in topics.buttons
    assert CANCEL not in topics.buttons
    reporter.presses(BACK)
    assert "چراغ" in (await reporter.sees("گزارش شما:")).text


async def test_who_wanted_to_change_the_place_can_keep_it_and_gets_the_menu_back(town: Town) -> None:
    reporter = await reviewed(town)
    reporter.presses("📍 جا")
    await reporter.sees("مشکل کجاست؟")
    assert BACK in keys(reporter)
    assert CANCEL not in keys(reporter)
    reporter.types_key(BACK)
    await reporter.sees("جا مشخص شد")
    assert SUBMIT in (await reporter.sees("گزارش شما:")).buttons
    assert MENU in keys(reporter)


async def test_who_wanted_to_change_the_words_can_keep_them(town: Town) -> None:
    reporter = await reviewed(town)
    reporter.presses("✏️ متن")
    await reporter.sees("شرح تازه")
    reporter.presses(BACK)
    assert "خاموشه" in (await reporter.sees("گزارش شما:")).text


async def test_a_place_that_is_skipped_brings_the_menu_back(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.sends_voice(b"OggS" + bytes(40))
    await reporter.sees("مشکل کجاست؟")
    reporter.types_key("رد شدن")
    await reporter.sees("بدون جا")
    assert SUBMIT in (await reporter.sees("گزارش شما:")).buttons
    assert MENU in keys(reporter)


async def test_a_far_pin_that_is_meant_brings_the_menu_back(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.sends_voice(b"OggS" + bytes(40))
    await reporter.sees("مشکل کجاست؟")
    reporter.sends_pin(*PARIS)
    await reporter.sees("بیرون از شهرستان")
    reporter.presses("با این حال ثبت شود")
    assert SUBMIT in (await reporter.sees("گزارش شما:")).buttons
    assert MENU in keys(reporter)


async def test_a_voice_message_alone_can_be_given_a_topic(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.sends_voice(b"OggS" + bytes(40))
    await reporter.sees("مشکل کجاست؟")
    reporter.sends_pin(*CENTRE)
    await reporter.sees("گزارش شما:")
    reporter.presses("🗂 موضوع")
    await reporter.sees("مشکل دربارهٔ چیست؟")
    reporter.presses("🚦 روشنایی و ترافیک")
    await reporter.answer()
    reporter.presses("💡 چراغ خیابان")
    assert "چراغ" in (await reporter.sees("گزارش شما:")).text


async def test_a_photo_without_words_is_said_to_have_come(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.sends_photo(picture())
    assert "بنویسید" in (await reporter.sees("عکس رسید")).text


async def test_who_sent_the_place_first_is_not_asked_for_it_again(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.sends_pin(*CENTRE)
    assert "جای آن" not in (await reporter.sees("بنویسید چه شده است")).text


async def test_where_nobody_keeps_it_private_another_topic_is_one_tap_away(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    reporter.says("کارمند شهرداری از من رشوه خواست")
    await reporter.answer()
    reporter.presses("✅ بله")
    assert TOPICS in (await reporter.sees("بازرسی")).buttons
    reporter.presses(TOPICS)
    await reporter.sees("مشکل دربارهٔ چیست؟")
