"""Bad luck at the desk: a clear answer each, the case unchanged and held by somebody."""

from __future__ import annotations

import pytest

from bot.actions.withdraw import withdraw_case
from bot.sandbox.message import Button
from bot.sandbox.person import Person
from tests.acting import acting, files, hires, invites, revokes
from tests.scenarios.people import picture
from tests.town import Town

BENCH = "park_facility"
WHY = "خرید نیمکت تازه در بودجه امسال نیست؛ سال آینده نو می‌شود."
_STATE = "SELECT state, desk, holder_id, version FROM cases"


async def desk(town: Town) -> tuple[Person, Person, int]:
    """An officer whose desk has a report, its reporter, and its number."""
    officer = await hires(town, "officer_parks", "officer", "green")
    reporter = await town.newcomer("reporter", "bale")
    filed = await files(town, reporter, category=BENCH)
    officer.presses("دیدن گزارش", await officer.sees("دیدن گزارش"))
    await officer.sees("می‌پذیرم")
    return officer, reporter, filed.id


async def refuses(officer: Person, case: int) -> None:
    """As far as the reason in the officer's own words."""
    officer.presses(Button("شدنی نیست", f"v-move:1:{case}.refuse"))
    officer.presses("اعتبار ندارد", await officer.sees("چرا شدنی نیست؟"))
    await officer.sees("توضیح را برای شهروند بنویسید")


async def withdraws(town: Town, reporter: Person, case: int) -> None:
    async with acting(town, reporter) as work:
        await withdraw_case(work, town.app.city, case, 1)


@pytest.mark.parametrize(
    "data",
    [
        "v-move:1:{case}.close",
        "v-move:1:{case}.solved",
        "v-move:1:{case}.take-back",
        "v-move:1:{case}.done",
        "v-move:1:{case}.",
        "v-move:1:99999.accept",
        "v-pick:1:budget",
        "v-undo:1:{case}",
        "v-stop:9:",
        "v-nothing:1:{case}",
    ],
)
async def test_a_forged_button_is_answered_and_moves_nothing(town: Town, data: str) -> None:
    officer, _, case = await desk(town)
    before = await town.rows(_STATE)
    officer.presses(Button("forged", data.format(case=case)))
    assert (await officer.answer()).text
    assert await town.rows(_STATE) == before
    assert await town.rows("SELECT 1 FROM failed_updates") == []


async def test_a_replayed_button_says_what_became_of_it(town: Town) -> None:
    officer, _, case = await desk(town)
    accept = Button("می‌پذیرم", f"v-move:1:{case}.accept")
    officer.presses(accept)
    await officer.sees("به نام شما")
    before = await town.rows(_STATE)
    officer.presses(accept)
    await officer.sees("همین حالا این گزارش را تغییر داد")
    assert await town.rows(_STATE) == before


async def test_a_report_that_was_withdrawn_while_the_officer_typed_says_so_and_takes_no_more_words(town: Town) -> None:
    officer, reporter, case = await desk(town)
    await refuses(officer, case)
    await withdraws(town, reporter, case)
    officer.says(WHY)
    await officer.sees("همین حالا این گزارش را تغییر داد")
    assert await town.rows("SELECT state FROM cases") == [("cancelled",)]
    assert await town.rows("SELECT words FROM remarks") == []
    officer.says("سلام")
    await officer.answer()
    assert await town.rows("SELECT step FROM dialogues WHERE name = 'desk-form'") == [("",)]


async def test_who_moved_to_another_unit_is_told_that_the_open_card_is_no_longer_theirs(town: Town) -> None:
    officer, _, case = await desk(town)
    before = await town.rows(_STATE)
    await revokes(town, officer)
    officer.starts(f"i-{await invites(town, 'officer', 'civil')}")
    await officer.sees("خوش آمدید")
    officer.presses(Button("می‌پذیرم", f"v-move:1:{case}.accept"))
    await officer.sees("به این گزارش دسترسی ندارید")
    assert [row[0] for row in await town.rows("SELECT state FROM cases")] == [before[0][0]]
    assert [row[0] for row in await town.rows("SELECT desk FROM cases")] == ["center137"]  # nobody else is there


async def test_who_loses_their_role_while_they_type_is_told_and_nothing_is_kept(town: Town) -> None:
    officer, _, case = await desk(town)
    await refuses(officer, case)
    await revokes(town, officer)
    officer.says(WHY)
    await officer.sees("از حساب شما ممکن نیست")
    assert await town.rows("SELECT state FROM cases") == [("received",)]
    assert await town.rows("SELECT words FROM remarks") == []


async def test_a_reason_of_four_thousand_letters_or_of_none_is_asked_for_again(town: Town) -> None:
    officer, _, case = await desk(town)
    await refuses(officer, case)
    for words, answer in (("نیمکت " * 666, "دلیل بلند است"), ("نه", "کوتاه است"), ("؟!…", "کوتاه است")):
        officer.says(words)
        await officer.sees(answer)
    assert await town.rows("SELECT state FROM cases") == [("received",)]
    officer.says(WHY)
    officer.presses("روز معلوم نیست", await officer.sees("چه روزی دوباره بررسی شود؟"))
    await officer.sees("شهروند دلیل را گرفت")
    assert await town.rows("SELECT state FROM cases") == [("not_done",)]


async def test_a_file_where_a_reason_is_asked_is_told_apart_from_words(town: Town) -> None:
    officer, _, case = await desk(town)
    await refuses(officer, case)
    officer.sends_photo(picture(), WHY)
    await officer.sees("نه فایل")
    officer.sends_document(b"%PDF-1.4", "letter.pdf")
    await officer.sees("نه فایل")
    officer.sends_sticker()
    await officer.sees("نه فایل")
    officer.sends_voice()
    await officer.sees("نه فایل")
    assert await town.rows("SELECT count(*) FROM attachments") == [(0,)]
    officer.says(WHY)
    await officer.sees("چه روزی دوباره بررسی شود؟")


async def test_who_has_no_colleague_is_told_so_and_not_held_in_the_question(town: Town) -> None:
    officer, _, case = await desk(town)
    officer.presses(Button("سپردن", f"v-move:1:{case}.hand"))
    await officer.sees("جز شما کسی در این واحد نیست")
    assert await town.rows("SELECT step FROM dialogues WHERE name = 'desk-form' AND step <> ''") == []


async def test_a_forged_day_and_a_forged_colleague_are_refused(town: Town) -> None:
    officer, _, case = await desk(town)
    await hires(town, "officer_too", "officer", "green")
    for arrow, asked, argument in (
        ("extend", "زمان تازه چه روزی است؟", "9" * 18),
        ("extend", "زمان تازه چه روزی است؟", "soon"),
        ("hand", "همکار", "me"),
        ("hand", "همکار", "9" * 30),
    ):
        officer.presses(Button("x", f"v-move:1:{case}.{arrow}"))
        await officer.sees(asked)
        [(version,)] = await town.rows("SELECT version FROM dialogues WHERE name = 'desk-form'")
        officer.presses(Button("x", f"v-pick:{version}:{argument}"))
        await officer.answer()
    assert await town.rows("SELECT state, version FROM cases") == [("received", 1)]
    assert await town.rows("SELECT 1 FROM failed_updates") == []
