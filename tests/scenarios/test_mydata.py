"""My data: asked for as a file, and forgotten wherever it lay."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.actions.erase import want_export
from bot.actions.link import make_code
from bot.clock import DAY, HOUR
from bot.errors import Refused
from bot.sandbox.person import Person
from bot.store.tables import metadata
from tests.acting import acting, files, hires, settled
from tests.town import Town

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])
SECRETS = ("نارنجستان", "کوچهٔ زنبق", "انارفروش")


async def to_data(person: Person) -> None:
    """Goes to "my data" by the menu."""
    person.types_key("تنظیمات")
    person.presses("اطلاعات من", await person.sees("اطلاعات من"))
    await person.sees("می‌گیرید یا پاک می‌کنید")


async def deletes(town: Town, person: Person) -> None:
    """Asks for the deletion and means it."""
    await to_data(person)
    person.presses("پاک‌کردن اطلاعات")
    await person.sees("اطلاعات شما پاک شود")
    await settled(town)
    person.presses("پاک‌کردن اطلاعات")
    await rows_of(town, "SELECT 1 FROM people WHERE erased_at > 0")


async def rows_of(town: Town, sql: str, number: int = 1) -> None:
    """Until so many rows are there."""
    async with asyncio.timeout(5):
        while len(await town.rows(sql)) < number:  # noqa: ASYNC110 - a database tells nobody
            await asyncio.sleep(0.01)


async def found(town: Town, *strings: str) -> list[str]:
    """The tables in which any of these strings stands."""
    tables = {table.name: str(await town.rows(f"SELECT * FROM {table.name}")) for table in metadata.sorted_tables}
    return [name for name, rows in tables.items() if any(each in rows for each in strings)]


@BOTH
async def test_asking_twice_makes_one_file(town: Town, channel: str) -> None:
    citizen = await town.newcomer("citizen", channel)
    await to_data(citizen)
    export = citizen.last
    citizen.presses("گرفتن اطلاعات", export)
    await citizen.sees("به‌صورت فایل می‌آید")
    assert await town.rows("SELECT count(*) FROM wanted WHERE kind = 'export'") == [(1,)]


async def test_who_asks_again_at_once_fills_no_disk_with_the_same_file(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    await to_data(citizen)
    asked = citizen.last
    citizen.presses("گرفتن اطلاعات", asked)
    await citizen.sees("در این فایل است", within=15)
    async with acting(town, citizen) as work:
        with pytest.raises(Refused):
            await want_export(work)
    town.clock.turn(HOUR)
    async with acting(town, citizen) as work:
        await want_export(work)
    assert await town.rows("SELECT count(*) FROM wanted WHERE kind = 'export'") == [(2,)]


async def test_a_file_of_a_cancelled_report_does_not_stay_and_those_of_others_do(town: Town, tmp_path: Path) -> None:
    await hires(town, "dispatcher", "dispatcher")
    people = [await town.newcomer(name) for name in ("cancels", "writes", "drafts")]
    for number, person in enumerate(people):
        if number == 1:
            person.types_key("تنظیمات")
            person.presses("پیام به کارشناس", await person.sees("پیام به کارشناس"))
            await person.answer()
        person.sends_document(b"%PDF-1.4 of " + person.first_name.encode(), "plan.pdf")
        await person.answer()
    await rows_of(town, "SELECT 1 FROM attachments WHERE state = 'stored'", 3)
    people[0].says("/cancel")
    await people[0].sees("لغو شد")
    town.clock.turn(8 * DAY + HOUR)
    await town.app.schedule.forget()
    await rows_of(town, "SELECT 1 FROM wanted WHERE kind = 'erase' AND state = 'done'")
    left = {path.read_bytes() for path in (tmp_path / "files").glob("??/*")}
    assert left == {b"%PDF-1.4 of writes", b"%PDF-1.4 of drafts"}
    assert await town.rows("SELECT state, sha256, name FROM attachments WHERE state <> 'stored'") == [
        ("dropped", "", "")
    ]


@BOTH
async def test_after_deleting_nothing_of_the_person_is_found_anywhere(town: Town, channel: str) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    citizen = await town.newcomer("citizen", channel)
    filed = await files(town, citizen, f"چراغ {SECRETS[0]} خاموش است")
    await dispatcher.sees(SECRETS[0])
    citizen.types_key("تنظیمات")
    await citizen.answer()
    citizen.presses("پیام به کارشناس")
    await citizen.answer()
    citizen.says(f"من کنار {SECRETS[1]} هستم")
    await dispatcher.sees(SECRETS[1])
    await citizen.sees("رسید")
    citizen.says(f"آسفالت جلوی {SECRETS[2]} خراب است")
    await citizen.answer()
    assert await found(town, *SECRETS)
    await deletes(town, citizen)
    await settled(town)
    assert await found(town, *SECRETS, str(citizen.id)) == []
    assert await town.rows("SELECT state, category, area FROM cases WHERE code = ?", filed.code) == [
        ("received", "street_light", "center")
    ]
    assert await town.rows("SELECT count(*) FROM events") == [(1,)]


@BOTH
async def test_the_deletion_is_told_without_a_row(town: Town, channel: str) -> None:
    citizen = await town.newcomer("citizen", channel)
    citizen.old_client = channel == "bale"
    await deletes(town, citizen)
    if channel == "bale":
        await citizen.sees("اطلاعات شما پاک شد")
    else:
        await settled(town)
        while not citizen.toasts:  # noqa: ASYNC110 - a phone tells of no toast
            await asyncio.sleep(0.01)
        assert "اطلاعات شما پاک شد" in citizen.toasts[-1]


async def test_a_second_tap_leaves_no_trace_either(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    await deletes(town, citizen)
    citizen.presses("پاک‌کردن اطلاعات")
    await rows_of(town, "SELECT 1 FROM people WHERE erased_at > 0", 2)
    assert await found(town, str(citizen.id)) == []


async def test_deleting_takes_failed_updates_along(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    other = await town.newcomer("other")
    sent = {"message_id": 1, "date": 1, "chat": {"id": citizen.id, "type": "private"}, "text": SECRETS[0]}
    for person in (citizen, other):
        person.raw({"message": sent | {"from": {"id": person.id, "is_bot": "no"}, "photo": "no list"}})
    await rows_of(town, "SELECT 1 FROM failed_updates", 2)
    await citizen.sees("مشکلی در سامانه")
    await deletes(town, citizen)
    assert len(await town.rows("SELECT 1 FROM failed_updates")) == 1


async def test_officials_are_told_that_their_access_goes_too(town: Town) -> None:
    official = await hires(town, "official", "dispatcher")
    await to_data(official)
    official.presses("پاک‌کردن اطلاعات")
    await official.sees("دسترسی همکاری شما هم")
    await deletes(town, official)
    assert await town.rows("SELECT count(*) FROM roles WHERE revoked_at = 0") == [(0,)]


async def test_whoever_says_no_keeps_everything(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    await to_data(citizen)
    citizen.presses("پاک‌کردن اطلاعات")
    await citizen.answer()
    citizen.presses("نه")
    await citizen.sees("تنظیمات و راهنما")
    assert await town.rows("SELECT count(*) FROM accounts") == [(1,)]


async def test_whoever_comes_back_is_met_as_a_newcomer(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    await files(town, citizen)
    await deletes(town, citizen)
    citizen.types_key("گزارش‌های من")
    await citizen.sees("هنوز گزارشی")
    citizen.starts()
    await citizen.sees("Please choose your language.")


@BOTH
async def test_the_file_comes_by_itself(town: Town, channel: str) -> None:
    citizen = await town.newcomer("citizen", channel)
    await files(town, citizen)
    await to_data(citizen)
    citizen.presses("گرفتن اطلاعات")
    file = await citizen.sees("در این فایل است", within=15)
    assert file.media is not None
    assert file.media.kind == "document"


async def test_stored_files_go_with_the_rest(town: Town, tmp_path: Path) -> None:
    citizen = await town.newcomer("citizen")
    citizen.sends_document(b"%PDF-1.4 nothing in it", "plan.pdf", caption="آسفالت کوچه ما خراب شده است")
    await rows_of(town, "SELECT 1 FROM attachments WHERE state = 'stored'")
    ((sha256,),) = await town.rows("SELECT sha256 FROM attachments")
    stored = tmp_path / "files" / sha256[:2] / sha256
    assert stored.exists()
    await citizen.answer()
    await deletes(town, citizen)
    await rows_of(town, "SELECT 1 FROM wanted WHERE kind = 'erase' AND state = 'done'")
    assert not stored.exists()
    assert await found(town, sha256, "plan.pdf") == []


async def test_deleting_reaches_the_other_messenger_too(town: Town) -> None:
    here, there = await town.newcomer("here"), await town.newcomer("there", "bale")
    await files(town, there)
    async with acting(town, here) as work:
        code = make_code(work, town.app.city)
    there.says(code)
    there.presses("بله", await there.sees("یکی شود"))
    await there.sees("یکی شد")
    await deletes(town, here)
    assert await found(town, str(here.id), str(there.id)) == []
    there.starts()
    await there.sees("Please choose your language.")


async def test_who_deletes_their_data_does_not_get_new_guesses_for_everybody(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    citizen.types_key("گزارش‌های من")
    citizen.presses("کد دیگری دارم", await citizen.sees("کد دیگری دارم"))
    await citizen.answer()
    citizen.says(wrong_code(town))
    await rows_of(town, "SELECT 1 FROM guesses")
    await deletes(town, citizen)
    assert await town.rows("SELECT count(*) FROM guesses") == [(1,)]


def wrong_code(town: Town) -> str:
    """A code with a right check digit that no case has."""
    return town.app.city.codes.code(8_000_000)


async def test_the_last_admin_is_shown_the_one_way_out(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    await to_data(admin)
    admin.presses("پاک‌کردن اطلاعات")
    await admin.sees("اطلاعات شما پاک شود")
    await settled(town)
    admin.presses("پاک‌کردن اطلاعات")
    told = await admin.sees("تنها مدیر این سامانه")
    assert "➕ دعوت" in told.buttons
    assert await town.rows("SELECT count(*) FROM roles WHERE revoked_at = 0") == [(1,)]
