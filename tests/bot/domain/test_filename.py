"""Names that people gave to their files, made harmless to show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.filename import LONGEST, clean_name


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("a\0b.txt", "b.txt"),
        ("..", ""),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("نامه\u200cها ۱.pdf", "نامه\u200cها ۱.pdf"),
        ("  a\tb\nc .txt ", "abc .txt"),
        ('<b>:"|?*.txt', "b .txt"),
        ("", ""),
    ],
)
def test_a_name_keeps_what_can_be_read(given_name: str, shown: str) -> None:
    assert clean_name(given_name) == shown


def test_a_long_name_keeps_its_suffix() -> None:
    assert clean_name("n" * 300 + ".pdf") == "n" * 76 + ".pdf"
    assert clean_name("n" * 300) == "n" * LONGEST


@settings(max_examples=100)
@given(st.text(max_size=400))
def test_no_name_holds_a_path_or_anything_invisible(name: str) -> None:
    shown = clean_name(name)
    assert len(shown) <= LONGEST
    assert not set(shown) & set('/\\<>:"|?*')
    assert all(letter in "\u200c\u200d" or unicodedata.category(letter)[0] != "C" for letter in shown)
    assert clean_name(shown) == shown
