"""The thinnest path: a message in, an answer out, on both platforms."""

from __future__ import annotations

import pytest

from tests.town import Town


@pytest.mark.parametrize("channel", ["telegram", "bale"])
async def test_somebody_who_starts_the_bot_is_answered(town: Town, channel: str) -> None:
    newcomer = town.person("newcomer", channel)
    newcomer.starts()
    assert "137" in (await newcomer.answer()).text or newcomer.last.text
