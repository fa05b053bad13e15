"""A folder with a database in it, as an operator's commands find it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, read_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a service whose data lie in a folder of their own; no token is set."""
    return read_settings({"DATABASE_URL": f"sqlite:///{tmp_path}/shahr137.db", "DATA_DIR": str(tmp_path)})
