"""The same stories on both platforms: in one process, and with sandbox and service each in a process of its own."""

from __future__ import annotations

import pytest

from tests.elsewhere import Elsewhere, elsewhere
from tests.scenarios.stories import STORIES, Story
from tests.town import Town

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])
EACH = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)


@BOTH
@EACH
async def test_here(town: Town, story: Story, channel: str) -> None:
    await story(town, channel)
    assert await town.rows("SELECT error FROM failed_updates") == []


@BOTH
async def test_elsewhere(tmp_path_factory: pytest.TempPathFactory, channel: str) -> None:
    async with elsewhere(tmp_path_factory.mktemp("elsewhere")) as scene:
        for story in STORIES:
            await scene.afresh()
            await story(scene, channel)
        assert isinstance(scene, Elsewhere)
        assert await scene.rows("SELECT error FROM failed_updates") == []
