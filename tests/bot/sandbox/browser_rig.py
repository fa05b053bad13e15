"""The served page in one Chromium, for the tests that press and look."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from playwright.async_api import Browser

from tests.bot.sandbox.page_rig import STORY, Rig, rig
from tests.page import DemoPage, DemoPhone, Scheme, open_page

INLINE = {"inline_keyboard": [[{"text": "بله", "callback_data": "y"}, {"text": "نه", "callback_data": "n"}]]}


@contextlib.asynccontextmanager
async def opened(
    browser: Browser, width: int = 1280, *, started: bool = True, scheme: Scheme = "light"
) -> AsyncIterator[tuple[Rig, DemoPage]]:
    async with (
        rig(started=started, story=STORY) as served,
        open_page(served.url, width, browser=browser, scheme=scheme) as page,
    ):
        yield served, page
        assert page.troubles == []


async def update_of(served: Rig, phone: DemoPhone) -> dict[str, Any]:
    (update,) = await served.heard(phone.key)
    return update
