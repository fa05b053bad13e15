"""The documentation is held true: nothing can be set, typed or installed that is not in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.channels.bale import Bale
from bot.cli import make_parser
from bot.reference import commands_page, settings_page
from bot.settings import ROOT, SETTINGS

DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *(ROOT / "data").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"python bot\.py ([a-z-]+)")
VARIABLE = re.compile(r"\b(?:TELEGRAM|BALE|WEB|LOG|DATA|DATABASE)_[A-Z_]+\b")
NAMES = {setting.name for setting in SETTINGS}
WRITE = "write it anew: python -m bot.reference"


def shown(page: Path) -> str:
    return str(page.relative_to(ROOT))


def test_the_page_of_the_settings_is_made_of_the_settings() -> None:
    assert (DOCS / "settings.md").read_text() == settings_page(), WRITE


def test_the_page_of_the_commands_is_made_of_the_commands() -> None:
    assert (DOCS / "commands.md").read_text() == commands_page(), WRITE


def test_every_command_has_its_place_in_the_operators_page() -> None:
    told = set(COMMAND.findall((DOCS / "operations.md").read_text()))
    assert set(make_parser().commands) - told == set()


def test_every_ability_that_can_be_set_is_listed() -> None:
    assert all(f"`{name}`" in settings_page() for name in Bale.table.__slots__)


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_a_page_names_only_commands_and_variables_that_there_are(page: Path) -> None:
    text = page.read_text()
    assert set(COMMAND.findall(text)) - set(make_parser().commands) == set()
    assert set(VARIABLE.findall(text)) - NAMES == set()


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_a_page_links_only_to_what_is_there(page: Path) -> None:
    targets = [each for each in LINK.findall(page.read_text()) if "://" not in each and not each.startswith("mailto:")]
    assert [each for each in targets if not (page.parent / each).exists()] == []


@pytest.mark.parametrize("unit", sorted((ROOT / "deploy").glob("*.service")), ids=lambda unit: unit.name)
def test_a_systemd_unit_starts_a_command_that_there_is(unit: Path) -> None:
    (started,) = re.findall(r"^ExecStart=\S+/python bot\.py (\S+)", unit.read_text(), re.MULTILINE)
    assert started in make_parser().commands
