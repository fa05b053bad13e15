"""The story of the pictures and of the browser scenario: two citizens report, and the dispatcher is told."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from bot.demo import serve_demo
from bot.settings import read_settings
from tests.page import DemoPage, DemoPhone
from tests.town import Hasty

CODE = re.compile("[۱-۹][۰-۹]{3} [۰-۹]{4}")
MORNING = 1_795_848_120_000  # Saturday 7 Azar 1405, 10:12 in Tehran: the office is open
Shot = Callable[[str], Awaitable[None]]


@contextlib.asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[str]:
    """The demo in this folder, as `python bot.py demo` runs it; gives the page's address."""
    settings = read_settings({"WEB_PORT": "0", "DATA_DIR": str(folder)})
    told: asyncio.Queue[str] = asyncio.Queue()
    stop, clock = asyncio.Event(), Hasty()
    clock.turn(MORNING - clock.now())
    running = asyncio.create_task(serve_demo(settings, clock, told.put_nowait, stop=stop))
    try:
        yield await asyncio.wait_for(told.get(), 20)
    finally:
        stop.set()
        await running


async def meet(phone: DemoPhone) -> None:
    """First contact: start, choose Persian, read the welcome."""
    await phone.start()
    await phone.press("فارسی")
    await phone.sees("خوش آمدید")


async def lamp(phone: DemoPhone, shot: Shot) -> str:
    """A broken street lamp with a photo and a place, in two messages; answers the code as shown."""
    await phone.sample("lamp", caption="چراغ کوچهٔ ما سه شب است خاموش است")
    await phone.sees("کدام؟")
    await shot("guess")
    await phone.pin(0.52, 0.47)
    await phone.sees("جا مشخص شد")
    await phone.press("چراغ خیابان")
    await phone.sees("گزارش شما:")
    await shot("review")
    return await submit(phone)


async def hole(phone: DemoPhone) -> str:
    """A hole in the road, begun from the menu."""
    await phone.key_press("ثبت گزارش")
    await phone.sees("چه شده است؟")
    await phone.sample("hole", caption="یک چالهٔ بزرگ وسط خیابان است")
    await phone.sees("موضوع")
    await phone.press("چاله")
    await phone.key_press("فرستادن موقعیت")
    await phone.pin(0.4, 0.6, asked=True)
    await phone.sees("گزارش شما:")
    return await submit(phone)


async def bench(phone: DemoPhone) -> str:
    """A broken bench in a park: the demo's officer has it on their desk at once."""
    await phone.sample("bin", caption="نیمکت پارک محلهٔ ما شکسته و میخ آن بیرون زده است")
    await phone.sees("کدام؟")
    await phone.pin(0.5, 0.45)
    await phone.sees("جا مشخص شد")
    await phone.press("پارک و بازی")
    await phone.sees("گزارش شما:")
    return await submit(phone)


async def submit(phone: DemoPhone) -> str:
    """Press the one button, and answer the code."""
    await phone.press("ثبت نهایی")
    said = await phone.sees("کد رهگیری")
    found = CODE.search(await said.inner_text())
    assert found
    return found[0]


async def told(page: DemoPage, *codes: str) -> None:
    """The dispatcher and the admin have each of these reports."""
    for key in ("dispatcher", "admin"):
        for code in codes:
            await page.phone(key).sees(code)
