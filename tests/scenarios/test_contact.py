"""First contact: the language, the welcome, the way back in, and where deep links lead."""

from __future__ import annotations

import pytest

from tests.acting import bare, files, invites
from tests.town import Town

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])


@BOTH
async def test_the_language_is_asked_in_all_four_at_once(town: Town, channel: str) -> None:
    newcomer = town.person("newcomer", channel)
    newcomer.starts()
    asked = await newcomer.answer()
    assert asked.text.splitlines() == [
        "لطفاً زبان خود را انتخاب کنید.",
        "تکایە زمانەکەتان هەڵبژێرن.",
        "لطفاً دیلینیزی سئچین.",
        "Please choose your language.",
    ]
    assert sorted(asked.buttons) == sorted(["فارسی", "کوردی", "تورکجه", "English"])


@BOTH
async def test_persian_is_one_tap_away_and_then_the_menu_stands(town: Town, channel: str) -> None:
    newcomer = town.person("newcomer", channel)
    newcomer.starts()
    await newcomer.answer()
    newcomer.presses("فارسی")
    welcome = await newcomer.answer()
    assert "به ربات شهرداری قروه خوش آمدید" in welcome.text
    assert "۱۲۵" in welcome.text
    assert "نام شما به کارکنان نشان داده نمی‌شود" in welcome.text
    assert "📢 ثبت گزارش" in [key for row in newcomer.keyboard for key in row]
    assert len([key for row in newcomer.keyboard for key in row]) <= 8


@pytest.mark.parametrize(
    ("tongue", "greeting"),
    [("فارسی", "خوش آمدید"), ("کوردی", "بەخێر"), ("تورکجه", "خوش گل"), ("English", "elcome")],
)
async def test_the_welcome_comes_in_the_language_that_was_tapped(town: Town, tongue: str, greeting: str) -> None:
    newcomer = await town.newcomer("newcomer", lang=tongue)
    assert greeting in newcomer.last.text
    assert "آتش‌سوزی ۱۲۵" in newcomer.last.text, "the emergency numbers in Persian stand under every language"


async def test_somebody_who_comes_back_is_not_asked_for_the_language_again(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    citizen.starts()
    assert "خوش آمدید" in (await citizen.answer()).text
    assert "📢 ثبت گزارش" in [key for row in citizen.keyboard for key in row]


@BOTH
async def test_a_newcomers_link_is_followed_after_the_language(town: Town, channel: str) -> None:
    newcomer = town.person("newcomer", channel)
    newcomer.starts("c-street_light")
    await newcomer.answer()
    newcomer.presses("فارسی")
    assert "خوش آمدید" in (await newcomer.answer()).text
    assert "روشنایی خیابان" in (await newcomer.answer()).text


async def test_a_link_outlives_a_second_start_without_one(town: Town) -> None:
    newcomer = town.person("newcomer")
    newcomer.starts("c-street_light")
    await newcomer.answer()
    newcomer.starts()
    await newcomer.answer()
    newcomer.presses("English")
    await newcomer.sees("A report about")


@pytest.mark.parametrize("payload", ["nonsense", "z-unknown", "c-", "x" * 64])
async def test_a_link_that_means_nothing_leads_to_the_menu(town: Town, payload: str) -> None:
    citizen = await town.newcomer("citizen")
    citizen.starts(payload)
    assert "شناخته نشد" in (await citizen.answer()).text


async def test_a_newcomers_greeting_is_answered_by_the_welcome_alone(town: Town) -> None:
    newcomer = town.person("newcomer")
    newcomer.says("سلام")
    assert "خوش آمدید" in (await newcomer.answer()).text
    newcomer.says("/mine")
    assert "هنوز گزارشی" in (await newcomer.answer()).text


@BOTH
async def test_who_writes_before_choosing_a_language_is_taken_in_persian(town: Town, channel: str) -> None:
    newcomer = town.person("newcomer", channel)
    newcomer.starts()
    await newcomer.answer()
    newcomer.says("چراغ کوچه ما چند شب است که خاموش است")
    assert "زبان را هر وقت بخواهید" in (await newcomer.answer()).text
    assert "چراغ" in str(await town.rows("SELECT draft FROM dialogues WHERE name = 'report'"))
    assert await town.rows("SELECT lang FROM people WHERE id > 0") == [("fa",)]


async def test_a_number_comes_before_the_welcome(town: Town) -> None:
    newcomer = town.person("newcomer")
    newcomer.starts()
    await newcomer.answer()
    newcomer.says("خانه همسایه آتش گرفته")
    assert "۱۲۵" in (await newcomer.answer()).text
    assert not any("خوش آمدید" in message.text for message in newcomer.inbox)


async def test_the_first_question_pressed_later_still_changes_the_language(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    citizen.presses("English")
    assert "English" in (await citizen.answer()).text
    assert "📢 Report a problem" in [key for row in citizen.keyboard for key in row]


async def test_an_invited_newcomer_has_the_role_after_the_language(town: Town) -> None:
    newcomer = town.person("newcomer")
    newcomer.starts(f"i-{await invites(town, 'dispatcher')}")
    await newcomer.answer()
    newcomer.presses("فارسی")
    await newcomer.sees("مرکز ۱۳۷")
    newcomer.starts()
    assert "همکار شهرداری هم هستید" in (await newcomer.answer()).text


async def test_somebody_with_open_reports_is_told_how_many(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    for _ in range(2):
        await files(town, citizen)
    citizen.starts()
    assert "گزارش‌های باز شما: 2" in bare(await citizen.answer())


async def test_a_link_to_ones_own_report_opens_it(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    filed = await files(town, citizen)
    citizen.starts(f"k-{filed.code}")
    await citizen.sees("چراغ کوچه خاموش است")
