"""In a real browser: two citizens report and the dispatcher's phone shows both; six phones find their room."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.page import open_page
from tests.story import demo, hole, lamp, meet, told


async def no_picture(_name: str) -> None:
    """Tests write nothing into the tree."""


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
async def test_two_citizens_report_and_the_dispatcher_sees_both(tmp_path: Path, width: int) -> None:
    async with demo(tmp_path) as url, open_page(url, width=width) as page:
        first, second = page.phone("citizen-telegram"), page.phone("citizen-bale")
        await meet(first)
        lamp_code = await lamp(first, no_picture)
        await meet(second)
        hole_code = await hole(second)
        await told(page, lamp_code, hole_code)
        assert lamp_code != hole_code
        assert page.troubles == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390])
async def test_six_tabs_find_room_on_a_phone(tmp_path: Path, width: int) -> None:
    async with demo(tmp_path) as url, open_page(url, width=width) as page:
        tabs = page.page.locator("#tabs button")
        roles = ["شهروند", "شهروند", "مرکز ۱۳۷", "کارشناس", "مدیر واحد", "مدیر سامانه"]
        names = ["سارا", "هیوا", "نرگس", "آرش", "پروین", "بهرام"]
        await expect(tabs.locator("small")).to_have_text(roles)
        await expect(tabs).to_contain_text(names)
        for key in ("citizen-bale", "dispatcher", "officer", "manager", "admin", "citizen-telegram"):
            await page.phone(key).pick()
            await expect(page.phone(key).at).to_be_in_viewport()
        assert await page.page.evaluate("document.documentElement.scrollWidth") == width
        assert page.troubles == []


@pytest.mark.browser
async def test_what_rings_out_of_sight_is_told_at_the_edge(tmp_path: Path) -> None:
    async with demo(tmp_path) as url, open_page(url, width=1280) as page:
        await page.phone("citizen-telegram").at.locator(".screen").click()
        await meet(page.phone("citizen-telegram"))
        await lamp(page.phone("citizen-telegram"), no_picture)
        admin, edge = page.phone("admin").at, page.page.locator("#edge-after")
        await expect(edge.locator(".badge")).to_be_visible()
        await expect(admin).not_to_be_in_viewport()
        await edge.click()
        await expect(admin).to_be_in_viewport(ratio=1)
        await expect(edge).to_be_hidden()
        for number, key in ((3, "dispatcher"), (1, "citizen-telegram"), (5, "manager")):
            await page.page.keyboard.press(f"Alt+{number}")
            await expect(page.phone(key).at).to_be_in_viewport(ratio=1)
