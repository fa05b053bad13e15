"""What a report is found by: what its citizen wrote of it, from filing on."""

from __future__ import annotations

from bot.actions.add import Addition, add_to_case
from bot.actions.attach import FileSent
from bot.actions.erase import erase
from bot.domain.draft import Place
from bot.store import cases, search
from bot.store.search import Sought
from bot.understand.normalise import normalise
from tests.house import STAFF, House

REPORTER, INSPECTOR = 101, 102


async def found(home: House, words: str, private: int = 0) -> list[int]:
    sought = Sought(normalise(words), least=private, most_private=private)
    rows = await home.store.read(search.FOUND_OLDER, key=cases.NEWEST, most=9, **sought.params())
    return [row.id for row in rows]


async def adds(home: House, case_id: int, addition: Addition) -> None:
    async with home.work(REPORTER) as work:
        [case] = await work.query(cases.BY_ID, case_id=case_id)
        await add_to_case(work, home.city, case, addition)


async def test_by_its_words_its_address_and_its_landmark(home: House) -> None:
    place = Place(35.1667, 47.8047, area="center", address="خیابان شهدا، پلاک ۱۲", landmark="روبه‌روی مسجد")
    filed = await home.files(REPORTER, words="چراغ‌های كوچه خاموش است", place=place)
    for typed in ("چراغ کوچه", "شهدا پلاک 12", "مسجد"):
        assert await found(home, typed) == [filed.id]


async def test_by_what_its_reporter_adds_and_still_by_the_rest(home: House) -> None:
    filed = await home.files(REPORTER, words="چراغ")
    await adds(home, filed.id, Addition("سیم‌ها لخت است"))
    await adds(home, filed.id, Addition(file=FileSent("photo", "file"), bot="telegram:1"))
    assert await found(home, "سیم لخت چراغ") == [filed.id]


async def test_a_report_on_staff_is_found_by_inspection_alone(home: House) -> None:
    await home.gives(INSPECTOR, "manager", "inspection")
    filed = await home.files(REPORTER, STAFF, words="رشوه خواست")
    assert await found(home, "رشوه") == []
    assert await found(home, "رشوه", private=1) == [filed.id]


async def test_after_its_reporter_was_forgotten_by_none_of_it(home: House) -> None:
    filed = await home.files(REPORTER, words="چراغ")
    await adds(home, filed.id, Addition("سیم"))
    async with home.work(REPORTER) as work:
        await erase(work, home.city)
    assert await found(home, "چراغ") == await found(home, "سیم") == []
    assert await found(home, "") == [filed.id]
