"""Pictures that were sent as files: the staff sees them as pictures, without what they carry besides."""

from __future__ import annotations

import asyncio

import pytest

from bot.sandbox.person import Person
from tests.acting import SQUARE, hires
from tests.faults.pictures import drawn, with_exif, written
from tests.town import Town

PHOTO = written(drawn(), exif=with_exif())


async def reports(town: Town, reporter: Person, number: int) -> None:
    """A street lamp with so many pictures, each sent as a file."""
    for _ in range(number):
        reporter.sends_document(PHOTO, "lamp.jpg", "image/jpeg")
        await reporter.answer()
    reporter.says("چراغ برق کوچه خاموش است و شب‌ها تاریک است")
    await reporter.answer()
    reporter.sends_pin(SQUARE.lat or 0, SQUARE.lon or 0)
    reporter.presses("چراغ خیابان", await reporter.sees("کدام؟"))
    reporter.presses("ثبت نهایی", await reporter.sees("گزارش شما:"))
    await reporter.sees("کد رهگیری")


@pytest.mark.parametrize(("channel", "number"), [("telegram", 2), ("bale", 1)])
async def test_a_dispatcher_sees_photos_that_a_citizen_sent_as_files_and_nothing_else_that_is_in_them(
    town: Town, channel: str, number: int
) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel=channel)
    await reports(town, await town.newcomer("reporter", channel), number)
    alert = await dispatcher.sees("خاموش است")
    dispatcher.presses("دیدن گزارش", alert)
    async with asyncio.timeout(15):
        while len(shown := [one.media for one in dispatcher.inbox if one.media]) < number:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    assert {media.kind for media in shown} == {"photo"}
    assert not any(b"SECRETCAMERA" in media.content for media in shown)
    assert await town.rows("SELECT 1 FROM outbox WHERE state = 'dead'") == []
