"""One case and six people on two platforms: routed, referred twice, asked about, said to be done, judged, done, solved.

What each of them read is compared whole at the end: nobody was told too little, and nobody too much.
"""

from __future__ import annotations

import re

from bot.sandbox.message import Message
from bot.sandbox.person import Person
from tests.acting import bare, files, hires, settled
from tests.scenarios.people import picture
from tests.town import Town

FIRST, SECOND = "چراغ و پایهٔ نیمکت کنار آب‌نما تعمیر شد.", "پایهٔ نیمکت دوم هم با دو پیچ تازه محکم شد."
PATIENT = 30.0  # seconds: who writes faster than people do waits for what is told beside
WHY = "این نیمکت در محدودهٔ پارک است و با واحد ما نیست."


def heads(person: Person, since: int = 0) -> list[str]:
    """The first line of everything that the bot said to somebody, the case's code taken out."""
    lines = [bare(message).replace("\u200f", "").strip().split("\n")[0] for message in person.inbox[since:]]
    return [" ".join(re.sub(r"\d+", "#", line).split()) or "(file)" for line in lines]


async def opens(person: Person, under: str = "") -> Message:
    """Open the case from the newest message that names it."""
    message = await person.sees(under or "دیدن گزارش", PATIENT)
    person.presses("دیدن گزارش", message)
    return await person.sees("کارهای دیگر")


async def refers(person: Person, department: str) -> None:
    await opens(person)
    person.presses("↪️ ارجاع")
    await person.sees("به کدام واحد؟")
    person.presses(department)
    await person.sees("دلیل ارجاع")
    person.says(WHY)
    await person.sees(department)


async def works(person: Person, sentence: str) -> None:
    """Accept, and say that it is done, with the picture and the sentence in one message."""
    person.presses("✅ می‌پذیرم")
    await person.sees("به نام شما")
    person.presses("✅ انجام شد")
    await person.sees("عکس پس از کار")
    person.sends_photo(picture((200, 200, 150)), sentence)
    await person.sees("برای نظر شهروند رفت")


async def test_the_whole_life_of_a_case_with_what_everybody_read(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    roads = await hires(town, "officer_roads", "officer", "civil", channel="bale")
    services = await hires(town, "officer_services", "officer", "services")
    parks = await hires(town, "officer_parks", "officer", "green", channel="bale")
    manager = await hires(town, "manager_parks", "manager", "green")
    reporter = await town.newcomer("reporter", "bale")
    await settled(town)
    people = {
        "reporter": reporter,
        "dispatcher": dispatcher,
        "roads": roads,
        "services": services,
        "parks": parks,
        "manager": manager,
    }
    before = {name: len(person.inbox) for name, person in people.items()}

    await files(town, reporter, "نیمکت شکسته", category="other")
    await opens(dispatcher)
    dispatcher.presses("↪️ ارجاع")
    await dispatcher.sees("به کدام واحد؟")
    dispatcher.presses("عمران و امور فنی")
    await dispatcher.sees("عمران و امور فنی")
    await refers(roads, "خدمات شهری")
    await refers(services, "پارک‌ها و فضای سبز")
    await opens(parks)
    parks.presses("❓ پرسش از شهروند")
    await parks.sees("پرسش خود از شهروند")
    parks.says("کدام نیمکت است؟")
    await parks.sees("پرسش فرستاده شد")
    reporter.presses("✍️ پاسخ می‌دهم", await reporter.sees("کدام نیمکت است؟", PATIENT))
    await reporter.sees("بفرستید")
    reporter.says("نیمکت کنار آب‌نما")
    await opens(parks, "پاسخ شهروند")
    await works(parks, FIRST)
    asked = await reporter.sees("مشکل حل شد؟", PATIENT)
    reporter.presses("🌓 نیمه‌کاره ماند", asked)
    await reporter.sees("دوباره باز شد")
    await opens(manager, "نیمه‌کاره")
    manager.presses("⋯ کارهای دیگر")
    manager.presses("👥 سپردن به همکار", await manager.sees("سپردن"))
    manager.presses("officer_parks", await manager.sees("به کدام همکار؟"))
    await manager.sees("سپرده شد")
    await opens(parks, "به شما سپرد")
    await works(parks, SECOND)
    asked = await reporter.sees("مشکل حل شد؟", PATIENT)
    reporter.presses("✅ حل شد", asked)
    await reporter.sees("پایان یافت")
    reporter.presses("۵")
    reporter.presses("نه، همین بس است", await reporter.sees("یک جمله هم بنویسید"))
    await reporter.sees("سپاس از نظر شما")
    await settled(town)

    read = {name: heads(person, before[name]) for name, person in people.items()}
    assert read == EXPECTED
    assert await town.rows("SELECT state, closed_how, referrals, reopened FROM cases") == [("closed", "agreed", 2, 1)]
    kinds = [kind for (kind,) in await town.rows("SELECT kind FROM events ORDER BY id")]
    first = ["filed", "referred", "referred", "referred", "asked", "added", "answered", "started", "done", "half"]
    assert kinds == [*first, "handed", "started", "done", "agreed", "rated"]


CARD, FILES = "# # — موضوع نامعلوم", "(file)"
HALF = "🌓 شهروند می‌گوید # # (موضوع نامعلوم) نیمه‌کاره مانده است."
WHERE_TO, WHY_SO = "به کدام واحد؟", "دلیل ارجاع را بنویسید؛ واحد بعدی آن را می‌بیند."
PHOTO = "عکس پس از کار را بفرستید؛ همه آن را می‌بینند. چهره و پلاک در آن نباشد."
JUDGED = "# # برای نظر شهروند رفت. تا پاسخ او «بسته» شمرده نمی‌شود."
DONE = ["شهرداری می‌گوید کار گزارش # # انجام شده است.", "عکس پس از کار", "شما که دیده‌اید بگویید: مشکل حل شد؟"]
# Alerts and cards change in place: what stands here is how they ended.
EXPECTED: dict[str, list[str]] = {
    "reporter": [
        "گزارش # # به «عمران و امور فنی» رسید.",
        "گزارش # # به «خدمات شهری» رسید.",
        "گزارش # # به «پارک‌ها و فضای سبز» رسید.",
        "پرسش کارشناس دربارهٔ گزارش # #:",
        "توضیح، عکس یا صدای تازه را بفرستید.",
        "پاسخ شما به گزارش # # اضافه شد.",
        "کار گزارش # # آغاز شده است.",
        *DONE,
        "گزارش # # با همان کد دوباره باز شد.",
        "کار گزارش # # آغاز شده است.",
        *DONE,
        "سپاس از نظر شما.",
    ],
    "dispatcher": [FILES, CARD, "# # به عمران و امور فنی رفت."],
    "roads": [FILES, CARD, WHERE_TO, WHY_SO, "# # به خدمات شهری رفت."],
    "services": [FILES, CARD, WHERE_TO, WHY_SO, "# # به پارک‌ها و فضای سبز رفت."],
    "parks": [
        *(FILES, CARD),
        "پرسش خود از شهروند را بنویسید. مهلت تا پاسخ او می‌ایستد، تا # روز.",
        "پرسش فرستاده شد. مهلت # # ایستاد.",
        "پاسخ شهروند دربارهٔ # #:",
        *(FILES, CARD, PHOTO, JUDGED, HALF),
        "👥 manager_parks گزارش # # (موضوع نامعلوم) را به شما سپرد.",
        *(FILES, CARD, PHOTO, JUDGED),
        "✅ شهروند انجام # # را تأیید کرد.",
    ],
    "manager": [
        *(FILES, "↪️ این نیمکت در محدودهٔ پارک است و با واحد ما نیست."),
        "پاسخ شهروند دربارهٔ # #:",
        *(HALF, FILES, CARD, "# # به officer_parks سپرده شد."),
    ],
}
