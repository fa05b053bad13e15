"""Small helps for stories: pictures, and somebody who counts their own acts."""

from __future__ import annotations

import io

from PIL import Image

from bot.sandbox.message import Message
from bot.sandbox.person import Person

CENTRE = (35.1664, 47.8056)
PARIS = (48.8566, 2.3522)


def picture(colour: tuple[int, int, int] = (40, 40, 60), size: tuple[int, int] = (320, 240)) -> bytes:
    """A JPEG of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


class Counting:
    """A person whose messages and taps are counted: what a report costs."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.messages = 0
        self.taps = 0

    async def says(self, text: str) -> Message:
        self.messages += 1
        self.person.says(text)
        return await self.person.answer()

    async def photo(self, caption: str | None = None) -> Message:
        self.messages += 1
        self.person.sends_photo(picture(), caption)
        return await self.person.answer()

    async def pin(self, place: tuple[float, float] = CENTRE, accuracy: float | None = None) -> None:
        self.messages += 1
        self.person.sends_pin(*place, accuracy)
        await self.person.answer()

    async def key(self, label: str) -> Message:
        self.taps += 1
        self.person.types_key(label)
        return await self.person.answer()

    async def tap(self, label: str) -> Message:
        self.taps += 1
        self.person.presses(label)
        return await self.person.answer()

    @property
    def acts(self) -> int:
        return self.messages + self.taps
