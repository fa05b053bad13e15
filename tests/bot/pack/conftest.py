"""The real pack, read once: nothing in these tests changes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.pack import Pack, load_pack

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="session")
def qorveh() -> Pack:
    """As the municipality has it: nothing confirmed yet."""
    return load_pack(DATA / "qorveh")


@pytest.fixture(scope="session")
def demo() -> Pack:
    """With the confirmed overlay of the demo."""
    return load_pack(DATA / "qorveh", DATA / "demo")
