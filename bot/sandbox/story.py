"""A story that plays by itself: people do what a visitor would do, step by step, and a line tells each step.

    STORY = (
        Step("sara", "سارا عکس می‌فرستد.", sends_photo(draw, "چراغ خاموش است")),
        Step("narges", "نرگس می‌پذیرد.", presses("می‌پذیرم")),
    )

An act first waits for what it answers to, as a person looks for the button: it counts only what came since that person
last did something. What does not come within PATIENCE is an AssertionError or a TimeoutError.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.sandbox.person import Person

PATIENCE = 20.0  # seconds
Act = Callable[[Person], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Step:
    """In whose phone (its key on the page), what the page says about it, and what is done there."""

    phone: str
    caption: str
    act: Act


def presses(label: str, under: str = "") -> Act:
    """Press a button, by (a part of) its label, of the next message that has it and says `under`."""

    async def act(person: Person) -> None:
        while True:
            message = await person.answer(PATIENCE)
            if under in message.text and any(label in each for each in message.buttons):
                person.presses(label, message)
                return

    return act


def says(text: str, after: str = "") -> Act:
    """Write, once the bot has said `after`."""

    async def act(person: Person) -> None:
        await _heard(person, after)
        person.says(text)

    return act


def sends_photo(draw: Callable[[], bytes], caption: str, after: str = "") -> Act:
    """Send a picture, which is drawn now, once the bot has said `after`."""

    async def act(person: Person) -> None:
        picture = await asyncio.to_thread(draw)
        await _heard(person, after)
        person.sends_photo(picture, caption)

    return act


def sends_pin(lat: float, lon: float, after: str = "") -> Act:
    """Send a place, once the bot has said `after`."""

    async def act(person: Person) -> None:
        await _heard(person, after)
        person.sends_pin(lat, lon)

    return act


async def _heard(person: Person, words: str) -> None:
    if words:
        await person.sees(words, PATIENCE)
