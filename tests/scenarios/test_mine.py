"""After filing: finding a report again, adding to it, taking it back, and what a code shows to others."""

from __future__ import annotations

import pytest

from bot.clock import HOUR
from bot.sandbox.message import Button
from bot.sandbox.person import Person
from tests.acting import bare, files, hires, settled
from tests.town import Town

PHOTO = b"\xff\xd8\xff"
BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])


async def opens(person: Person) -> None:
    """Goes to the newest of their reports by the menu."""
    person.types_key("گزارش‌های من")
    person.presses("۱", await person.sees("گزارش‌های شما"))


async def test_somebody_without_reports_is_told_so(town: Town) -> None:
    newcomer = await town.newcomer("newcomer")
    newcomer.says("/mine")
    await newcomer.sees("هنوز گزارشی ثبت نکرده‌اید")


@BOTH
async def test_a_reporter_finds_their_report_with_code_state_and_date(town: Town, channel: str) -> None:
    reporter = await town.newcomer("reporter", channel)
    filed = await files(town, reporter)
    await opens(reporter)
    card = await reporter.sees("کد:")
    assert f"کد: {filed.code[:4]} {filed.code[4:]}\n" in bare(card)
    assert "چراغ کوچه خاموش است" in card.text
    assert "ثبت" in card.text
    reporter.presses("سیر رسیدگی", card)
    await reporter.sees("ثبت شد")


async def test_seven_reports_take_two_pages_and_the_way_back(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    for number in range(7):
        await files(town, reporter, f"شمارهٔ {number}")
    reporter.types_key("گزارش‌های من")
    first = await reporter.sees("قدیمی‌تر")
    assert "1 تا 5 از 7" in bare(first)
    reporter.presses("قدیمی‌تر", first)
    second = await reporter.sees("تازه‌تر")
    assert "6 تا 7 از 7" in bare(second)
    reporter.presses("تازه‌تر", second)
    reporter.presses("۲", await reporter.sees("قدیمی‌تر"))
    await reporter.sees("شمارهٔ 5")


async def test_words_by_the_button_come_to_the_report_and_the_dispatcher_hears_of_it(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    reporter = await town.newcomer("reporter")
    await files(town, reporter)
    await opens(reporter)
    reporter.presses("توضیح یا عکس", await reporter.sees("کد:"))
    await reporter.sees("بفرستید")
    reporter.says("سه شب است که خاموش است")
    reporter.presses("همین‌ها بود", await reporter.sees("اضافه شد"))
    await reporter.sees("کد:")
    dispatcher.presses("دیدن گزارش", await dispatcher.sees("شهروند به"))
    await dispatcher.sees("سه شب است")


async def test_whoever_goes_elsewhere_while_adding_begins_a_new_report_with_their_next_words(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    await files(town, reporter)
    await opens(reporter)
    reporter.presses("توضیح یا عکس", await reporter.sees("کد:"))
    await reporter.sees("بفرستید")
    reporter.types_key("گزارش‌های من")
    await reporter.sees("گزارش‌های شما")
    reporter.says("جدول خیابان شکسته است")
    await reporter.answer()
    assert await town.rows("SELECT count(*) FROM additions") == [(0,)]


async def test_words_an_hour_after_the_button_are_a_new_report(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    await files(town, reporter)
    await opens(reporter)
    reporter.presses("توضیح یا عکس", await reporter.sees("کد:"))
    await reporter.sees("بفرستید")
    town.clock.turn(HOUR + 1)
    reporter.says("جدول خیابان شکسته است")
    await reporter.answer()
    assert await town.rows("SELECT count(*) FROM additions") == [(0,)]


async def test_whoever_was_asked_for_a_code_and_writes_of_a_problem_begins_a_report(town: Town) -> None:
    newcomer = await town.newcomer("newcomer")
    newcomer.types_key("گزارش‌های من")
    newcomer.presses("کد دیگری", await newcomer.sees("هنوز گزارشی"))
    await newcomer.sees("کد رهگیری")
    newcomer.says("جدول خیابان شکسته است")
    await newcomer.answer()
    [(draft,)] = await town.rows("SELECT draft FROM dialogues WHERE name = 'report'")
    assert "جدول" in draft


async def test_after_a_wrong_code_the_next_digits_are_taken_for_the_code_again(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    filed = await files(town, reporter)
    reporter.says("/mine")
    await reporter.answer()
    reporter.presses("🔎 کد دیگری دارم")
    await reporter.answer()
    for slip in ("۱۲۳", filed.code[:7]):
        reporter.says(slip)
        await reporter.sees("پیدا نشد")
    reporter.says(filed.code)
    assert filed.code[:4] in bare(await reporter.answer())
    assert await town.rows("SELECT count(*) FROM dialogues WHERE name = 'report' AND step != ''") == [(0,)]


async def test_the_card_shows_what_the_reporter_added(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    await files(town, reporter)
    reporter.says("/mine")
    await reporter.answer()
    reporter.presses("۱")
    await reporter.answer()
    reporter.presses("➕ توضیح یا عکس")
    await reporter.answer()
    reporter.says("دو شب است بدتر شده")
    await reporter.answer()
    reporter.presses("✅ همین‌ها بود")
    assert "➕ دو شب است بدتر شده" in bare(await reporter.answer())


async def test_a_reply_with_a_photo_to_a_message_about_the_report_is_added(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    await files(town, reporter)
    await opens(reporter)
    card = await reporter.sees("کد:")
    await settled(town)
    reporter.sends_photo(PHOTO, "عکس شب", reply_to=card)
    await reporter.sees("اضافه شد")
    assert await town.rows("SELECT words FROM additions") == [("عکس شب",)]
    assert await town.rows("SELECT kind, case_id IS NOT NULL FROM attachments") == [("photo", 1)]


async def test_an_album_in_reply_gets_one_answer(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    await files(town, reporter)
    await opens(reporter)
    card = await reporter.sees("کد:")
    await settled(town)
    for _ in range(3):
        reporter.sends_photo(PHOTO, reply_to=card, album="a1")
    await reporter.sees("اضافه شد")
    assert await town.rows("SELECT count(*) FROM additions") == [(3,)]
    await settled(town)
    assert not any("اضافه شد" in message.text for message in reporter.unread)


async def test_a_pin_gives_a_report_without_a_place_its_place(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    await files(town, reporter, place=None)
    await opens(reporter)
    reporter.presses("توضیح یا عکس", await reporter.sees("کد:"))
    await reporter.sees("بفرستید")
    reporter.sends_pin(35.1667, 47.8047)
    await reporter.sees("اضافه شد")
    assert await town.rows("SELECT lat, lon, area FROM cases") == [(35.1667, 47.8047, "center")]


async def test_withdrawing_asks_once_more_and_tells_the_dispatcher(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    reporter = await town.newcomer("reporter")
    await files(town, reporter)
    await opens(reporter)
    reporter.presses("لغو این گزارش", await reporter.sees("کد:"))
    sure = await reporter.sees("لغو شود؟")
    assert await town.rows("SELECT state FROM cases") == [("received",)]
    reporter.presses("بله", sure)
    await reporter.sees("لغو شد")
    assert await town.rows("SELECT state FROM cases") == [("cancelled",)]
    await dispatcher.sees("را لغو کرد")


async def test_a_withdraw_button_from_before_a_change_asks_to_look_again(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    await files(town, reporter, place=None)
    await opens(reporter)
    card = await reporter.sees("کد:")
    reporter.presses("لغو این گزارش", card)
    sure = await reporter.sees("لغو شود؟")
    await opens(reporter)
    reporter.presses("توضیح یا عکس", await reporter.sees("کد:"))
    await reporter.sees("بفرستید")
    reporter.sends_venue(35.1667, 47.8047)
    await reporter.sees("اضافه شد")
    reporter.presses("بله", sure)
    await reporter.sees("این دکمه قدیمی است")
    assert await town.rows("SELECT state FROM cases") == [("received",)]


async def test_an_ended_report_takes_nothing_more(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    await files(town, reporter)
    await opens(reporter)
    card = await reporter.sees("کد:")
    reporter.presses("لغو این گزارش", card)
    reporter.presses("بله", await reporter.sees("لغو شود؟"))
    gone = await reporter.sees("لغو شد")
    await settled(town)
    reporter.replies(gone, "باز هم خراب است")
    await reporter.sees("پایان یافته است")
    assert await town.rows("SELECT count(*) FROM additions") == [(0,)]


async def test_an_edit_after_filing_is_added_once(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    message = reporter.says("/mine")
    await reporter.answer()
    filed = await files(town, reporter, source=message.id)
    reporter.edits(message, "چراغ کوچهٔ دوم خاموش است")
    assert filed.code[:4] in bare(await reporter.sees("پیش‌تر در گزارش"))
    reporter.edits(message, "چراغ کوچهٔ دوم خاموش است")
    reporter.says("/mine")
    await reporter.sees("گزارش‌های شما")
    assert await town.rows("SELECT words FROM additions") == [("چراغ کوچهٔ دوم خاموش است",)]


# Codes


async def test_ones_own_code_in_any_digits_opens_the_report(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    filed = await files(town, reporter)
    reporter.says(f"{filed.code[:4]} {filed.code[4:]}".translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
    await reporter.sees("چراغ کوچه خاموش است")


async def test_a_strangers_code_shows_the_state_and_nothing_else(town: Town) -> None:
    reporter, stranger = await town.newcomer("reporter"), await town.newcomer("stranger", "bale")
    filed = await files(town, reporter)
    stranger.types_key("گزارش‌های من")
    stranger.presses("کد دیگری", await stranger.sees("هنوز گزارشی"))
    await stranger.sees("کد رهگیری")
    stranger.says(filed.code)
    answer = await stranger.sees("فقط وضعیت")
    for secret in ("چراغ", "روشنایی", "مرکز", "reporter", "۱۴۰۵"):
        assert secret not in answer.text


async def test_a_code_in_the_middle_of_a_report_is_looked_up_and_the_draft_stays(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    filed = await files(town, reporter)
    reporter.says("جدول خیابان شکسته است")
    await reporter.answer()
    reporter.says(filed.code)
    assert "چراغ کوچه خاموش است" in (await reporter.sees("کد:")).text
    drafts = await town.rows("SELECT draft FROM dialogues WHERE name = 'report'")
    assert "جدول" in drafts[0][0]
    assert filed.code not in drafts[0][0]


async def test_a_link_with_a_code_does_the_same(town: Town) -> None:
    reporter, stranger = await town.newcomer("reporter"), await town.newcomer("stranger")
    filed = await files(town, reporter)
    stranger.starts(f"k-{filed.code}")
    await stranger.sees("فقط وضعیت")
    reporter.starts(f"k-{filed.code}")
    await reporter.sees("چراغ کوچه خاموش است")


async def test_a_mistyped_code_costs_no_guess(town: Town) -> None:
    stranger = await town.newcomer("stranger")
    code = town.app.city.codes.code(5_000)
    stranger.says(f"{code[:-1]}{(int(code[-1]) + 1) % 10}")
    await stranger.sees("کد پیدا نشد")
    assert await town.rows("SELECT count(*) FROM guesses WHERE kind = 'code'") == [(0,)]


async def test_after_five_wrong_codes_even_a_right_one_waits_an_hour(town: Town) -> None:
    reporter, guesser = await town.newcomer("reporter"), await town.newcomer("guesser")
    filed = await files(town, reporter)
    codes = town.app.city.codes
    for number in range(5_000, 5_005):
        guesser.says(codes.code(number))
        await guesser.sees("کد پیدا نشد")
    guesser.says(filed.code)
    await guesser.sees("کد نادرست")
    town.clock.turn(HOUR)
    guesser.says(filed.code)
    await guesser.sees("فقط وضعیت")


async def test_buttons_of_somebody_elses_report_read_as_if_it_were_not_there(town: Town) -> None:
    reporter, stranger = await town.newcomer("reporter"), await town.newcomer("stranger")
    filed = await files(town, reporter)
    stranger.says("/mine")
    await stranger.answer()
    for verb in ("m-open", "m-time", "m-add", "m-drop", "m-drop-yes"):
        for number in (filed.id, 1):
            stranger.presses(Button("x", f"{verb}:1:{number}"))
            await stranger.sees("کد پیدا نشد")
    assert await town.rows("SELECT state FROM cases") == [("received",)]
