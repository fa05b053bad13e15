"""`make pictures`: the screenshots of docs/ and the README, from the story that the browser scenario holds."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from bot.settings import ROOT
from tests.page import DemoPage, open_page
from tests.story import Shot, demo, hole, lamp, meet, told

FOLDER = ROOT / "docs" / "pictures"


def shots(page: DemoPage, width: int) -> Shot:
    async def shot(name: str) -> None:
        await page.screenshot(FOLDER / f"{name}-{width}.png")

    return shot


async def unshown(_name: str) -> None:
    """The steps of this story are shown at the other width."""


async def on_a_phone(url: str) -> None:
    """One citizen, at a phone's width."""
    async with open_page(url, width=390) as page:
        shot, phone = shots(page, 390), page.phone("citizen-telegram")
        await meet(phone)
        await shot("welcome")
        await lamp(phone, shot)
        await shot("report")


async def side_by_side(url: str) -> None:
    """Two citizens on two platforms, and who is told."""
    async with open_page(url, width=1280) as page:
        first, second = page.phone("citizen-telegram"), page.phone("citizen-bale")
        await meet(first)
        await meet(second)
        codes = [await lamp(first, unshown), await hole(second)]
        await told(page, *codes)
        await page.page.keyboard.press("Alt+1")
        await shots(page, 1280)("phones")


async def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for take in (on_a_phone, side_by_side):
        with tempfile.TemporaryDirectory() as folder:
            async with demo(Path(folder)) as url:
                await take(url)
    print(*sorted(path.name for path in FOLDER.glob("*.png")), sep="\n")


if __name__ == "__main__":
    asyncio.run(main())
