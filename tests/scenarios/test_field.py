"""Work in the street: what is nearest, the next after each that is done, and nothing asked twice on a weak network."""

from __future__ import annotations

import pytest

from bot.clock import MINUTE
from bot.domain.draft import Place
from bot.sandbox.message import Message
from bot.sandbox.person import Person
from tests.acting import bare, files, hires, settled
from tests.scenarios.people import picture
from tests.town import Town

HERE = (35.1667, 47.8047)
SENTENCE = "چالهٔ کوچه پر و آسفالت آن صاف شد."
WHITE = (250, 250, 250)


def away(metres: int) -> Place:
    """So far north of where the officer stands."""
    return Place(HERE[0] + metres / 111_195, HERE[1], area="center")


async def crew(town: Town, *metres: int, channel: str = "telegram") -> tuple[Person, Person]:
    """An officer of the roads, and a reporter whose holes lie so far from there."""
    officer = await hires(town, "officer", "officer", "civil", channel)
    reporter = await town.newcomer("reporter", "bale" if channel == "telegram" else "telegram")
    for number in metres:
        await files(town, reporter, f"چاله در {number} متری", "pothole", away(number))
    officer.types_key("🗂 میز کار")
    await officer.sees("📍 نزدیک من")
    await settled(town)
    return officer, reporter


async def near(officer: Person) -> None:
    officer.types_key("📍 نزدیک من")
    await officer.sees("موقعیت خود را بفرستید")
    officer.sends_pin(*HERE)
    await officer.sees("نزدیک‌ترین کارها")


async def done(officer: Person) -> Message:
    """The case that was opened last; answers the photo that was sent for it."""
    await officer.sees("✅ می‌پذیرم")
    officer.presses("✅ می‌پذیرم")
    await officer.sees("✅ انجام شد")
    officer.presses("✅ انجام شد")
    await officer.sees("عکس پس از کار")
    sent = officer.sends_photo(picture(), SENTENCE)
    await officer.sees("برای نظر شهروند رفت")
    return sent


@pytest.mark.parametrize("channel", ["telegram", "bale"])
async def test_the_nearest_first_and_the_next_after_it_is_done(town: Town, channel: str) -> None:
    officer, _ = await crew(town, 400, 30, 150, channel=channel)
    await near(officer)
    lines = bare(await officer.sees("متر")).split("\n\n")
    assert [line.split(" متر")[0] for line in lines] == ["1. 30", "2. 150", "3. 400"]
    assert "🗂 میز کار" in str(officer.keyboard)
    officer.presses("۱")
    await officer.sees("چاله در 30 متری")
    assert any(message.pin for message in officer.inbox)
    officer.presses("✅ می‌پذیرم")
    await officer.sees("✅ انجام شد")
    officer.presses("✅ انجام شد")
    await officer.sees("عکس پس از کار")
    officer.sends_photo(picture(), SENTENCE)
    following = await officer.sees("گزارش بعدی نزدیک شما")
    assert "150 متر" in bare(following)
    officer.presses("دیدن گزارش", following)
    await officer.sees("چاله در 150 متری")


async def test_half_an_hour_later_no_place_is_remembered(town: Town) -> None:
    officer, _ = await crew(town, 30, 150)
    await near(officer)
    await officer.sees("متر")
    officer.presses("۱")
    town.clock.turn(31 * MINUTE)
    await done(officer)
    await settled(town)
    assert not any("گزارش بعدی" in message.text for message in officer.inbox)
    assert await town.rows("SELECT draft FROM dialogues WHERE name = 'desk-spot'") == [("{}",)]


async def test_what_a_colleague_has_accepted_is_not_offered(town: Town) -> None:
    officer, _ = await crew(town, 30)
    colleague = await hires(town, "colleague", "officer", "civil")
    await near(officer)
    await officer.sees("متر")
    officer.presses("۱")
    await officer.sees("✅ می‌پذیرم")
    officer.presses("✅ می‌پذیرم")
    await officer.sees("✅ انجام شد")
    colleague.types_key("🗂 میز کار")
    await colleague.sees("📍 نزدیک من")
    colleague.presses("📍 نزدیک من")
    await colleague.sees("موقعیت خود را بفرستید")
    colleague.says("کنار پارک")
    await colleague.sees("موقعیت را با دکمهٔ پایین")
    colleague.sends_pin(*HERE)
    await colleague.sees("کار بازی نیست")


async def test_an_album_with_the_sentence_under_it_is_all_of_it(town: Town) -> None:
    officer, reporter = await crew(town, 30)
    await near(officer)
    await officer.sees("متر")
    officer.presses("۱")
    await officer.sees("✅ می‌پذیرم")
    officer.presses("✅ می‌پذیرم")
    await officer.sees("✅ انجام شد")
    officer.presses("✅ انجام شد")
    await officer.sees("عکس پس از کار")
    officer.sends_album([picture(), picture((9, 9, 9)), picture(WHITE)], SENTENCE)
    await reporter.sees(SENTENCE)
    while await town.rows("SELECT 1 WHERE (SELECT count(*) FROM attachments WHERE after = 1) < 3"):
        await town.clock.sleep(0.01)
    await settled(town)
    assert sum(bool(message.media) for message in reporter.inbox) == 3
    assert await town.rows("SELECT count(*) FROM dialogues WHERE name = 'report' AND step <> ''") == [(0,)]


async def test_the_same_photo_twice_before_the_sentence_is_one(town: Town) -> None:
    officer, reporter = await crew(town, 30)
    await near(officer)
    await officer.sees("متر")
    officer.presses("۱")
    await officer.sees("✅ می‌پذیرم")
    officer.presses("✅ می‌پذیرم")
    await officer.sees("✅ انجام شد")
    officer.presses("✅ انجام شد")
    await officer.sees("عکس پس از کار")
    sent = officer.sends_photo(picture())
    await officer.sees("در یک جمله")
    officer.sends_again(sent)
    await officer.sees("در یک جمله")
    officer.says(SENTENCE)
    await reporter.sees(SENTENCE)
    assert await town.rows("SELECT count(*) FROM attachments WHERE after = 1") == [(1,)]


async def test_what_is_sent_again_after_done_changes_nothing(town: Town) -> None:
    officer, _ = await crew(town, 30)
    await near(officer)
    await officer.sees("متر")
    officer.presses("۱")
    sent = await done(officer)
    officer.says(f" {SENTENCE} ")
    await officer.sees("پیش‌تر برای")
    officer.sends_again(sent)
    await officer.sees("پیش‌تر برای")
    assert await town.rows("SELECT count(*) FROM attachments") == [(1,)]
    assert await town.rows("SELECT count(*) FROM dialogues WHERE name = 'report' AND step <> ''") == [(0,)]


async def test_a_second_photo_after_done_is_asked_about_and_goes_to_the_citizen(town: Town) -> None:
    officer, reporter = await crew(town, 30)
    await near(officer)
    await officer.sees("متر")
    officer.presses("۱")
    await done(officer)
    await reporter.sees("مشکل حل شد؟")
    officer.sends_photo(picture(WHITE))
    await officer.sees("گزارش تازه‌ای از خود شما")
    assert await town.rows("SELECT count(*) FROM attachments") == [(1,)]
    officer.presses("➕ به همین گزارش")
    await officer.sees("اضافه شد")
    while not (await reporter.answer()).media:
        pass
    assert await town.rows("SELECT count(*) FROM attachments WHERE after = 1") == [(2,)]


async def test_a_second_sentence_after_done_is_a_note_or_a_report_of_their_own(town: Town) -> None:
    officer, _ = await crew(town, 30)
    await near(officer)
    await officer.sees("متر")
    officer.presses("۱")
    await done(officer)
    officer.says("جدول کنار آن هم لق است")
    asked = await officer.sees("گزارش تازه‌ای از خود شما")
    officer.presses("➕ به همین گزارش", asked)
    await officer.sees("اضافه شد")
    assert await town.rows("SELECT words FROM remarks WHERE part = 'words' ORDER BY id") == [
        (SENTENCE,),
        ("جدول کنار آن هم لق است",),
    ]
    officer.presses("➕ به همین گزارش", asked)
    await officer.sees("قدیمی")
    officer.says("یک چالهٔ بزرگ هم سر خیابان ما هست")
    await officer.sees("گزارش تازه‌ای از خود شما")
    officer.presses("🆕 گزارش خودم")
    await officer.sees("چاله و آسفالت")
    assert await town.rows("SELECT count(*) FROM dialogues WHERE name = 'report' AND step <> ''") == [(1,)]


async def test_danger_right_after_done_is_danger(town: Town) -> None:
    officer, _ = await crew(town, 30)
    await near(officer)
    await officer.sees("متر")
    officer.presses("۱")
    await done(officer)
    officer.says("بوی گاز شدید میاد تو کوچه")
    assert "194" in bare(await officer.sees("گاز"))


async def test_after_it_was_taken_back_the_same_may_be_sent_again(town: Town) -> None:
    officer, _ = await crew(town, 30)
    await near(officer)
    await officer.sees("متر")
    officer.presses("۱")
    await done(officer)
    officer.presses("↩️ پس گرفتن")
    await officer.sees("برگشت")
    officer.presses("✅ انجام شد")
    await officer.sees("عکس پس از کار")
    officer.sends_photo(picture(), SENTENCE)
    await officer.sees("برای نظر شهروند رفت")


async def test_a_citizen_who_writes_the_words_of_a_key_is_not_refused(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    citizen.says("نزدیک من")
    assert "از حساب شما ممکن نیست" not in (await citizen.answer()).text
