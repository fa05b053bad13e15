"""`make pictures`: the screenshots of docs/ and the README, from the story that the browser scenario holds; posters."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from bot.settings import ROOT
from tests import prints
from tests.page import DemoPage, DemoPhone, open_page
from tests.story import Shot, bench, demo, hole, lamp, meet, told

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


async def at_the_desk(url: str) -> None:
    """An officer's phone: the card, what else can be done, and the end of the work."""
    async with open_page(url, width=390) as page:
        shot, citizen, officer = shots(page, 390), page.phone("citizen-telegram"), page.phone("officer")
        await meet(citizen)
        await bench(citizen)
        await officer.pick()
        await officer.press("دیدن گزارش")
        await officer.sees("می‌پذیرم")
        await shot("card")
        await officer.press("می‌پذیرم")
        await officer.sees("به نام شما")
        await officer.press("انجام شد")
        await officer.sees("عکس پس از کار")
        await officer.sample("lamp", caption="نیمکت شکسته با نیمکت تازه عوض شد.")
        await officer.sees("برای نظر شهروند")
        await shot("done")
        await citizen.pick()
        await citizen.sees("مشکل حل شد؟")
        await shot("last-word")


async def the_city_speaks(url: str) -> None:
    """News with a picture, and a water cut that an admin tells a neighbourhood."""
    async with open_page(url, width=390) as page:
        shot, citizen, admin = shots(page, 390), page.phone("citizen-telegram"), page.phone("admin")
        await meet(citizen)
        await citizen.key_press("خبرهای شهر")
        await citizen.press("۱")
        await citizen.sees("غرفه")
        await shot("news")
        await citizen.key_press("تنظیمات")
        await citizen.press("محلهٔ من")
        await citizen.press("شمال")
        await cut_the_water(admin)
        await admin.sees("نتیجهٔ پیام")
        await shot("cast")
        await citizen.pick()
        await citizen.sees("ترمیم لوله")
        await shot("told")


async def cut_the_water(admin: DemoPhone) -> None:
    """From the menu to the number that is typed."""
    await admin.key_press("میز کار")
    await admin.key_press("مدیریت")
    for label in ("پیام همگانی", "پیام تازه", "قطعی و راه‌بندان", "قطعی آب"):
        await admin.press(label)
    await admin.sees("کجا؟")
    await admin.type("خیابان شریعتی")
    await admin.press("از همین حالا")
    await admin.sees("تا چه زمانی؟")
    await admin.type("فردا ۱۴")
    await admin.sees("علت")
    await admin.type("ترمیم لوله")
    for label in ("یک محدودهٔ شهر", "شمال", "بازگشت", "ادامه", "فرستادن"):
        await admin.press(label)
    await admin.sees("عدد")
    await admin.type("۱")


async def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for take in (on_a_phone, side_by_side, at_the_desk, the_city_speaks):
        with tempfile.TemporaryDirectory() as folder:
            async with demo(Path(folder)) as url:
                await take(url)
    prints.main()
    print(*sorted(path.name for path in FOLDER.glob("*.png")), sep="\n")


if __name__ == "__main__":
    asyncio.run(main())
