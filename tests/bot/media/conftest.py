"""A platform with files, a store with a reporter, and a media loop between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.file_platform import Bench, bench


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[Bench]:
    async with bench(tmp_path) as made:
        yield made
