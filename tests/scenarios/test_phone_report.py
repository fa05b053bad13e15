"""A report for somebody without a messenger: written down at the centre, done, asked about by phone, claimed later."""

from __future__ import annotations

import pytest

from bot.sandbox.person import Person
from tests.acting import bare, hires
from tests.scenarios.people import picture
from tests.scenarios.stories import CODE
from tests.town import Town

NUMBER = "09123456789"
SENTENCE = "چالهٔ کوچه پر و آسفالت آن صاف شد."


async def entered(dispatcher: Person, number: str = "۰۹۱۲ ۳۴۵ ۶۷۸۹") -> str:
    """Words, topic, place, number; answers the code that is read out."""
    dispatcher.presses("☎️ گزارش تلفنی")
    await dispatcher.sees("شرح گزارش تلفنی")
    dispatcher.says("یک چالهٔ بزرگ وسط کوچه است و ماشین‌ها در آن می‌افتند")
    await dispatcher.sees("موضوع کدام است؟")
    dispatcher.presses("🕳 چاله و آسفالت")
    await dispatcher.sees("کجاست؟")
    dispatcher.says("خیابان مطهری، کوچهٔ سوم")
    await dispatcher.sees("کدام بخش شهر است؟")
    dispatcher.presses("مرکز شهر")
    await dispatcher.sees("شمارهٔ تماس‌گیرنده؟")
    if number:
        dispatcher.says(number)
    else:
        dispatcher.presses("رد شدن")
    shown = CODE.search((await dispatcher.sees("ثبت شد. این کد را")).text)
    assert shown
    return shown[0]


async def at_the_desk(dispatcher: Person) -> None:
    dispatcher.types_key("🗂 میز کار")
    await dispatcher.sees("میز کار باز است")
    await dispatcher.sees("☎️ گزارش تلفنی")


@pytest.mark.parametrize("channel", ["telegram", "bale"])
async def test_entered_by_phone_done_by_an_officer_and_asked_about_by_the_centre(town: Town, channel: str) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel=channel)
    officer = await hires(town, "officer", "officer", "civil", channel="bale")
    await at_the_desk(dispatcher)
    await entered(dispatcher)
    assert await town.rows("SELECT channel, caller, address, area, category FROM cases") == [
        ("phone", NUMBER, "خیابان مطهری، کوچهٔ سوم", "center", "pothole")
    ]
    await officer.sees("چالهٔ بزرگ")
    officer.presses("دیدن گزارش")
    card = await officer.sees("✅ می‌پذیرم")
    assert NUMBER not in bare(card)
    officer.presses("✅ می‌پذیرم")
    await officer.sees("✅ انجام شد")
    officer.presses("✅ انجام شد")
    await officer.sees("عکس پس از کار")
    officer.sends_photo(picture(), SENTENCE)
    await officer.sees("مرکز ۱۳۷ از تماس‌گیرنده می‌پرسد")
    told = await dispatcher.sees("زنگ بزنید", within=15)  # twelve messages came to this chat at once
    dispatcher.presses("دیدن گزارش", told)
    card = await dispatcher.sees("☎️ گفت: حل شد")
    assert NUMBER in bare(card)
    dispatcher.presses("☎️ گفت: نیمه‌کاره", card)
    await dispatcher.sees("تماس‌گیرنده چه گفت؟")
    dispatcher.says("کنار جدول هنوز گود است")
    await dispatcher.sees("ثبت شد")
    await officer.sees("کنار جدول هنوز گود است")
    assert await town.rows("SELECT state FROM cases") == [("reopened",)]


async def test_who_called_claims_it_with_code_and_number(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    await at_the_desk(dispatcher)
    code = await entered(dispatcher)
    caller = await town.newcomer("caller")
    caller.says(code)
    await caller.sees("تلفنی ثبت شده است")
    caller.says("09120000000")
    await caller.sees("جور نیست")
    caller.says("۰۹۱۲۳۴۵۶۷۸۹")
    await caller.sees("از این پس در «گزارش‌های من» است")
    card = await caller.sees("یک چالهٔ بزرگ")
    assert NUMBER not in bare(card)
    assert await town.rows("SELECT channel, caller FROM cases") == [("telegram", "")]
    dispatcher.presses("دیدن گزارش")
    await dispatcher.sees("✅ می‌پذیرم")
    dispatcher.presses("✅ می‌پذیرم")
    await caller.sees("آغاز شده است")


async def test_without_a_number_it_shows_its_state_and_can_not_be_claimed(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    await at_the_desk(dispatcher)
    code = await entered(dispatcher, "")
    stranger = await town.newcomer("stranger")
    stranger.says(code)
    assert "با حساب دیگری" in (await stranger.answer()).text


async def test_what_is_no_number_is_asked_again_and_a_cancelled_call_files_nothing(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    await at_the_desk(dispatcher)
    dispatcher.presses("☎️ گزارش تلفنی")
    await dispatcher.sees("شرح گزارش تلفنی")
    dispatcher.sends_photo(picture())
    await dispatcher.sees("متن لازم است")
    dispatcher.says("چراغ سر کوچه شب‌ها خاموش است")
    await dispatcher.sees("موضوع کدام است؟")
    dispatcher.says("نمی‌دانم")
    await dispatcher.sees("یکی از دکمه‌ها")
    dispatcher.presses("💡 چراغ خیابان")
    asked = await dispatcher.sees("کجاست؟")
    dispatcher.sends_pin(48.85, 2.35)
    await dispatcher.sees("بیرون از شهرستان")
    dispatcher.presses("نمی‌دانم", asked)
    await dispatcher.sees("شمارهٔ تماس‌گیرنده؟")
    dispatcher.says("شماره نداد")
    await dispatcher.sees("خوانده نشد")
    dispatcher.presses("✖️ لغو")
    await dispatcher.sees("چیزی ثبت نشد")
    assert await town.rows("SELECT count(*) FROM cases") == [(0,)]


async def test_an_officer_is_not_offered_the_telephone(town: Town) -> None:
    officer = await hires(town, "officer", "officer", "civil")
    officer.types_key("🗂 میز کار")
    await officer.sees("میز کار باز است")
    home = await officer.sees("کارهای من")
    assert "☎️ گزارش تلفنی" not in home.buttons
    assert "☎️ گزارش تلفنی" not in str(officer.keyboard)
    officer.says("☎️ گزارش تلفنی")
    await officer.sees("از حساب شما ممکن نیست")
