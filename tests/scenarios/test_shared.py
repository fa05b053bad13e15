"""A report that several people share, to its end: the question, their votes, the photo after the work; or left."""

from __future__ import annotations

from bot.actions.support import join
from bot.sandbox.message import Message
from bot.sandbox.person import Person
from tests.acting import acting, files, hires
from tests.scenarios.people import picture
from tests.town import Town

SENTENCE = "لامپ تیر عوض شد و سیم آن هم تعمیر شد."
SECRET = "کوچهٔ زنبق"


async def shared(town: Town) -> tuple[Person, Person, Person]:
    """Reporter, supporter on Bale, and the dispatcher who has been told."""
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    reporter, neighbour = await town.newcomer("reporter"), await town.newcomer("neighbour", "bale")
    filed = await files(town, reporter, SECRET)
    async with acting(town, neighbour) as work:
        await join(work, town.app.city, filed.id)
    return reporter, neighbour, dispatcher


async def done(dispatcher: Person) -> None:
    dispatcher.presses("دیدن گزارش", await dispatcher.sees("🆕"))
    dispatcher.presses("✅ می‌پذیرم", await dispatcher.sees("گزارش‌دهندگان:"))
    dispatcher.presses("✅ انجام شد", await dispatcher.sees("✅ انجام شد"))
    await dispatcher.sees("عکس پس از کار")
    dispatcher.sends_photo(picture((200, 200, 150)), SENTENCE)
    await dispatcher.sees("برای نظر شهروند رفت")


async def opened(person: Person) -> Message:
    """The first report of their list."""
    person.types_key("گزارش‌های من")
    person.presses("۱", await person.sees("گزارش‌های شما"))
    return await person.sees("گزارشی که شما هم دارید")


async def test_a_supporter_sees_the_work_and_says_what_they_think_of_it(town: Town) -> None:
    reporter, neighbour, dispatcher = await shared(town)
    await done(dispatcher)
    await neighbour.sees(SENTENCE)
    asked = await neighbour.sees("اگر حل نشده، بگویید")
    neighbour.presses("❌ حل نشد", asked)
    await neighbour.sees("نظر شما")
    await dispatcher.sees("همراهان")
    neighbour.presses("✅ حل شد", asked)
    await neighbour.sees("حل شد")
    card = await opened(neighbour)
    neighbour.presses("عکس‌ها", card)
    await neighbour.sees("عکس‌های گزارش")
    reporter.presses("✅ حل شد", await reporter.sees("مشکل حل شد؟"))
    await reporter.sees("با تأیید شما پایان یافت")
    neighbour.presses("❌ حل نشد", asked)
    await neighbour.sees("پیش‌تر رسیده است")
    assert await town.rows("SELECT c.closed_how, s.vote FROM cases c, supporters s") == [("agreed", "solved")]
    assert not any(SECRET in message.text for message in neighbour.inbox)


async def test_a_reporter_who_leaves_leaves_it_to_the_others(town: Town) -> None:
    reporter, neighbour, dispatcher = await shared(town)
    reporter.types_key("گزارش‌های من")
    reporter.presses("۱", await reporter.sees("گزارش‌های شما"))
    reporter.presses("لغو", await reporter.sees("کد:"))
    reporter.presses("بله", await reporter.sees("برای آن‌ها باز می‌ماند"))
    await reporter.sees("نام شما از آن برداشته شد")
    neighbour.presses("دیدن گزارش", await neighbour.sees("نظر پایانی با شماست"))
    assert SECRET not in (await neighbour.sees("کد:")).text
    await dispatcher.sees("کنار رفت")
    reporter.types_key("گزارش‌های من")
    await reporter.sees("هنوز گزارشی ثبت نکرده‌اید")
    assert await town.rows("SELECT state, words, supporters FROM cases") == [("received", "", 0)]
