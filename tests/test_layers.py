"""Imports run down only, every module of ours has its place, and a start loads nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from typing import Any

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from bot.settings import ROOT, SETTINGS, example

HEAVY = ("PIL", "alembic", "xlsxwriter", "holidays", "feedparser", "playwright", "bot.sandbox")


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def ours() -> set[str]:
    """The rooms and files of bot/, but the entry itself."""
    here = ROOT / "bot"
    files = {path.stem for path in here.glob("*.py")} - {"__init__"}
    return {f"bot.{name}" for name in files | {path.parent.name for path in here.glob("*/__init__.py")}}


def test_the_import_contracts_hold() -> None:
    assert lint_imports(str(ROOT / "pyproject.toml"), cache_dir=None) == EXIT_STATUS_SUCCESS


def test_every_module_of_ours_has_a_place_in_the_layers() -> None:
    down = next(each for each in pyproject()["tool"]["importlinter"]["contracts"] if each["id"] == "down")
    placed = {module.strip() for layer in down["layers"] for module in layer.split("|")}
    assert ours() - placed == {"bot.sandbox"}
    assert placed - ours() == {"handlers"}


def test_the_contracts_have_no_list_of_exceptions() -> None:
    assert not [each["id"] for each in pyproject()["tool"]["importlinter"]["contracts"] if "ignore_imports" in each]


def test_importing_the_service_loads_nothing_heavy() -> None:
    script = f"import sys, bot.app; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_example_of_the_settings_is_made_of_the_settings() -> None:
    assert (ROOT / ".env.example").read_text() == example()


def test_no_other_file_of_settings_is_kept_in_the_tree() -> None:
    assert ".env" in (ROOT / ".gitignore").read_text().split()


def test_every_setting_has_a_meaning_that_fits_a_line() -> None:
    assert all(setting.meaning and len(setting.meaning) < 100 for setting in SETTINGS)
