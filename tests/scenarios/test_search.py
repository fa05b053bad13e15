"""Search at the desk: a code, words, names and times; only what the official may see."""

from __future__ import annotations

import pytest

from bot.clock import DAY
from bot.domain.draft import Place
from bot.sandbox.message import Message
from bot.sandbox.person import Person
from tests.acting import bare, files, hires
from tests.town import Town

NORTH = Place(address="شهرک", area="north")


async def searches(person: Person, words: str) -> None:
    person.types_key("🗂 میز کار")
    await person.sees("🔎 جست‌وجو")
    person.presses("🔎 جست‌وجو")
    await person.sees("کد، واژه، محدوده")
    person.says(words)


async def finds(person: Person, number: int) -> Message:
    """So many are found."""
    found = await person.sees("نتیجه‌ها")
    assert f"نتیجه‌ها: {number}\n" in bare(found)
    return found


@pytest.mark.parametrize("channel", ["telegram", "bale"])
async def test_words_and_a_part_of_the_town_find_what_a_button_narrows(town: Town, channel: str) -> None:
    reporter = await town.newcomer("reporter")
    first = await files(town, reporter, "چراغ سر کوچه خاموش است")
    await files(town, reporter, "چراغ پارک", place=NORTH)
    await files(town, reporter, "چاله وسط کوچه", "pothole")
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel=channel)
    await searches(dispatcher, "چراغ مرکز شهر")
    found = await finds(dispatcher, 1)
    assert f"{first.code[:4]} {first.code[4:]}" in bare(found)
    assert "مرکز شهر" in found.text
    dispatcher.presses("پایان‌یافته", found)
    await dispatcher.sees("چیزی پیدا نشد")
    dispatcher.presses("باز")
    found = await finds(dispatcher, 1)
    dispatcher.presses("۱", found)
    await dispatcher.sees("چراغ سر کوچه خاموش است")


async def test_a_code_opens_its_case(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    filed = await files(town, reporter)
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    await searches(dispatcher, f"{filed.code[:4]} {filed.code[4:]}")
    assert "✅ می‌پذیرم" in (await dispatcher.sees("چراغ کوچه خاموش است")).buttons


async def test_another_units_cases_are_neither_found_nor_opened(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    filed = await files(town, reporter, "پیاده‌رو چراغ ندارد")
    await hires(town, "dispatcher", "dispatcher", channel="bale")
    officer = await hires(town, "officer", "officer", "civil")
    await searches(officer, "چراغ")
    found = await officer.sees("چیزی پیدا نشد")
    assert "همهٔ شهر" not in str(found.buttons)
    officer.presses("🔎 جست‌وجو", found)
    await officer.sees("کد، واژه، محدوده")
    officer.says(filed.code)
    await officer.sees("چیزی پیدا نشد")


async def test_staff_conduct_is_found_by_inspection_alone(town: Town) -> None:
    inspection = await hires(town, "inspection", "officer", "inspection", channel="bale")
    reporter = await town.newcomer("reporter")
    await files(town, reporter, "رفتار تند در اتاق هفت", "staff_service")
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    await searches(dispatcher, "اتاق هفت")
    found = await dispatcher.sees("چیزی پیدا نشد")
    dispatcher.presses("میز من", found)
    await dispatcher.sees("چیزی پیدا نشد")
    await searches(inspection, "اتاق هفت")
    await finds(inspection, 1)


async def test_what_is_older_than_a_week_needs_any_time(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    await files(town, reporter)
    town.clock.turn(10 * DAY)
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    await searches(dispatcher, "چراغ هفته گذشته")
    found = await dispatcher.sees("چیزی پیدا نشد")
    assert "از 14" in bare(found)
    dispatcher.presses("همهٔ زمان‌ها", found)
    await finds(dispatcher, 1)


async def test_the_buttons_of_an_earlier_search_do_not_narrow_the_new_one(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    await searches(dispatcher, "چاله")
    first = await dispatcher.sees("چیزی پیدا نشد")
    await searches(dispatcher, "چراغ")
    await dispatcher.sees("چیزی پیدا نشد")
    dispatcher.presses("باز", first)
    await dispatcher.sees("قدیمی")


async def test_many_are_paged(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    for number in range(8):
        await files(town, reporter, f"چراغ شمارهٔ {number}")
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    await searches(dispatcher, "چراغ")
    found = await finds(dispatcher, 8)
    dispatcher.presses("قدیمی‌تر", found)
    assert "6 تا 8 از 8" in bare(await dispatcher.sees("نتیجه‌ها"))
