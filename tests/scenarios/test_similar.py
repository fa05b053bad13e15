"""A similar report is offered before submitting: with one tap somebody shares it, and is told what comes of it."""

from __future__ import annotations

import pytest

from bot.domain.draft import Place
from bot.sandbox.message import Button, Message
from bot.sandbox.person import Person
from bot.store import tables
from tests.acting import acting, bare, files, files_photos, hires, settled
from tests.scenarios.people import CENTRE, Counting, picture
from tests.scenarios.stories import SUBMIT
from tests.town import Town

LAMP = "💡 چراغ خیابان"
SAME, DIFFERENT = "🙋 من هم", "نه، فرق دارد"
NEAR = Place(CENTRE[0] + 0.0003, CENTRE[1], area="center", address="پلاک ۱۲ نارنجستان")
SECRET = "کوچهٔ زنبق"


async def told(person: Person, caption: str = "چراغ کوچه ما خاموشه") -> Counting:
    """A lamp at the centre, told with a picture and a pin, up to where its topic is chosen."""
    citizen = Counting(person)
    await citizen.photo(caption)
    await citizen.pin()
    return citizen


async def offered(person: Person, caption: str = "چراغ کوچه ما خاموشه") -> Message:
    citizen = await told(person, caption)
    return await citizen.tap(LAMP)


def label(message: Message, part: str) -> str:
    return next(each for each in message.buttons if part in each)


@pytest.mark.parametrize("channel", ["telegram", "bale"])
async def test_one_tap_shares_a_report_and_nothing_that_its_reporter_wrote_is_shown(town: Town, channel: str) -> None:
    reporter, neighbour = await town.newcomer("reporter"), await town.newcomer("neighbour", channel)
    filed = await files(town, reporter, SECRET, place=NEAR)
    citizen = await told(neighbour)
    shown = await citizen.tap(LAMP)
    assert "30 متری" in bare(shown)
    assert "مرکز" in shown.text
    assert SUBMIT not in shown.buttons
    joined = await citizen.tap(label(shown, "🙋"))
    assert (citizen.messages, citizen.taps) == (2, 2)
    assert f"{filed.code[:4]} {filed.code[4:]}" in bare(joined)
    assert "تا حالا: 2" in bare(joined)
    assert await town.rows("SELECT count(*), max(supporters) FROM cases") == [(1, 1)]
    neighbour.types_key("گزارش‌های من")
    listed = await neighbour.sees("🙋")
    neighbour.presses("۱", listed)
    card = await neighbour.sees("گزارشی که شما هم دارید")
    neighbour.presses("سیر رسیدگی", card)
    await neighbour.sees("ثبت شد")
    everything = " ".join(message.text for message in neighbour.inbox)
    assert SECRET not in everything
    assert "نارنجستان" not in everything


async def test_something_else_costs_one_tap_and_is_asked_once(town: Town) -> None:
    reporter, neighbour = await town.newcomer("reporter"), await town.newcomer("neighbour")
    await files(town, reporter, place=NEAR)
    citizen = await told(neighbour)
    shown = await citizen.tap(LAMP)
    await citizen.tap(label(shown, "فرق"))
    assert SUBMIT in neighbour.last.buttons
    await citizen.says("سه شب است")
    assert SUBMIT in neighbour.last.buttons
    await citizen.tap(SUBMIT)
    assert (citizen.messages, citizen.taps) == (3, 3)
    assert await town.rows("SELECT count(*), max(supporters) FROM cases") == [(2, 0)]


@pytest.mark.parametrize(
    ("category", "place"),
    [("pothole", NEAR), ("street_light", Place(CENTRE[0] + 0.01, CENTRE[1], area="center"))],
)
async def test_where_nothing_is_similar_nothing_is_asked(town: Town, category: str, place: Place) -> None:
    reporter, neighbour = await town.newcomer("reporter"), await town.newcomer("neighbour")
    await files(town, reporter, category=category, place=place)
    assert SUBMIT in (await offered(neighbour)).buttons


async def test_what_the_newcomer_wrote_goes_to_the_desk_and_not_to_the_reporter(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    reporter, neighbour = await town.newcomer("reporter"), await town.newcomer("neighbour")
    await files(town, reporter, place=NEAR)
    await dispatcher.sees("🆕")
    shown = await offered(neighbour, f"چراغ {SECRET} خاموشه")
    neighbour.presses(label(shown, "🙋"), shown)
    await neighbour.sees("فقط کارشناس آن را می‌بیند")
    dispatcher.presses("دیدن گزارش", await dispatcher.sees("همراهان"))
    await dispatcher.sees(SECRET)
    reporter.types_key("گزارش‌های من")
    reporter.presses("۱", await reporter.sees("گزارش‌های شما"))
    reporter.presses("سیر رسیدگی", await reporter.sees("کد:"))
    await reporter.sees("یک نفر دیگر")
    assert not any(SECRET in message.text for message in reporter.inbox)


async def test_a_photo_is_shown_only_where_its_owner_wants_it_and_it_was_looked_through(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    filed = await files_photos(town, reporter, [picture()])
    while not await town.rows("SELECT 1 FROM attachments WHERE state = 'stored'"):
        await settled(town)
    for number, (public, published, expected) in enumerate(((True, False, 0), (False, True, 0), (True, True, 1))):
        async with acting(town, reporter) as work:
            work.set(tables.cases, filed.id, public=public, published=published, lat=NEAR.lat, lon=NEAR.lon)
        neighbour = await town.newcomer(f"neighbour {number}")
        citizen = await told(neighbour)
        citizen.person.presses(LAMP)
        await neighbour.sees("متری")
        await settled(town)
        assert len([message for message in neighbour.inbox if message.media]) == expected


async def test_ones_own_report_is_offered_to_add_to(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    filed = await files(town, reporter, place=NEAR)
    shown = await offered(reporter, "چراغ کوچه هنوز خاموشه")
    assert f"{filed.code[:4]} {filed.code[4:]}" in bare(shown)
    reporter.presses("ادامهٔ همان", shown)
    await reporter.sees("اضافه شد")
    [(words,)] = await town.rows("SELECT words FROM additions")
    assert words.startswith("چراغ کوچه هنوز خاموشه")
    assert await town.rows("SELECT count(*) FROM cases") == [(1,)]
    assert await town.rows("SELECT count(*) FROM attachments WHERE case_id = ? AND addition_id > 0", filed.id) == [(1,)]


async def test_of_several_one_is_chosen_by_its_number(town: Town) -> None:
    neighbour, cases = await town.newcomer("neighbour"), []
    for number in (2, 1, 3, 4):
        reporter = await town.newcomer(f"reporter {number}")
        cases.append(await files(town, reporter, place=Place(CENTRE[0] + number * 0.0001, CENTRE[1], area="center")))
    shown = await offered(neighbour)
    assert {each for each in shown.buttons if "🙋" in each} == {"🙋 ۱", "🙋 ۲", "🙋 ۳"}
    neighbour.presses("🙋 ۲", shown)
    await neighbour.sees("اضافه شدید")
    assert await town.rows("SELECT id FROM cases WHERE supporters = 1") == [(cases[0].id,)]


async def test_without_a_pin_the_same_words_are_found(town: Town) -> None:
    reporter, neighbour = await town.newcomer("reporter"), await town.newcomer("neighbour")
    await files(town, reporter, "چراغ کوچهٔ پشت مسجد جامع خاموش است", place=Place(address="خیابان شهدا", area="center"))
    neighbour.says("چراغ پشت مسجد جامع کوچه خاموش است")
    await neighbour.answer()
    neighbour.presses(LAMP)
    await neighbour.answer()
    neighbour.says("خیابان شهدا")
    await neighbour.sees("کدام بخش")
    neighbour.presses("مرکز")
    shown = await neighbour.sees("گزارشی شبیه این هست")
    neighbour.presses(label(shown, "🙋"), shown)
    await neighbour.sees("اضافه شدید")


async def test_what_ended_meanwhile_is_said_so_and_the_own_report_goes_on(town: Town) -> None:
    reporter, neighbour = await town.newcomer("reporter"), await town.newcomer("neighbour")
    filed = await files(town, reporter, place=NEAR)
    shown = await offered(neighbour)
    async with acting(town, reporter) as work:
        work.set(tables.cases, filed.id, state="cancelled")
    neighbour.presses(label(shown, "🙋"), shown)
    review = await neighbour.sees("پایان یافته است")
    assert SUBMIT in review.buttons


async def test_only_what_was_shown_can_be_joined(town: Town) -> None:
    reporter, neighbour = await town.newcomer("reporter"), await town.newcomer("neighbour")
    far = await files(town, reporter, place=Place(CENTRE[0] + 0.01, CENTRE[1], area="center"))
    await files(town, reporter, place=NEAR)
    shown = await offered(neighbour)
    for verb in ("r-join", "r-own"):
        neighbour.presses(Button("forged", f"{verb}:1:{far.id}"), shown)
        await neighbour.sees("قدیمی")
    assert await town.rows("SELECT count(*) FROM supporters") == [(0,)]


async def test_who_shares_a_report_may_leave_it_again(town: Town) -> None:
    reporter, neighbour = await town.newcomer("reporter"), await town.newcomer("neighbour")
    filed = await files(town, reporter, place=NEAR)
    shown = await offered(neighbour)
    neighbour.presses(label(shown, "🙋"), shown)
    neighbour.presses("دیگر با من نیست", await neighbour.sees("اضافه شدید"))
    neighbour.presses("بله", await neighbour.sees("نیاید؟"))
    await neighbour.sees("برداشته شد")
    neighbour.says(filed.code)
    assert "ثبت" in (await neighbour.answer()).text
    assert await town.rows("SELECT supporters FROM cases") == [(0,)]


async def test_a_reply_of_a_supporter_to_news_reaches_the_desk(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    reporter, neighbour = await town.newcomer("reporter"), await town.newcomer("neighbour")
    await files(town, reporter, place=NEAR)
    shown = await offered(neighbour)
    neighbour.presses(label(shown, "🙋"), shown)
    joined = await neighbour.sees("اضافه شدید")
    await settled(town)
    neighbour.replies(joined, SECRET)
    await neighbour.sees("کس دیگری آن را نمی‌بیند")
    while True:
        heard = await dispatcher.sees("همراهان")
        if "دیدن گزارش" in str(heard.buttons):
            break
    dispatcher.presses(label(heard, "دیدن گزارش"), heard)
    await dispatcher.sees(SECRET)
    assert not any(SECRET in message.text for message in reporter.inbox)
