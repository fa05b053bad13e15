"""An official's day: from the alert to "done" in four acts, the next case at hand, and what goes wrong in between."""

from __future__ import annotations

from dataclasses import replace

from bot.sandbox.message import Button
from tests.acting import SQUARE, bare, files, hires, settled
from tests.scenarios.people import Counting, picture
from tests.town import Town

PATIENT = 30.0
BENCH, SENTENCE = "park_facility", "نیمکت شکسته با نیمکت تازه عوض شد."
WHY = "این نیمکت در پیاده‌رو است و با عمران است."


async def test_five_cases_are_accepted_and_done_with_a_picture_in_at_most_four_acts_each(town: Town) -> None:
    officer = Counting(await hires(town, "officer_parks", "officer", "green"))
    reporters = [await town.newcomer(f"reporter {number}", "bale") for number in range(5)]
    for number, reporter in enumerate(reporters):
        apart = replace(SQUARE, lat=35.16 + number / 500)
        await files(town, reporter, f"نیمکت {number} شکسته است", category=BENCH, place=apart)
    await settled(town)
    officer.person.unread.clear()
    for number in range(5):
        before = officer.acts
        officer.taps += 1
        officer.person.types_key("میز کار") if number == 0 else officer.person.presses("▶️ بعدی")
        if number == 0:
            officer.taps += 1
            officer.person.presses("▶️ بعدی", await officer.person.sees("تازه‌ها"))
        officer.taps += 1
        officer.person.presses("✅ می‌پذیرم", await officer.person.sees("می‌پذیرم", PATIENT))
        officer.taps += 1
        officer.person.presses("✅ انجام شد", await officer.person.sees("انجام شد", PATIENT))
        await officer.person.sees("عکس پس از کار", PATIENT)
        officer.messages += 1
        officer.person.sends_photo(picture((180, 200, 150)), SENTENCE)
        await officer.person.sees("برای نظر شهروند رفت", PATIENT)
        assert officer.acts - before <= (5 if number == 0 else 4)  # the desk is opened once
    for reporter in reporters:
        await reporter.sees("مشکل حل شد؟", PATIENT)
    assert await town.rows("SELECT state, count(*) FROM cases GROUP BY state") == [("done", 5)]


async def test_from_the_alert_itself_it_takes_four_acts(town: Town) -> None:
    officer = Counting(await hires(town, "officer_parks", "officer", "green"))
    await files(town, await town.newcomer("reporter", "bale"), category=BENCH)
    await officer.person.sees("دیدن گزارش")
    await officer.tap("دیدن گزارش")
    await officer.tap("✅ می‌پذیرم")
    await officer.tap("✅ انجام شد")
    await officer.photo(SENTENCE)
    await officer.person.sees("برای نظر شهروند رفت")
    assert officer.acts == 4


async def test_two_officers_press_at_once_and_the_slower_one_is_told_by_whom(town: Town) -> None:
    first = await hires(town, "officer_parks", "officer", "green")
    second = await hires(town, "manager_parks", "manager", "green")
    await files(town, await town.newcomer("reporter", "bale"), category=BENCH)
    for person in (first, second):
        person.presses("دیدن گزارش", await person.sees("دیدن گزارش"))
    cards = [await person.sees("می‌پذیرم") for person in (first, second)]
    first.presses("✅ می‌پذیرم", cards[0])
    await first.sees("به نام شما")
    second.presses("✅ می‌پذیرم", cards[1])
    stale = await second.sees("همین حالا این گزارش را تغییر داد")
    assert "officer_parks" in stale.text
    assert stale.id == cards[1].id  # the card itself, anew
    [(holders,)] = await town.rows("SELECT count(*) FROM events WHERE kind = 'started'")
    assert holders == 1


async def test_a_referral_is_taken_back_within_the_minute_and_the_citizen_hears_that_it_was_a_mistake(
    town: Town,
) -> None:
    officer = await hires(town, "officer_parks", "officer", "green")
    await hires(town, "officer_roads", "officer", "civil")
    reporter = await town.newcomer("reporter", "bale")
    await files(town, reporter, category=BENCH)
    officer.presses("دیدن گزارش", await officer.sees("دیدن گزارش"))
    officer.presses("↪️ ارجاع", await officer.sees("ارجاع"))
    officer.presses("عمران و امور فنی", await officer.sees("به کدام واحد؟"))
    await officer.sees("دلیل ارجاع")
    officer.says(WHY)
    undo = await officer.sees("پس گرفتن")
    await reporter.sees("عمران و امور فنی", PATIENT)
    officer.presses("↩️ پس گرفتن", undo)
    await officer.sees("برگشت")
    await reporter.sees("اشتباه بود", PATIENT)
    assert await town.rows("SELECT state, desk, referrals FROM cases") == [("received", "green", 0)]


async def test_after_the_minute_nothing_is_taken_back(town: Town) -> None:
    officer = await hires(town, "officer_parks", "officer", "green")
    await files(town, await town.newcomer("reporter", "bale"), category=BENCH)
    officer.presses("دیدن گزارش", await officer.sees("دیدن گزارش"))
    officer.presses("✅ می‌پذیرم", await officer.sees("می‌پذیرم"))
    undo = await officer.sees("پس گرفتن")
    town.clock.turn(61_000)
    officer.presses("↩️ پس گرفتن", undo)
    await officer.sees("یک دقیقه گذشته است")
    assert await town.rows("SELECT state FROM cases") == [("in_progress",)]


async def test_an_empty_phrase_is_challenged_once_and_may_be_sent_all_the_same(town: Town) -> None:
    officer = await hires(town, "officer_parks", "officer", "green")
    reporter = await town.newcomer("reporter", "bale")
    await files(town, reporter, category=BENCH)
    officer.presses("دیدن گزارش", await officer.sees("دیدن گزارش"))
    officer.presses("✅ می‌پذیرم", await officer.sees("می‌پذیرم"))
    officer.presses("✅ انجام شد", await officer.sees("انجام شد"))
    await officer.sees("عکس پس از کار")
    officer.sends_photo(picture((180, 200, 150)), "اقدام لازم به عمل آمد. با تشکر")
    challenged = await officer.sees("پاسخ کلی است")
    assert await town.rows("SELECT state FROM cases") == [("in_progress",)]
    officer.presses("📨 همین فرستاده شود", challenged)
    await officer.sees("برای نظر شهروند رفت")
    await reporter.sees("اقدام لازم به عمل آمد", PATIENT)


async def test_a_ready_sentence_is_one_tap(town: Town) -> None:
    officer = await hires(town, "officer_parks", "officer", "green")
    reporter = await town.newcomer("reporter", "bale")
    await files(town, reporter, category=BENCH)
    officer.presses("دیدن گزارش", await officer.sees("دیدن گزارش"))
    officer.presses("✅ می‌پذیرم", await officer.sees("می‌پذیرم"))
    officer.presses("✅ انجام شد", await officer.sees("انجام شد"))
    await officer.sees("عکس پس از کار")
    officer.sends_photo(picture((180, 200, 150)))
    asked = await officer.sees("در یک جمله")
    label = asked.buttons[0]
    officer.presses(label, asked)
    await officer.sees("برای نظر شهروند رفت")
    words = next(each for each in town.app.city.pack.answers.listed.values() if each.label("fa") == label)
    assert words.words("fa") in (await reporter.sees("توضیح کارشناس", PATIENT)).text


async def test_what_cannot_be_done_is_told_with_its_reason_and_reviewed_by_somebody_else(town: Town) -> None:
    officer = await hires(town, "officer_parks", "officer", "green")
    manager = await hires(town, "manager_parks", "manager", "green")
    reporter = await town.newcomer("reporter", "bale")
    await files(town, reporter, category=BENCH)
    officer.presses("دیدن گزارش", await officer.sees("دیدن گزارش"))
    officer.presses("⋯ کارهای دیگر", await officer.sees("کارهای دیگر"))
    officer.presses("⛔️ شدنی نیست", await officer.sees("شدنی نیست"))
    officer.presses("اعتبار ندارد", await officer.sees("چرا شدنی نیست؟"))
    await officer.sees("چه چیزی مانع است")
    officer.says("اعتبار خرید نیمکت امسال تمام شده است.")
    officer.presses("روز معلوم نیست", await officer.sees("چه روزی دوباره"))
    await officer.sees("تصمیم ثبت شد")
    told = await reporter.sees("اعتبار خرید نیمکت", PATIENT)
    reporter.presses("⚖️ بازبینی می‌خواهم", told)
    await reporter.sees("بازبینی گزارش")
    reporter.says("نیمکت پارک کناری همین ماه خریده شد")
    await reporter.sees("اضافه شد")
    manager.presses("دیدن گزارش", await manager.sees("نمی‌پذیرد", PATIENT))
    card = await manager.sees("تصمیم می‌ماند", PATIENT)
    [(case, version)] = await town.rows("SELECT id, version FROM cases")
    officer.presses(Button("own", f"v-move:{version}:{case}.change"))
    await officer.sees("شدنی نیست", PATIENT)  # the author is not the judge
    manager.presses("دوباره باز شود", card)
    await reporter.sees("حق با شما بود", PATIENT)
    assert await town.rows("SELECT state, reopened FROM cases") == [("reopened", 1)]


async def test_plain_words_after_a_question_are_the_answer(town: Town) -> None:
    officer = await hires(town, "officer_parks", "officer", "green")
    reporter = await town.newcomer("reporter", "bale")
    await files(town, reporter, category=BENCH)
    officer.presses("دیدن گزارش", await officer.sees("دیدن گزارش"))
    officer.presses("❓ پرسش از شهروند", await officer.sees("پرسش از شهروند"))
    await officer.sees("پرسش خود")
    officer.says("کدام نیمکت است؟")
    await reporter.sees("کدام نیمکت است؟", PATIENT)
    reporter.says("همان که کنار حوض است")
    await reporter.sees("پاسخ شما به گزارش")
    await officer.sees("کنار حوض", PATIENT)
    assert await town.rows("SELECT state, count(*) FROM cases") == [("received", 1)]


async def test_a_citizen_who_sends_a_picture_after_a_question_is_asked_which_report_they_mean(town: Town) -> None:
    officer = await hires(town, "officer_parks", "officer", "green")
    reporter = await town.newcomer("reporter", "bale")
    await files(town, reporter, category=BENCH)
    officer.presses("دیدن گزارش", await officer.sees("دیدن گزارش"))
    officer.presses("❓ پرسش از شهروند", await officer.sees("پرسش از شهروند"))
    await officer.sees("پرسش خود")
    officer.says("کدام نیمکت است؟")
    await reporter.sees("کدام نیمکت است؟", PATIENT)
    reporter.sends_photo(picture(), "همان که کنار حوض است")
    reporter.presses("ادامهٔ همان است", await reporter.sees("ادامهٔ گزارش"))
    await reporter.sees("پاسخ شما به گزارش")
    assert "کنار حوض" in bare(await officer.sees("پاسخ شهروند", PATIENT))
    assert await town.rows("SELECT state, count(*) FROM cases") == [("received", 1)]
