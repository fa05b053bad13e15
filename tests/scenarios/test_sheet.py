"""A list to take along: made after the commit, with the rights of that moment, and nothing of who reported."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest

from bot.actions.lists import want_sheet
from bot.errors import Refused
from bot.sandbox.message import Message
from bot.sandbox.person import Person
from tests.acting import acting, files, hires, revokes
from tests.faults.sheets import opened
from tests.scenarios.test_phone_report import NUMBER, at_the_desk, entered
from tests.town import Town

Table = list[list[str]]


async def sheet_of(person: Person) -> tuple[bytes, Table]:
    """The file that comes, and what its cells show."""
    while not (message := await person.answer(within=10)).media:
        pass
    content = _content(person, message)
    rows = opened(io.BytesIO(content)).iter_rows()
    return content, [["" if cell.value is None else str(cell.value) for cell in row] for row in rows]


def _content(person: Person, message: Message) -> bytes:
    assert message.media is not None
    return person.platform.bot.files[message.media.file_id].content


@pytest.mark.parametrize("channel", ["telegram", "bale"])
async def test_the_list_of_new_cases_comes_as_a_sheet(town: Town, channel: str) -> None:
    reporter = await town.newcomer("reporter")
    filed = await files(town, reporter, '=HYPERLINK("http://x.ir";"چراغ")')
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel=channel)
    await at_the_desk(dispatcher)
    await entered(dispatcher)
    dispatcher.types_key("🗂 میز کار")
    await dispatcher.sees("🆕 تازه‌ها")
    dispatcher.presses("🆕 تازه‌ها")
    await dispatcher.sees("گزارش‌های تازه")
    dispatcher.presses("📄 خروجی اکسل")
    await dispatcher.sees("فایل آماده می‌شود")
    content, table = await sheet_of(dispatcher)
    assert table[0][:3] == ["کد", "موضوع", "محدوده"]
    assert {row[0] for row in table[1:]} == {code for (code,) in await town.rows("SELECT code FROM cases")}
    words = next(row[5] for row in table if row[0] == filed.code)
    assert words == '=HYPERLINK("http://x.ir";"چراغ")'
    assert "/" in table[1][6]
    archive = ZipFile(io.BytesIO(content))
    assert not any(NUMBER.encode() in archive.read(name) for name in archive.namelist())


async def test_what_was_found_comes_as_a_sheet_of_what_the_official_may_see(town: Town) -> None:
    inspection = await hires(town, "inspection", "officer", "inspection", channel="bale")
    reporter = await town.newcomer("reporter")
    await files(town, reporter, "رفتار تند در اتاق هفت", "staff_service")
    inspection.types_key("🗂 میز کار")
    await inspection.sees("🔎 جست‌وجو")
    inspection.presses("🔎 جست‌وجو")
    await inspection.sees("کد، واژه، محدوده")
    inspection.says("اتاق هفت")
    await inspection.sees("نتیجه‌ها")
    inspection.presses("📄 خروجی اکسل")
    _, table = await sheet_of(inspection)
    assert len(table) == 2
    assert "محرمانه" in table[1]
    assert "رفتار تند در اتاق هفت" not in str(table)


async def test_who_has_no_role_any_more_gets_nothing(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    await files(town, reporter)
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    await revokes(town, dispatcher)
    async with acting(town, dispatcher) as work:
        await want_sheet(work, {"list": "new"})
    while await town.rows("SELECT 1 FROM wanted WHERE state = 'wanted'"):
        await town.clock.sleep(0.01)
    assert await town.rows("SELECT state FROM wanted") == [("failed",)]
    assert await town.rows("SELECT count(*) FROM attachments") == [(0,)]


async def test_one_at_a_time(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    town.app.media.makers.pop("list")
    async with acting(town, dispatcher) as work:
        await want_sheet(work, {"list": "new"})
    async with acting(town, dispatcher) as work:
        with pytest.raises(Refused):
            await want_sheet(work, {"list": "new"})
