"""Lists as files: nothing that somebody wrote becomes a formula, a link or markup (docs/reliability.md, row 41)."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.media.cells import MOST, cell_text
from tests.faults.sheets import PIECES, by_hand, by_library, differences, opened, write

TEXTS = st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3))).map("".join))


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=20))
def test_any_text_comes_back_from_two_readers_as_it_was(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write(path, texts)
        hand, library = by_hand(path), by_library(path)
        assert (hand.formulas, hand.links, library.formulas, library.links) == (0, 0, 0, 0)
        assert differences(path, texts) == []


def test_a_sheet_stands_from_right_to_left_and_a_code_stays_a_text(tmp_path: Path) -> None:
    write(tmp_path / "list.xlsx", ["چاله"])
    sheet = opened(tmp_path / "list.xlsx")
    assert sheet.sheet_view.rightToLeft
    assert sheet["A2"].value == "12345678"


@pytest.mark.parametrize("text", ["چ" * 40_000, "😀" * 20_000, "a" + "😀" * 20_000])
def test_what_is_longer_than_a_cell_is_cut_between_letters(tmp_path: Path, text: str) -> None:
    cut = cell_text(text)
    assert cut.endswith(" …")
    assert len(cut.encode("utf-16-le")) // 2 in (MOST, MOST - 1)
    write(tmp_path / "list.xlsx", [text])
    assert by_hand(tmp_path / "list.xlsx").texts == [cut]


def test_a_cell_that_is_just_full_is_whole() -> None:
    assert cell_text("چ" * MOST) == "چ" * MOST
