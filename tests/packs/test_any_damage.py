"""Whatever happens to a line of the pack: it is read, or refused by name. Nothing else ever comes out."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import PackError
from bot.pack import load_pack
from bot.pack.check import check_pack

DATA = Path(__file__).parents[2] / "data"
FILES = sorted(path.relative_to(DATA / "qorveh") for path in (DATA / "qorveh").rglob("*.*") if path.name != "README.md")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copytree(DATA / "qorveh", tmp_path_factory.mktemp("any") / "pack")


def damaged(text: str, at: int, how: str, junk: str) -> str:
    """One line taken out, doubled, cut in half, replaced by junk or by another line of the same file."""
    lines = text.split("\n")
    place = at % len(lines)
    line = lines[place]
    changed = {
        "gone": [],
        "doubled": [line, line],
        "cut": [line[: len(line) // 2]],
        "junk": [junk],
        "tail": [line + junk],
        "moved": [lines[(at * 7) % len(lines)]],
    }
    lines[place : place + 1] = changed[how]
    return "\n".join(lines)


def refusal(folder: Path) -> PackError | None:
    try:
        load_pack(folder)
    except PackError as error:
        return error
    return None


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(FILES),
    st.integers(0, 5_000),
    st.sampled_from(["gone", "doubled", "cut", "junk", "tail", "moved"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=8),
)
def test_a_damaged_line_is_refused_by_name_or_harmless(folder: Path, file: Path, at: int, how: str, junk: str) -> None:
    whole = (DATA / "qorveh" / file).read_text()
    (folder / file).write_text(damaged(whole, at, how, junk))
    try:
        refused = refusal(folder)
    finally:
        (folder / file).write_text(whole)
    if refused:
        assert refused.file in {path.as_posix() for path in FILES}
        assert "\n" not in refused.file + refused.key


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(FILES), st.integers(0, 5_000), st.text(max_size=8))
def test_checking_a_damaged_pack_always_ends_with_findings(folder: Path, file: Path, at: int, junk: str) -> None:
    whole = (DATA / "qorveh" / file).read_text()
    (folder / file).write_text(damaged(whole, at, "tail", junk.replace("\r", "").encode("utf-8", "ignore").decode()))
    try:
        assert all(finding.file for finding in check_pack(folder))
    finally:
        (folder / file).write_text(whole)
