"""The demo's page in real Chromium: for browser scenarios and for the pictures in the docs.

    async with open_page(url, width=1280) as page:
        phone = page.phone("citizen-telegram")
        await phone.start()
        await phone.type("چراغ کوچهٔ ما خاموش است")
        await phone.sample("lamp", caption="شب‌ها تاریک است")
        await phone.pin()
        await phone.press("ثبت")
        await phone.sees("کد رهگیری")
        await page.screenshot(Path("docs/demo.png"))

Phones: citizen-telegram, citizen-bale, dispatcher, admin. Waiting is up to WITHIN milliseconds.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, FilePayload, Locator, Page, async_playwright, expect

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WITHIN = 10_000  # milliseconds
SAMPLES = {"lamp": "چراغ خاموش", "hole": "چالهٔ خیابان", "bin": "سطل پر"}
Scheme = Literal["light", "dark"]


@contextlib.asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Debian's Chromium without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            yield browser
        finally:
            await browser.close()


@contextlib.asynccontextmanager
async def open_page(
    url: str, width: int = 1280, height: int | None = None, *, scheme: Scheme = "light", browser: Browser | None = None
) -> AsyncIterator[DemoPage]:
    """The page at `url`, in a browser of its own unless one is given. Below 700 px it is a touch screen."""
    async with contextlib.AsyncExitStack() as stack:
        used = await stack.enter_async_context(chromium()) if browser is None else browser
        narrow = width < 700
        context = await used.new_context(
            viewport={"width": width, "height": height or (844 if narrow else 800)},
            device_scale_factor=2 if narrow else 1,
            has_touch=narrow,
            is_mobile=narrow,
            color_scheme=scheme,
            reduced_motion="reduce",
            locale="fa-IR",
            permissions=["clipboard-read", "clipboard-write"],
        )
        stack.push_async_callback(context.close)
        demo = DemoPage(await context.new_page(), narrow)
        await demo.open(url)
        yield demo


@dataclass
class DemoPage:
    """The page. `troubles` are the errors of its scripts and the requests that it was refused."""

    page: Page
    narrow: bool
    troubles: list[str] = field(default_factory=list)

    async def open(self, url: str) -> None:
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        await self.page.goto(url)
        await self.page.locator(".phone").first.wait_for(state="attached")

    def phone(self, key: str) -> DemoPhone:
        return DemoPhone(self, key)

    async def switch(self, platform: str, switch: str) -> None:
        """Turn a switch over: "outage", "429", "slow", "lost"."""
        opener, knob = self.page.locator("#controls-open"), f'[data-switch="{platform}-{switch}"]'
        if await opener.get_attribute("aria-expanded") == "false":
            await opener.click()
        before = await self.page.locator(knob).get_attribute("aria-checked")
        await self.page.locator(knob).click()
        await expect(self.page.locator(knob)).not_to_have_attribute("aria-checked", str(before), timeout=WITHIN)

    async def reset(self) -> None:
        """Begin anew, and wait until the citizens' chats are empty."""
        self.page.once("dialog", lambda dialog: dialog.accept())
        await self.page.locator("#reset").click()
        await expect(self.page.locator(".citizen .message")).to_have_count(0, timeout=WITHIN)

    async def screenshot(self, path: Path) -> None:
        """The window as a PNG, once pictures are loaded."""
        await self.page.wait_for_function("() => [...document.images].every((image) => !image.src || image.complete)")
        await self.page.screenshot(path=path)


@dataclass
class DemoPhone:
    """One phone of the page."""

    demo: DemoPage
    key: str

    @property
    def at(self) -> Locator:
        return self.demo.page.locator(f"#phone-{self.key}")

    @property
    def messages(self) -> Locator:
        return self.at.locator(".message")

    async def pick(self) -> None:
        """Bring the phone to the front where only one is seen."""
        if self.demo.narrow:
            await self.demo.page.locator(f'#tabs [data-key="{self.key}"]').click()

    async def start(self) -> None:
        """Press «شروع» in the empty chat."""
        await self.pick()
        await self.at.locator(".start").click()

    async def type(self, text: str) -> None:
        """Type and send with Enter; lines are parted with Shift+Enter."""
        await self.pick()
        box = self.at.locator("textarea")
        await box.fill(text)
        await box.press("Enter")
        if self.demo.narrow:
            await box.blur()  # as the screen's own keyboard goes away; the bot's comes back

    async def press(self, label: str) -> None:
        """Press an inline button by (a part of) its label, in the newest message that has one."""
        await self.pick()
        await self.at.locator(".inline-button", has_text=label).last.click(timeout=WITHIN)

    async def key_press(self, label: str) -> None:
        """Press a key of the reply keyboard by (a part of) its label."""
        await self.pick()
        await self.at.locator(".keys button", has_text=label).first.click(timeout=WITHIN)

    async def attach(self, label: str) -> None:
        """Choose from the clip's menu: عکس و ویدیو، سند، جا، صدا, or a sample's label."""
        await self.pick()
        await self.at.locator('[title="Attach"]').click()
        await self.at.locator(".menu button", has_text=re.compile(f"^{label}$")).click()

    async def sample(self, *names: str, caption: str = "") -> None:
        """Send sample pictures ("lamp", "hole", "bin"): one as a photo, several as an album."""
        for number, name in enumerate(names, 1):
            await self.attach(SAMPLES[name])
            await expect(self.at.locator(".strip img")).to_have_count(number, timeout=WITHIN)
        await self.type(caption)

    async def photo(self, path: Path, caption: str = "") -> None:
        """Send a picture from a file."""
        await self.pick()
        await self.at.locator('input[accept^="image"]').set_input_files(path)
        await expect(self.at.locator(".strip img")).to_have_count(1, timeout=WITHIN)
        await self.type(caption)

    async def document(self, name: str, mime: str, content: bytes) -> None:
        await self.pick()
        files: list[FilePayload] = [{"name": name, "mimeType": mime, "buffer": content}]
        await self.at.locator('input[accept=""]').set_input_files(files)

    async def voice(self) -> None:
        await self.attach("صدا")

    async def pin(self, right: float = 0.55, down: float = 0.45, *, asked: bool = False) -> None:
        """Send a place: a share of the map's width and height. `asked`: the map is open already, by a key."""
        if not asked:
            await self.attach("جا")
        face = self.demo.page.locator(".map-face")
        box = await face.bounding_box(timeout=WITHIN)
        assert box is not None
        await face.click(position={"x": box["width"] * right, "y": box["height"] * down})
        await self.demo.page.locator("#map-send").click()

    async def sees(self, text: str) -> Locator:
        """Wait for a message of the bot that holds the text, and give the newest."""
        found = self.at.locator(".theirs", has_text=text).last
        await found.wait_for(state="attached", timeout=WITHIN)
        return found

    async def rings(self) -> None:
        """Wait for the badge of unread messages."""
        badge = f'#tabs [data-key="{self.key}"] .badge' if self.demo.narrow else f"#phone-{self.key} .owner .badge"
        await self.demo.page.locator(badge).wait_for(state="visible", timeout=WITHIN)
