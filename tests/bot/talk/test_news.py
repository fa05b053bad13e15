"""The message that tells of an item fits under a picture in every language, and cuts after a word."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.talk import rich
from bot.talk.limits import CAPTION_UNITS, units
from bot.talk.news import first_lines, push_screen
from bot.talk.reader import Reader
from bot.talk.split import split
from tests.house import a_city


def item(**values: Any) -> Any:
    given = {"id": 2**63 - 1, "kind": "culture", "title": "ع" * 120, "words": "واژه " * 900, "address": "", "area": ""}
    return SimpleNamespace(**{**given, "pinned_at": 0, "published_at": 0, "edited_at": 0, **values})


@pytest.mark.parametrize("lang", ["fa", "ckb", "az", "en"])
@pytest.mark.parametrize("kind", ["news", "culture"])
def test_the_longest_is_one_message_even_under_a_picture(lang: str, kind: str) -> None:
    city = a_city()
    screen = push_screen(Reader(city.texts, city.dates, lang), item(kind=kind), (), corrected=True)
    assert units(rich.visible(screen.text)) <= CAPTION_UNITS
    assert len(split(screen)) == 1


def test_the_beginning_ends_after_a_word() -> None:
    begun = first_lines("واژه " * 900)
    assert begun.endswith("واژه …")
    assert first_lines("کوتاه") == "کوتاه"


@given(st.text(max_size=900))
def test_whatever_is_written_is_cut_and_never_changed(words: str) -> None:
    begun = first_lines(words)
    assert words.startswith(begun.removesuffix(" …")) or begun == words
    assert units(begun) <= 502
