"""The pack is read anew while people are served: a changed text is read at once, a mistake changes nothing."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.learning import learn
from bot.sandbox.server import serve
from bot.sandbox.world import Sandbox
from bot.settings import ROOT, read_settings
from bot.store.people import STAFF
from bot.upkeep import renew
from tests.faults.service import Service
from tests.town import Town, living

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])
HELP = "عنوانِ تازهٔ این صفحه:"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return shutil.copytree(ROOT / "data" / "qorveh", tmp_path / "pack")


@contextlib.asynccontextmanager
async def serving(pack: Path, folder: Path) -> AsyncIterator[Town]:
    (home := folder / "home").mkdir()
    async with living(home, learn(pack), CITY=str(pack)) as town:
        yield town


def change(pack: Path, file: str, old: str, new: str) -> None:
    """The first `old` in the file becomes `new`."""
    text = (pack / file).read_text()
    assert old in text
    (pack / file).write_text(text.replace(old, new, 1))


def settings_title(pack: Path) -> str:
    """The line of the pack that heads the settings."""
    lines = (pack / "strings/fa.ftl").read_text().splitlines()
    return next(line for line in lines if line.startswith("menu-more ="))


@BOTH
async def test_a_changed_text_is_read_at_once(pack: Path, tmp_path: Path, channel: str) -> None:
    async with serving(pack, tmp_path) as town:
        citizen = await town.newcomer("citizen", channel)
        change(pack, "strings/fa.ftl", settings_title(pack), f"menu-more = {HELP}")
        citizen.says("/settings")
        assert HELP not in (await citizen.answer()).text
        assert await town.app.renew() == ""
        citizen.says("/settings")
        assert HELP in (await citizen.answer()).text


@BOTH
async def test_a_broken_pack_is_refused_and_the_old_one_goes_on(pack: Path, tmp_path: Path, channel: str) -> None:
    async with serving(pack, tmp_path) as town:
        citizen, before = await town.newcomer("citizen", channel), town.app.city.pack
        change(pack, "strings/fa.ftl", settings_title(pack), f"menu-more = {HELP}")
        change(pack, "city.toml", 'fire = "125"', 'fire = ""')
        change(pack, "city.toml", "max_photos = 5", "max_photos = 0")
        error = await town.app.renew()
        assert "city.toml: limits.max_photos" in error
        assert town.app.city.pack is before
        citizen.says("/settings")
        assert HELP not in (await citizen.answer()).text


async def test_a_text_that_fluent_can_not_read_is_refused_too(pack: Path, tmp_path: Path) -> None:
    async with serving(pack, tmp_path) as town:
        change(pack, "strings/fa.ftl", settings_title(pack), "menu-more = { $")
        assert "strings/fa.ftl" in await town.app.renew()


async def test_numbers_hours_departments_holidays_answers_and_limits_come_along(pack: Path, tmp_path: Path) -> None:
    async with serving(pack, tmp_path) as town:
        city = town.app.city
        change(pack, "city.toml", 'area_code = "087"', 'area_code = "088"')
        change(pack, "city.toml", 'saturday = ["07:30", "14:00"]', 'saturday = ["09:00", "14:00"]')
        change(pack, "city.toml", "messages_per_minute = 20", "messages_per_minute = 7")
        change(pack, "city.toml", "max_file_mb = 20", "max_file_mb = 3")
        opening = city.calendar.next_opening(town.clock.now() - 36 * 3_600_000)
        assert await town.app.renew() == ""
        assert city.pack.phones.area_code == "088"
        later = city.calendar.next_opening(town.clock.now() - 36 * 3_600_000)
        assert opening is not None
        assert later == opening + 90 * 60_000
        assert {intake.flood for intake in town.app.intakes} == {7}
        assert all(intake.application.city is city for intake in town.app.intakes)


async def test_each_unit_of_work_sees_one_pack(pack: Path, tmp_path: Path) -> None:
    async with serving(pack, tmp_path) as town:
        city, seen = town.app.city, set[int]()
        renewing = asyncio.create_task(town.app.renew())
        while not renewing.done():
            async with town.app.store.unit() as unit:
                before, work = city.pack, await unit.work()
                await work.query(STAFF)
                await asyncio.to_thread(id, work)
                assert city.pack is before, "in the midst of a unit"
                seen.add(id(before))
        assert await renewing == ""
        assert id(city.pack) not in seen or len(seen) == 2


async def test_the_command_tells_the_running_service(pack: Path, tmp_path: Path) -> None:
    sandbox = Sandbox()
    async with serve(sandbox) as server:
        service = Service(server, tmp_path / "home", settings={"CITY": str(pack)})

        settings = read_settings(service.environment())
        try:
            await service.start()
            citizen = sandbox.telegram.person()
            citizen.starts()
            await citizen.answer(20)
            citizen.presses("فارسی")
            await citizen.answer()
            change(pack, "strings/fa.ftl", settings_title(pack), f"menu-more = {HELP}")
            lines, done = await asyncio.to_thread(renew, settings)
            assert done, lines
            citizen.says("/settings")
            await citizen.sees(HELP)
            change(pack, "city.toml", "max_photos = 5", "max_photos = 0")
            lines, done = await asyncio.to_thread(renew, settings)
            assert not done
            assert "city.toml: limits.max_photos" in lines[0]
            citizen.says("/settings")
            await citizen.sees(HELP)
        finally:
            await service.stop()
            await service.gone()
