"""Fixtures of every test: the town, and its people named by their roles."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.town import Town, living

settings.register_profile("city", deadline=None, max_examples=60)
settings.load_profile("city")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A living town."""
    async with living(tmp_path) as town:
        yield town
