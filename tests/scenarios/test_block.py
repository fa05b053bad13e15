"""Closing a flooding account for a time, seen from both phones."""

from __future__ import annotations

from bot.clock import DAY, HOUR
from bot.sandbox.message import Button, Message
from bot.sandbox.person import Person
from tests.acting import LAMP, acting, bare, files, hires
from tests.town import Town

WHY = "بیست گزارش ساختگی در یک ساعت"


async def to_more(dispatcher: Person) -> Message:
    """The second page of the card of the newest report."""
    dispatcher.presses("دیدن گزارش", await dispatcher.sees("📂 دیدن گزارش"))
    dispatcher.presses("⋯ کارهای دیگر", await dispatcher.sees("⋯ کارهای دیگر"))
    dispatcher.presses("🛠 اصلاح گزارش", await dispatcher.sees("🛠 اصلاح گزارش"))
    return await dispatcher.sees("🚫 بستن فرستنده")


async def blocked(town: Town) -> tuple[Person, Person]:
    """A dispatcher who has closed a reporter's account, and that reporter."""
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    reporter = await town.newcomer("reporter")
    await files(town, reporter, category=LAMP)
    dispatcher.presses("🚫 بستن فرستنده", await to_more(dispatcher))
    await dispatcher.sees("روز بسته شود؟")
    dispatcher.says("مزاحم")
    await dispatcher.sees("کوتاه است")
    dispatcher.says(WHY)
    await dispatcher.sees("فرستنده تا")
    return dispatcher, reporter


async def test_who_is_blocked_reads_until_when_and_is_told_when_it_is_over(town: Town) -> None:
    dispatcher, reporter = await blocked(town)
    reporter.types_key("ثبت گزارش")
    assert "بسته است" in (await reporter.sees("این حساب تا")).text
    reporter.types_key("گزارش‌های من")
    await reporter.sees("گزارش‌های شما")
    town.clock.turn(town.app.city.pack.limits.block_days * DAY + 13 * HOUR)  # eleven at night
    town.app.schedule.wake()
    reporter.types_key("گزارش‌های من")
    await reporter.sees("گزارش‌های شما")
    assert await town.rows("SELECT done_at FROM timers WHERE job = 'block-over'") == [(0,)]
    town.clock.turn(11 * HOUR)
    town.app.schedule.wake()
    await reporter.sees("دوباره می‌توانید", within=10)
    reporter.types_key("ثبت گزارش")
    await reporter.sees("چه شده است")
    del dispatcher


async def test_the_centre_opens_it_again_and_the_log_says_why_it_was_closed(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    dispatcher, reporter = await blocked(town)
    admin.presses(Button("log", "a-log:0:"))
    log = await admin.sees("کارنامه، از تازه")
    assert "فرستنده تا" in log.text
    assert WHY in log.text
    assert bare(log).count("فرستنده") == 1
    dispatcher.presses("⬅️ بازگشت")
    dispatcher.presses("⋯ کارهای دیگر", await dispatcher.sees("⋯ کارهای دیگر"))
    dispatcher.presses("🛠 اصلاح گزارش", await dispatcher.sees("🛠 اصلاح گزارش"))
    dispatcher.presses("باز کردن فرستنده", await dispatcher.sees("باز کردن فرستنده"))
    await dispatcher.sees("فرستنده باز شد")
    await reporter.sees("دوباره می‌توانید", within=10)
    town.clock.turn(8 * DAY)
    town.app.schedule.wake()
    reporter.types_key("ثبت گزارش")
    await reporter.sees("چه شده است")
    assert sum("دوباره می‌توانید" in message.text for message in reporter.inbox) == 1


async def test_a_cancelled_question_blocks_nobody(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    reporter = await town.newcomer("reporter")
    await files(town, reporter)
    dispatcher.presses("🚫 بستن فرستنده", await to_more(dispatcher))
    dispatcher.presses("✖️ لغو", await dispatcher.sees("روز بسته شود؟"))
    await dispatcher.sees("چیزی تغییر نکرد")
    assert await town.rows("SELECT count(*) FROM people WHERE blocked_until > 0") == [(0,)]


async def test_whoever_is_blocked_still_reads_the_number_when_they_write_of_a_danger(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    async with acting(town, reporter) as work:
        work.know(blocked_until=work.now + DAY)
    reporter.says("توی کوچه بوی گاز میاد")
    await reporter.sees("۱۹۴")
    assert await town.rows("SELECT count(*) FROM cases") == [(0,)]
