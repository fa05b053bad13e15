"""Which changes of a project owe the people a reason."""

from __future__ import annotations

import pytest

from bot.domain.project import owes_reason


@pytest.mark.parametrize(
    ("field", "old", "new", "owed"),
    [
        ("stage", "execution", "stopped", True),
        ("stage", "stopped", "execution", False),
        ("stage", "study", "tender", False),
        ("percent", 40, 30, True),
        ("percent", 30, 40, False),
        ("ends_at", 100, 200, True),
        ("ends_at", 100, 0, True),
        ("ends_at", 200, 100, False),
        ("ends_at", 0, 100, False),
        ("title", "a", "b", False),
    ],
)
def test_what_is_owed(field: str, old: int | str, new: int | str, owed: bool) -> None:
    assert owes_reason(field, old, new) is owed
