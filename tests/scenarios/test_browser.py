"""In a real browser: one citizen reports by Telegram, another by Bale, and the dispatcher's phone shows both."""

from __future__ import annotations

from pathlib import Path

import pytest

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
