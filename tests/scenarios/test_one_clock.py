"""What the clock does by itself: reminders, silence, unanswered questions, news held over the night. Each once."""

from __future__ import annotations

from bot.clock import DAY, HOUR, MINUTE
from bot.sandbox.person import Person
from tests.acting import files, hires, settled
from tests.scenarios.people import picture
from tests.town import Town

PATIENT = 30.0
BENCH = "park_facility"


async def turned(town: Town, milliseconds: int) -> None:
    """Time goes by, and what was said on the way has arrived."""
    town.clock.turn(milliseconds)
    await town.app.schedule.due()
    town.app.schedule.wake()
    await settled(town)


async def reported(town: Town) -> tuple[Person, Person]:
    officer = await hires(town, "officer_parks", "officer", "green")
    reporter = await town.newcomer("reporter", "bale")
    await files(town, reporter, category=BENCH)
    officer.presses("دیدن گزارش", await officer.sees("دیدن گزارش"))
    return reporter, officer


async def done(town: Town) -> tuple[Person, Person]:
    reporter, officer = await reported(town)
    officer.presses("✅ می‌پذیرم", await officer.sees("می‌پذیرم"))
    officer.presses("✅ انجام شد", await officer.sees("انجام شد"))
    await officer.sees("عکس پس از کار")
    officer.sends_photo(picture((180, 200, 150)), "نیمکت شکسته با نیمکت تازه عوض شد.")
    await reporter.sees("مشکل حل شد؟", PATIENT)
    return reporter, officer


def count(person: Person, words: str) -> int:
    return sum(words in message.text for message in person.inbox)


async def test_silence_brings_one_reminder_and_then_an_end_without_an_answer_that_can_be_undone(town: Town) -> None:
    reporter, _ = await done(town)
    await turned(town, 4 * DAY + HOUR)
    await reporter.sees("هنوز نگفته‌اید", PATIENT)
    await turned(town, HOUR)
    await turned(town, 3 * DAY)
    ended = await reporter.sees("پاسخی نرسید", PATIENT)
    assert await town.rows("SELECT state, closed_how FROM cases") == [("closed", "no-answer")]
    assert count(reporter, "هنوز نگفته‌اید") == 1
    reporter.presses("🔄 دوباره باز شود", ended)
    await reporter.sees("دوباره باز شد")
    assert await town.rows("SELECT state, reopened FROM cases") == [("reopened", 1)]


async def test_after_ten_days_off_everything_is_caught_up_once(town: Town) -> None:
    reporter, _ = await done(town)
    await turned(town, 10 * DAY)
    await turned(town, 10 * DAY)
    assert await town.rows("SELECT state, closed_how FROM cases") == [("closed", "no-answer")]
    assert count(reporter, "پاسخی نرسید") == 1
    assert await town.rows("SELECT count(*) FROM timers WHERE done_at = 0") == [(0,)]


async def test_who_can_not_be_asked_is_counted_as_not_asked(town: Town) -> None:
    reporter, _ = await done(town)
    reporter.blocks()
    await turned(town, 4 * DAY)
    await turned(town, 4 * DAY)
    assert await town.rows("SELECT state, closed_how FROM cases") == [("closed", "not-asked")]


async def test_a_question_is_remembered_once_and_then_goes_back_with_the_clock_running(town: Town) -> None:
    reporter, officer = await reported(town)
    officer.presses("❓ پرسش از شهروند", await officer.sees("پرسش از شهروند"))
    await officer.sees("پرسش خود")
    [(target,)] = await town.rows("SELECT target_at FROM cases")
    officer.says("کدام نیمکت است؟")
    await reporter.sees("کدام نیمکت است؟", PATIENT)
    await turned(town, 2 * DAY + HOUR)
    await reporter.sees("هنوز منتظر پاسخ شما", PATIENT)
    await turned(town, 3 * DAY)
    await reporter.sees("دوباره به کارشناس رفت", PATIENT)
    await officer.sees("پاسخ نداد", PATIENT)
    [(state, later)] = await town.rows("SELECT state, target_at FROM cases")
    assert state == "received"
    assert 5 * DAY <= later - target < 5 * DAY + 3 * HOUR
    assert count(reporter, "هنوز منتظر پاسخ شما") == 1


async def test_news_of_the_night_wait_until_the_morning(town: Town) -> None:
    reporter, officer = await reported(town)
    await turned(town, 13 * HOUR)  # eleven at night
    officer.presses("✅ می‌پذیرم")
    await officer.sees("به نام شما", PATIENT)
    held = "SELECT state FROM outbox WHERE screen LIKE '%آغاز شده است%'"
    assert await town.rows(held) == [("waiting",)]
    town.clock.turn(9 * HOUR + MINUTE)  # past eight
    town.app.schedule.wake()
    await reporter.sees("آغاز شده است", PATIENT)


async def test_what_a_colleague_has_open_is_free_again_after_the_packs_minutes(town: Town) -> None:
    _, officer = await reported(town)
    officer.presses("⋯ کارهای دیگر", await officer.sees("کارهای دیگر"))
    officer.presses("✋ برمی‌دارم", await officer.sees("برمی‌دارم"))
    await officer.sees("برداشته شد")
    await turned(town, 31 * MINUTE)
    await officer.sees("به نوبت برگشت", PATIENT)
    assert await town.rows("SELECT claimed_by, claimed_until FROM cases") == [(None, 0)]


async def test_a_late_case_is_told_once_to_who_works_on_it_and_to_its_reporter(town: Town) -> None:
    reporter, officer = await reported(town)
    for _ in range(9):
        await turned(town, DAY)
    await officer.sees("دلیل و زمان تازه را بنویسید", PATIENT)
    await reporter.sees("پوزش می‌خواهیم", PATIENT)
    assert (count(officer, "دلیل و زمان تازه"), count(reporter, "پوزش می‌خواهیم")) == (1, 1)
    assert await town.rows("SELECT count(*) FROM events WHERE kind = 'late'") == [(1,)]
