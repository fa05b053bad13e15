"""What is wrong with a report is put right under the same code, and its reporter is told once."""

from __future__ import annotations

from bot.sandbox.person import Person
from bot.store import tables
from tests.acting import files, hires
from tests.scenarios.people import CENTRE
from tests.town import Town

PATIENT = 30.0
BENCH = "park_facility"


async def repairs(person: Person) -> None:
    """Open the page of repairs of the newest card."""
    person.presses("دیدن گزارش", await person.sees("دیدن گزارش", PATIENT))
    person.presses("⋯ کارهای دیگر", await person.sees("کارهای دیگر"))
    person.presses("🛠 اصلاح گزارش", await person.sees("اصلاح گزارش"))
    await person.sees("تغییر موضوع")


async def test_a_wrong_topic_costs_the_citizen_nothing_and_the_right_desk_has_it(town: Town) -> None:
    parks = await hires(town, "officer_parks", "officer", "green")
    roads = await hires(town, "officer_roads", "officer", "civil", channel="bale")
    reporter = await town.newcomer("reporter", "bale")
    await files(town, reporter, "وسط خیابان چاله است", category=BENCH)
    await repairs(parks)
    parks.presses("🗂 تغییر موضوع")
    asked = await parks.sees("موضوع درست کدام است؟")
    parks.presses(next(label for label in asked.buttons if "چاله" in label), asked)
    await parks.sees("شهروند خبر گرفت")
    assert "چاله" in (await reporter.sees("تغییر کرد", PATIENT)).text
    await roads.sees("🆕", PATIENT)
    assert await town.rows("SELECT category, desk, state, referrals FROM cases") == [
        ("pothole", "civil", "received", 0)
    ]


async def test_the_place_is_corrected_with_a_pin(town: Town) -> None:
    parks = await hires(town, "officer_parks", "officer", "green")
    await files(town, await town.newcomer("reporter", "bale"), category=BENCH)
    await repairs(parks)
    parks.presses("📍 اصلاح جا")
    await parks.sees("جای درست")
    parks.sends_pin(*CENTRE)
    await parks.sees("اصلاح شد")
    assert await town.rows("SELECT lat, lon FROM cases") == [CENTRE]


async def test_urgent_brings_the_target_nearer_and_can_be_taken_back(town: Town) -> None:
    parks = await hires(town, "officer_parks", "officer", "green")
    await files(town, await town.newcomer("reporter", "bale"), category=BENCH)
    [(before,)] = await town.rows("SELECT target_at FROM cases")
    await repairs(parks)
    parks.presses("🔴 فوری است")
    undo = await parks.sees("فوری شد")
    [(urgent, target)] = await town.rows("SELECT urgent, target_at FROM cases")
    assert urgent
    assert target < before
    parks.presses("↩️ پس گرفتن", undo)
    await parks.sees("برگشت")
    assert await town.rows("SELECT urgent, target_at FROM cases") == [(0, before)]


async def test_hidden_words_are_seen_on_no_card_and_found_by_no_search(town: Town) -> None:
    parks = await hires(town, "officer_parks", "officer", "green")
    await files(town, await town.newcomer("reporter", "bale"), "شماره همسایه روی نیمکت نوشته شده", category=BENCH)
    await repairs(parks)
    parks.presses("🙈 پنهان‌کردن متن")
    card = await parks.sees("متن پنهان شده است")
    assert "همسایه" not in card.text
    parks.types_key("میز کار")
    parks.presses("🔎 جست‌وجو", await parks.sees("جست‌وجو", PATIENT))
    await parks.sees("بنویسید", PATIENT)
    parks.says("همسایه")
    await parks.sees("چیزی پیدا نشد", PATIENT)


async def test_consented_words_count_as_public_only_after_somebody_looked_through_them(town: Town) -> None:
    parks = await hires(town, "officer_parks", "officer", "green")
    reporter = await town.newcomer("reporter", "bale")
    filed = await files(town, reporter, category=BENCH)
    async with town.app.store.unit() as unit:
        work = await unit.work()
        work.set(tables.cases, filed.id, public=True)
        unit.merge(work)
        await town.app.store.commit(unit)
    await repairs(parks)
    assert await town.rows("SELECT public, published FROM cases") == [(1, 0)]
    parks.presses("🔒 منتشر نشود")
    await parks.sees("چرا منتشر نشود؟")
    parks.says("پلاک خودروی همسایه در عکس پیداست.")
    await parks.sees("منتشر نمی‌شود")
    await reporter.sees("پلاک خودروی همسایه", PATIENT)
    assert await town.rows("SELECT public, published FROM cases") == [(0, 0)]
