"""From the report to the citizen's last word: accepted, said to be done with a picture, and judged by who reported."""

from __future__ import annotations

import pytest

from bot.sandbox.message import Button
from bot.sandbox.person import Person
from tests.acting import hires
from tests.scenarios.people import CENTRE, picture
from tests.scenarios.stories import SUBMIT, finish
from tests.town import Town

SENTENCE = "لامپ تیر عوض شد و سیم آن هم تعمیر شد."


async def reported(town: Town, channel: str = "telegram") -> tuple[Person, Person]:
    """A dispatcher on Bale, and a reporter whose broken lamp they have been told of."""
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    reporter = await town.newcomer("reporter", channel)
    reporter.sends_photo(picture(), "چراغ کوچه ما خاموشه")
    await reporter.sees("کدام؟")
    reporter.sends_pin(*CENTRE)
    await reporter.sees("جا مشخص شد")
    reporter.presses("💡 چراغ خیابان")
    await reporter.sees(SUBMIT)
    await finish(reporter)
    return reporter, dispatcher


async def done(dispatcher: Person, reporter: Person) -> None:
    """Accepted and said to be done, in four acts."""
    await dispatcher.sees("دیدن گزارش")
    dispatcher.presses("دیدن گزارش")
    await dispatcher.sees("✅ می‌پذیرم")
    dispatcher.presses("✅ می‌پذیرم")
    await dispatcher.sees("✅ انجام شد")
    await reporter.sees("آغاز شده است")
    dispatcher.presses("✅ انجام شد")
    await dispatcher.sees("عکس پس از کار")
    dispatcher.sends_photo(picture((200, 200, 150)), SENTENCE)
    await dispatcher.sees("برای نظر شهروند رفت")


async def test_who_gives_a_low_mark_can_say_why_though_the_case_has_ended(town: Town) -> None:
    reporter, dispatcher = await reported(town)
    await done(dispatcher, reporter)
    reporter.presses("✅ حل شد", await reporter.sees("مشکل حل شد؟"))
    await reporter.sees("پایان یافت")
    reporter.presses("۱")
    await reporter.sees("دلیلش را می‌نویسید؟")
    reporter.says("سه هفته طول کشید")
    await reporter.sees("سپاس از نظر شما")
    assert await town.rows("SELECT words FROM additions") == [("سه هفته طول کشید",)]
    assert await town.rows("SELECT state FROM cases") == [("closed",)]


@pytest.mark.parametrize("channel", ["telegram", "bale"])
async def test_a_case_ends_when_its_reporter_says_that_it_is_solved(town: Town, channel: str) -> None:
    reporter, dispatcher = await reported(town, channel)
    await done(dispatcher, reporter)
    await reporter.sees(SENTENCE)
    asked = await reporter.sees("مشکل حل شد؟")
    while not any(message.media for message in reporter.inbox):
        await reporter.answer(within=8)
    reporter.presses("✅ حل شد", asked)
    await reporter.sees("با تأیید شما پایان یافت")
    await dispatcher.sees("را تأیید کرد")
    reporter.presses("۵")
    await reporter.sees("یک جمله هم بنویسید")
    reporter.says("تمیز و سریع")
    await reporter.sees("سپاس از نظر شما")
    assert await town.rows("SELECT state, closed_how FROM cases") == [("closed", "agreed")]
    kinds = await town.rows("SELECT kind FROM events ORDER BY id")
    assert [kind for (kind,) in kinds] == ["filed", "started", "done", "agreed", "rated", "rated-word"]


async def test_what_is_only_half_done_is_open_again_under_the_same_code(town: Town) -> None:
    reporter, dispatcher = await reported(town)
    await done(dispatcher, reporter)
    await reporter.sees("مشکل حل شد؟")
    reporter.presses("🌓 نیمه‌کاره ماند")
    await reporter.sees("دوباره باز شد")
    await dispatcher.sees("نیمه‌کاره مانده است")
    reporter.says("لامپ روشن است ولی سیم آویزان مانده")
    await reporter.sees("اضافه شد")
    await dispatcher.sees("توضیح یا عکس اضافه کرد")
    assert await town.rows("SELECT state, count(*) FROM cases") == [("reopened", 1)]
    dispatcher.presses("دیدن گزارش")
    card = await dispatcher.sees("سیم آویزان مانده")
    assert "✅ می‌پذیرم" in card.buttons


async def test_who_cannot_tell_may_still_say_later(town: Town) -> None:
    reporter, dispatcher = await reported(town)
    await done(dispatcher, reporter)
    asked = await reporter.sees("مشکل حل شد؟")
    reporter.presses("🤷 نمی‌توانم بگویم", asked)
    await reporter.sees("هر وقت دیدید")
    await dispatcher.sees("کس دیگری از واحد ببیند")
    reporter.presses("✅ حل شد", asked)
    await reporter.sees("با تأیید شما پایان یافت")


async def test_done_without_a_picture_needs_its_reason_and_a_sentence(town: Town) -> None:
    reporter, dispatcher = await reported(town)
    await dispatcher.sees("دیدن گزارش")
    dispatcher.presses("دیدن گزارش")
    await dispatcher.sees("✅ می‌پذیرم")
    dispatcher.presses("✅ می‌پذیرم")
    await dispatcher.sees("✅ انجام شد")
    dispatcher.presses("✅ انجام شد")
    await dispatcher.sees("عکس پس از کار")
    dispatcher.says("درست شد")
    await dispatcher.sees("عکس پس از کار لازم است")
    dispatcher.presses("عکس ممکن نیست")
    await dispatcher.sees("چرا عکس ممکن نیست؟")
    dispatcher.says("کار شبانه انجام شد و هوا تاریک بود")
    await dispatcher.sees("در یک جمله")
    dispatcher.says("شد")
    await dispatcher.sees("کوتاه است")
    dispatcher.says(SENTENCE)
    await dispatcher.sees("برای نظر شهروند رفت")
    await reporter.sees("هوا تاریک بود")


async def accepted(dispatcher: Person) -> None:
    """Accepted, and asked for the picture of the work."""
    await dispatcher.sees("دیدن گزارش")
    dispatcher.presses("دیدن گزارش")
    await dispatcher.sees("✅ می‌پذیرم")
    dispatcher.presses("✅ می‌پذیرم")
    await dispatcher.sees("✅ انجام شد")
    dispatcher.presses("✅ انجام شد")


async def test_a_reason_that_was_too_long_once_does_not_hold_the_official_for_ever(town: Town) -> None:
    reporter, dispatcher = await reported(town)
    await accepted(dispatcher)
    await dispatcher.sees("عکس پس از کار")
    dispatcher.presses("عکس ممکن نیست")
    await dispatcher.sees("چرا عکس ممکن نیست؟")
    dispatcher.says("هوا تاریک بود. " * 200)
    await dispatcher.sees("بلند")
    dispatcher.says("هوا تاریک بود")
    await dispatcher.sees("در یک جمله")
    dispatcher.sends_photo(picture((200, 200, 150)), SENTENCE)
    await dispatcher.sees("برای نظر شهروند رفت")
    await reporter.sees(SENTENCE)
    await reporter.sees("مشکل حل شد؟")
    assert not any("هوا تاریک بود" in message.text for message in reporter.inbox)


async def test_the_cancel_button_of_an_earlier_round_does_not_end_this_one(town: Town) -> None:
    _, dispatcher = await reported(town)
    await accepted(dispatcher)
    earlier = await dispatcher.sees("عکس پس از کار")
    dispatcher.presses("✖️ لغو", earlier)
    await dispatcher.answer()
    dispatcher.presses("✅ انجام شد")
    await dispatcher.sees("عکس پس از کار")
    dispatcher.presses("✖️ لغو", earlier)
    await dispatcher.sees("قدیمی")
    dispatcher.sends_photo(picture((200, 200, 150)), SENTENCE)
    await dispatcher.sees("برای نظر شهروند رفت")


async def test_a_second_answer_and_an_old_button_change_nothing(town: Town) -> None:
    reporter, dispatcher = await reported(town)
    await done(dispatcher, reporter)
    asked = await reporter.sees("مشکل حل شد؟")
    reporter.presses("✅ حل شد", asked)
    await reporter.sees("پایان یافت")
    reporter.presses("❌ حل نشد", asked)
    await reporter.sees("پیش‌تر رسیده است")
    [(case,)] = await town.rows("SELECT id FROM cases")
    dispatcher.presses(Button("✅ می‌پذیرم", f"v-move:1:{case}.accept"))
    await dispatcher.sees("همین حالا این گزارش را تغییر داد")
    assert await town.rows("SELECT state FROM cases") == [("closed",)]


async def test_a_citizen_can_neither_accept_nor_answer_for_another(town: Town) -> None:
    reporter, dispatcher = await reported(town)
    await done(dispatcher, reporter)
    await reporter.sees("مشکل حل شد؟")
    [(case, version)] = await town.rows("SELECT id, version FROM cases")
    stranger = await town.newcomer("stranger")
    for data in (f"w-say:{version}:{case}.solved", f"v-move:{version}:{case}.accept", f"w-rate:0:{case}.5"):
        stranger.presses(Button("forged", data))
        await stranger.answer()
    assert await town.rows("SELECT state FROM cases") == [("done",)]
