from __future__ import annotations

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from bot.talk.digits import Count, digits, latin


@pytest.mark.parametrize(
    ("lang", "drawn"),
    [("fa", "۰۱۲۳۴۵۶۷۸۹"), ("az", "۰۱۲۳۴۵۶۷۸۹"), ("ckb", "٠١٢٣٤٥٦٧٨٩"), ("en", "0123456789")],
)
def test_each_language_draws_its_own_digits(lang: str, drawn: str) -> None:
    assert digits("0123456789", lang) == drawn
    assert digits(137, lang) == drawn[1] + drawn[3] + drawn[7]


def test_words_around_the_digits_stay() -> None:
    assert digits("ساعت 14:30", "fa") == "ساعت ۱۴:۳۰"


def test_digits_of_any_script_are_understood() -> None:
    assert latin("۴۷۲۹ ٤٥٦ ４２ १ x") == "4729 456 42 1 x"


@given(st.text(), st.sampled_from(["fa", "ckb", "az", "en"]))
def test_latin_takes_back_what_digits_drew(text: str, lang: str) -> None:
    assert latin(digits(text, lang)) == latin(text)


def test_a_count_stays_a_number_and_wears_no_thousands_sign() -> None:
    assert Count(1234) == 1234
    assert Count(1234).format(Locale("fa")) == "۱۲۳۴"
    assert Count(1234).format(Locale("ckb")) == "١٢٣٤"
    assert Count(1234).format(Locale("en")) == "1234"
