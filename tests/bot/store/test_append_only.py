"""Nobody edits what happened: no statement of the store and no module changes or deletes an event."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import pytest

import bot.store
from bot.settings import ROOT
from bot.store.statements import Statement

LOGS = ("events", "staff_events")
_CHANGES = re.compile(r"(?:UPDATE|DELETE FROM|REPLACE INTO) (?:events|staff_events)\b", re.IGNORECASE)
# Of two accounts that turn out to be one human the events point at the one that stays: what happened does not change.
_SAME_HUMAN = re.compile(r"UPDATE (?:events|staff_events) SET (?:person_id|about_id)=:kept WHERE \w+\.\w+ = :gone\Z")
WRITERS = {"update", "delete", "without", "set"}  # `without` is what the store calls SQL's delete


def statements(module: ModuleType) -> Iterator[Statement]:
    """Every statement that a module of the store has made."""
    for value in vars(module).values():
        for each in value if isinstance(value, list | tuple) else [value]:
            if isinstance(each, Statement):
                yield each


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(bot.store.__path__):
        if not found.ispkg:
            yield importlib.import_module(f"bot.store.{found.name}")


def writes(source: str) -> Iterator[int]:
    """The lines that would change a row of a log: `update(events)`, `work.set(tables.events, …)`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and _last(node.func) in WRITERS and _last(node.args[0]) in LOGS:
            yield node.lineno


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_no_statement_changes_an_event() -> None:
    made = [each.sql.replace("\n", "") for module in modules() for each in statements(module)]
    changing = {sql for sql in made if _CHANGES.match(sql)}
    assert {sql for sql in changing if not _SAME_HUMAN.match(sql)} == set()
    assert len(changing) == 3  # the two logs' columns that name people


def test_no_module_changes_an_event() -> None:
    files = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]
    ours = [path for path in files if "migrations" not in path.parts]
    assert [f"{path.name}:{line}" for path in ours for line in writes(path.read_text())] == []


@pytest.mark.parametrize("line", ["work.set(tables.events, 1, kind='x')", "update(staff_events)", "without(events)"])
def test_a_change_would_be_found(line: str) -> None:
    assert list(writes(line)) == [1]
