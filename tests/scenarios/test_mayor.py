"""The mayor's message arrives word for word, as a message of its own."""

from __future__ import annotations

from hashlib import sha256

import pytest

from tests.town import Town


@pytest.mark.parametrize("channel", ["telegram", "bale"])
@pytest.mark.parametrize("lang", ["فارسی", "کوردی", "تورکجه", "English"])
async def test_what_is_seen_hashes_to_the_value_in_the_pack(town: Town, channel: str, lang: str) -> None:
    citizen = await town.newcomer("citizen", channel, lang)
    before = len(citizen.inbox)
    citizen.says("/mayor")
    if lang != "فارسی":
        assert (await citizen.answer()).text.strip()
    message = await citizen.answer()
    assert sha256(message.text.encode()).hexdigest() == town.app.city.pack.mayor.sha256
    assert len(message.text.split("\n\n")) == 8
    assert len(citizen.inbox) - before == (1 if lang == "فارسی" else 2)


async def test_the_key_of_the_menu_brings_it_too(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    citizen.types_key("پیام شهردار")
    assert (await citizen.answer()).text.endswith("عباس سنتی/ خدمتگزار مردم")


async def test_english_readers_are_told_that_it_is_in_persian(town: Town) -> None:
    citizen = await town.newcomer("citizen", lang="English")
    citizen.types_key("Mayor")
    assert (await citizen.answer()).text == "This message is written in Persian."
