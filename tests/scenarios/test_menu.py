"""Settings and help: one screen, changed in place."""

from __future__ import annotations

import pytest

from bot.sandbox.message import Button
from tests.town import Town

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])
ALL = pytest.mark.parametrize("lang", ["فارسی", "کوردی", "تورکجه", "English"])


async def test_a_key_typed_in_another_language_is_understood(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    citizen.says("settings and help")
    assert "❓ راهنما" in (await citizen.answer()).buttons


@BOTH
@ALL
async def test_every_button_of_settings_and_help_leads_somewhere(town: Town, channel: str, lang: str) -> None:
    citizen = await town.newcomer("citizen", channel, lang)
    citizen.says("/settings")
    screen = await citizen.answer()
    assert 7 <= len(screen.buttons) <= 8
    for data in [button.data for row in screen.rows for button in row]:
        citizen.says("/settings")
        here = await citizen.sees("❓")
        citizen.presses(str(data), here)
        await citizen.answer()
    old = {town.app.city.texts.line(lang, "err-old-button") for lang in ("fa", "ckb", "az", "en")}
    assert not old & {message.text for message in citizen.inbox}


@BOTH
async def test_the_language_changes_in_place_and_brings_its_menu(town: Town, channel: str) -> None:
    citizen = await town.newcomer("citizen", channel)
    citizen.types_key("تنظیمات")
    screen = await citizen.answer()
    citizen.presses("زبان", screen)
    await citizen.sees("Please choose")
    citizen.presses("English", screen)
    assert (await citizen.answer()).text == "Settings and help:"
    assert "Your language is now English." in (await citizen.answer()).text
    assert "📢 Report a problem" in [key for row in citizen.keyboard for key in row]


async def test_a_language_that_is_not_whole_says_so(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    citizen.says("/settings")
    await citizen.answer()
    citizen.presses("زبان")
    await citizen.answer()
    citizen.presses("g-set:0:ckb")
    await citizen.sees("بە فارسی دێت")


@BOTH
async def test_simple_mode_gives_each_button_a_row_of_its_own(town: Town, channel: str) -> None:
    citizen = await town.newcomer("citizen", channel)
    citizen.says("/settings")
    screen = await citizen.answer()
    citizen.presses("ساده و درشت")
    assert {len(row) for row in (await citizen.answer()).rows} == {1}
    await citizen.sees("در ردیف خودش")
    assert {len(row) for row in citizen.keyboard} == {1}
    citizen.presses("نمایش معمولی", screen)
    await citizen.sees("نمایش معمولی برگشت")
    assert any(len(row) == 2 for row in citizen.keyboard)


@BOTH
async def test_a_neighbourhood_is_chosen_and_taken_back(town: Town, channel: str) -> None:
    citizen = await town.newcomer("citizen", channel)
    citizen.says("/settings")
    screen = await citizen.answer()
    citizen.presses("محلهٔ من")
    assert "مرکز شهر" in (await citizen.answer()).buttons
    citizen.presses("مرکز شهر", screen)
    await citizen.sees("✅ مرکز شهر")
    assert await town.rows("SELECT area FROM people WHERE id > 0") == [("center",)]
    citizen.presses("پاک‌کردن محله", screen)
    await citizen.answer()
    assert await town.rows("SELECT area FROM people WHERE id > 0") == [("",)]


async def test_a_forged_setting_changes_nothing(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    citizen.says("/settings")
    screen = await citizen.answer()
    for data in ("g-set:0:xx", "g-first:0:xx", "s-area-set:0:moon"):
        citizen.presses(Button("forged", data), screen)
        await citizen.sees("این دکمه قدیمی است")
    assert await town.rows("SELECT lang, area FROM people WHERE id > 0") == [("fa", "")]


@ALL
async def test_emergency_numbers_stand_a_line_each_and_in_persian_too(town: Town, lang: str) -> None:
    citizen = await town.newcomer("citizen", lang=lang)
    citizen.types_key("🚨")
    numbers = (await citizen.answer()).text
    assert len(numbers.splitlines()) >= 9
    assert "آتش‌نشانی" in numbers or "آتش‌سوزی ۱۲۵" in numbers


async def test_help_names_the_numbers_and_that_no_money_is_asked_for(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    citizen.says("/help")
    shown = await citizen.answer()
    assert "۱۱۵" in shown.text
    assert "هرگز پول" in shown.text


async def test_privacy_says_nothing_of_erasing_by_the_clock(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    citizen.says("/help")
    await citizen.answer()
    citizen.presses("حریم خصوصی")
    shown = (await citizen.answer()).text
    assert "بدون نام شما" in shown
    assert "روز پس از پایان" not in shown
