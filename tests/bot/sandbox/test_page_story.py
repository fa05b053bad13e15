"""The page's clock and its story, in real Chromium."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.clock import DAY, MINUTE, TurnedClock
from tests.bot.sandbox.browser_rig import INLINE, opened, update_of
from tests.page import DemoPage, chromium

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

SATURDAY = 1_795_848_120_000  # 7 Azar 1405, 10:12 in Tehran


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests of this module, which share its loop."""
    async with chromium() as browser:
        yield browser


class TestClock:
    @pytest.mark.parametrize("width", [390, 1280])
    async def test_a_button_turns_it_on_by_a_day(self, browser: Browser, width: int) -> None:
        async with opened(browser, width) as (served, page):
            face = page.page.locator("#clock-time")
            before, day = served.sandbox.clock.now(), await face.inner_text()
            await page.page.locator("#clock button", has_text="یک روز").click()
            await expect(face).not_to_have_text(day)
            assert served.sandbox.clock.now() == pytest.approx(before + DAY, abs=MINUTE)
            await served.says("alice", "فردا")
            shown = await page.phone("alice").sees("فردا")
            clock = await face.locator("b").inner_text()
            assert (await shown.locator("time").inner_text())[:2] == clock[:2]

    async def test_it_says_day_and_time_in_the_calendar_of_the_country(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            clock = served.sandbox.clock
            assert isinstance(clock, TurnedClock)
            clock.turn(SATURDAY - clock.now())
            served.page.hands.turn(1)
            await expect(page.page.locator("#clock-time")).to_contain_text("شنبه ۷ آذر")
            await expect(page.page.locator("#clock-time b")).to_have_text(re.compile("۱۱:۱[۲۳]"))


class TestStory:
    @pytest.mark.parametrize("width", [390, 1280])
    async def test_it_plays_by_itself_and_shows_where(self, browser: Browser, width: int) -> None:
        async with opened(browser, width) as (served, page):
            clock, caption = page.page.clock, page.page.locator("#story p")
            await clock.install()
            await page.page.get_by_role("button", name="نمایش داستان").click()
            await expect(caption).to_have_text("آلیس می‌پرسد.")
            await expect(page.phone("alice").at).to_have_class(re.compile(r"\bacts\b"))
            await clock.run_for(1_200)
            assert (await update_of(served, page.phone("alice")))["message"]["text"] == "چه خبر؟"
            await served.says("bahar", "درست است؟", reply_markup=INLINE)
            await expect(page.phone("alice").at.locator(".mine").last).to_contain_text("چه خبر؟")
            await stands(page, "waiting")
            await clock.run_for(3_000)
            await expect(caption).to_have_text("بهار می‌پذیرد.")
            await expect(page.page.locator("#story .where")).to_contain_text(
                "گام ۲ از ۲ · گوشی Bahar، کارشناس مرکز ۱۳۷ (بله)"
            )
            await expect(page.phone("bahar").at).to_be_in_viewport()
            await expect(page.page.locator(".phone.acts")).to_have_id("phone-bahar")
            await clock.run_for(1_200)
            assert (await update_of(served, page.phone("bahar")))["callback_query"]["data"] == "y"
            await expect(page.phone("bahar").at.locator(".tapped")).to_have_text("بله")
            await expect(caption).to_contain_text("به پایان رسید")

    async def test_it_stands_still_when_told_goes_on_by_a_step_and_is_left(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            clock, caption = page.page.clock, page.page.locator("#story p")
            await clock.install()
            await page.page.get_by_role("button", name="نمایش داستان").click()
            await page.page.get_by_role("button", name="پایان").click()
            await expect(page.page.locator("#story")).to_be_hidden()
            await page.page.get_by_role("button", name="نمایش داستان").click()
            await page.page.get_by_role("button", name="مکث").click()
            await clock.run_for(60_000)
            assert len(served.sandbox.telegram.bot.updates) == 0
            await page.page.get_by_role("button", name="گام بعد").click()
            await update_of(served, page.phone("alice"))
            await stands(page, "waiting")
            await clock.run_for(60_000)
            await expect(caption).to_have_text("آلیس می‌پرسد.")
            await page.page.get_by_role("button", name="ادامه").click()
            await expect(caption).to_have_text("بهار می‌پذیرد.")
            await page.page.get_by_role("button", name="پایان").click()
            await expect(page.page.locator("#story")).to_be_hidden()
            await expect(page.page.locator(".phone.acts")).to_have_count(0)
            await clock.run_for(60_000)
            assert served.page.player.as_json()["state"] == "idle"

    async def test_whoever_finds_no_button_is_told_kindly(self, browser: Browser) -> None:
        async with opened(browser) as (served, page):
            served.person("alice").blocks()
            await served.heard("alice")
            await page.page.get_by_role("button", name="نمایش داستان").click()
            await page.page.get_by_role("button", name="گام بعد").click()
            await expect(page.page.locator("#story p")).to_contain_text("داستان این‌جا ایستاد")
            await expect(page.page.get_by_role("button", name="دوباره")).to_be_visible()


async def stands(page: DemoPage, state: str) -> None:
    """Wait until the page knows that the story is in this state."""
    await expect(page.page.locator("#story")).to_have_attribute("data-state", state)
