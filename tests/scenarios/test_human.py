"""A message to a human at 137, and the answer by replying to it."""

from __future__ import annotations

import pytest

from bot.actions.erase import erase
from bot.sandbox.person import Person
from tests.acting import acting, hires, revokes, settled
from tests.town import Town

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])


async def asks(citizen: Person) -> None:
    """Goes to the question for a human by the menu."""
    citizen.types_key("تنظیمات")
    await citizen.answer()
    citizen.presses("پیام به کارشناس")


@BOTH
async def test_where_nobody_reads_it_nothing_is_taken_and_137_is_named(town: Town, channel: str) -> None:
    citizen = await town.newcomer("citizen", channel)
    await asks(citizen)
    assert "لطفاً با ۱۳۷ تماس بگیرید" in (await citizen.answer()).text
    assert await town.rows("SELECT step FROM dialogues WHERE name = 'human'") == []


@BOTH
async def test_an_officials_reply_reaches_the_citizen_and_back(town: Town, channel: str) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="telegram")
    citizen = await town.newcomer("citizen", channel)
    await asks(citizen)
    await citizen.sees("پیام خود را بنویسید")
    citizen.says("پروندهٔ من کجاست؟")
    await citizen.sees("به مرکز ۱۳۷ رسید")
    card = await dispatcher.sees("پروندهٔ من کجاست؟")
    assert "citizen" not in card.text, "no name of a citizen reaches the desk"
    await settled(town)
    dispatcher.replies(card, "فردا بازدید می‌شود")
    await dispatcher.sees("فرستاده می‌شود")
    answer = await citizen.sees("فردا بازدید می‌شود")
    assert "پاسخ مرکز ۱۳۷" in answer.text
    await settled(town)
    citizen.replies(answer, "سپاس، منتظرم")
    await citizen.sees("به مرکز ۱۳۷ رسید")
    await dispatcher.sees("سپاس، منتظرم")


@BOTH
async def test_a_voice_message_is_enough(town: Town, channel: str) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel=channel)
    citizen = await town.newcomer("citizen", channel)
    await asks(citizen)
    await citizen.answer()
    citizen.sends_voice()
    await citizen.sees("به مرکز ۱۳۷ رسید")
    await dispatcher.sees("صدا")
    heard = await dispatcher.answer()
    assert heard.media is not None
    assert heard.media.kind == "voice"


async def test_two_photos_of_an_album_get_one_answer_and_the_next_words_are_a_report(town: Town) -> None:
    await hires(town, "dispatcher", "dispatcher")
    citizen = await town.newcomer("citizen")
    await asks(citizen)
    await citizen.answer()
    citizen.sends_album([b"\xff\xd8\xff1", b"\xff\xd8\xff2"], "این دو عکس")
    await citizen.sees("به مرکز ۱۳۷ رسید")
    assert await town.rows("SELECT count(*) FROM messages") == [(2,)]
    town.clock.turn(60_000)
    citizen.says("آسفالت کوچه ما خراب شده است")
    await citizen.answer()
    assert await town.rows("SELECT count(*) FROM messages") == [(2,)]


async def test_whoever_cancels_is_asked_no_more(town: Town) -> None:
    await hires(town, "dispatcher", "dispatcher")
    citizen = await town.newcomer("citizen")
    await asks(citizen)
    await citizen.answer()
    citizen.presses("لغو")
    await citizen.sees("تنظیمات و راهنما")
    citizen.says("آسفالت کوچه ما خراب شده است")
    await citizen.answer()
    assert await town.rows("SELECT count(*) FROM messages") == [(0,)]


async def test_a_danger_in_the_message_brings_its_number_first(town: Town) -> None:
    await hires(town, "dispatcher", "dispatcher")
    citizen = await town.newcomer("citizen", lang="English")
    citizen.says("/help")
    await citizen.answer()
    citizen.presses("Message to staff")
    await citizen.answer()
    citizen.says("The house next door is on fire")
    told = await citizen.answer()
    assert "125" in told.text.splitlines()[1]
    assert "آتش‌نشانی" in told.text


async def test_a_message_of_despair_gets_calm_words_and_no_confirmation(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    citizen = await town.newcomer("citizen")
    await asks(citizen)
    await citizen.answer()
    citizen.says("دیگه نمیخوام زنده باشم")
    told = (await citizen.answer()).text
    assert "تنها نمانید" in told
    assert "رسید و پاسخ" not in told
    await dispatcher.sees("زنده")


async def test_a_bank_card_is_not_passed_on(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    citizen = await town.newcomer("citizen")
    await asks(citizen)
    await citizen.answer()
    citizen.says("پول را به 6037 9900 0000 0006 بریزید")
    await citizen.sees("نگه داشته نشد")
    assert "6037" not in (await dispatcher.sees("بریزید")).text
    assert "6037" not in str(await town.rows("SELECT words FROM messages"))


async def test_whoever_is_no_longer_staff_can_not_answer_as_the_centre(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    citizen = await town.newcomer("citizen")
    await asks(citizen)
    await citizen.answer()
    citizen.says("سلام، کسی هست؟")
    card = await dispatcher.sees("کسی هست؟")
    await settled(town)
    await revokes(town, dispatcher)
    dispatcher.replies(card, "پاسخ کسی که دیگر همکار نیست")
    await dispatcher.sees("ممکن نیست")
    await settled(town)
    assert not any("دیگر همکار نیست" in message.text for message in citizen.inbox)


async def test_after_a_days_limit_the_telephone_is_named(town: Town) -> None:
    await hires(town, "dispatcher", "dispatcher")
    citizen = await town.newcomer("citizen")
    for number in range(town.app.city.pack.limits.reports_per_day + 1):
        town.clock.turn(60_000)
        await asks(citizen)
        await citizen.sees("پیام خود را")
        citizen.says(f"پیام شمارهٔ {number}")
        told = await citizen.answer()
    assert "پیام‌های زیادی" in told.text


async def test_whoever_goes_elsewhere_by_the_menu_is_asked_no_more(town: Town) -> None:
    await hires(town, "dispatcher", "dispatcher")
    citizen = await town.newcomer("citizen")
    await asks(citizen)
    await citizen.answer()
    citizen.types_key("گزارش‌های من")
    await citizen.answer()
    citizen.says("آسفالت کوچه ما خراب شده است")
    await citizen.answer()
    assert await town.rows("SELECT count(*) FROM messages") == [(0,)]


async def test_a_reply_to_the_voice_itself_is_an_answer_too(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    citizen = await town.newcomer("citizen")
    await asks(citizen)
    await citizen.answer()
    citizen.sends_voice()
    await dispatcher.sees("صدا")
    heard = await dispatcher.answer()
    await settled(town)
    dispatcher.replies(heard, "شنیدیم")
    await citizen.sees("شنیدیم")


async def test_somebody_erased_is_answered_no_more_and_the_official_learns_it(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    citizen = await town.newcomer("citizen")
    await asks(citizen)
    await citizen.answer()
    citizen.says("سلام، کسی هست؟")
    card = await dispatcher.sees("کسی هست؟")
    await settled(town)
    async with acting(town, citizen) as work:
        await erase(work, town.app.city)
    dispatcher.replies(card, "بله")
    await dispatcher.sees("دیگر در ربات نیست")


async def test_a_video_that_is_too_large_is_not_taken_and_words_still_are(town: Town) -> None:
    await hires(town, "dispatcher", "dispatcher")
    citizen = await town.newcomer("citizen")
    await asks(citizen)
    await citizen.answer()
    citizen.sends_video(b"mp4", size=30_000_000)
    await citizen.sees("مگابایت")
    assert await town.rows("SELECT count(*) FROM messages") == [(0,)]
    assert await town.rows("SELECT count(*) FROM attachments") == [(0,)]
    citizen.says("پس همین را می‌نویسم")
    await citizen.sees("به مرکز ۱۳۷ رسید")
