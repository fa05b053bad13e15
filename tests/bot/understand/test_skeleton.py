import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understand.skeleton import bones, skeleton


@pytest.mark.parametrize(
    ("persian", "other"),
    [
        ("آشغال", "ashghal"),
        ("خیابان", "khiabun"),
        ("چراغ", "cheragh"),
        ("خانه", "khune"),
        ("چراغ", "چراغی"),
        ("پارک", "پارک‌ی"),
        ("زباله", "zobaleh"),
        ("آسفالت", "ئەسفاڵت"),
    ],
)
def test_one_word_in_two_spellings_has_one_skeleton(persian: str, other: str) -> None:
    assert skeleton(persian) == skeleton(other)


def test_words_that_differ_in_consonants_stay_apart() -> None:
    assert skeleton("چراغ") != skeleton("چاله")


@settings(max_examples=50)
@given(st.text(alphabet="اویەێۆؤئۇaeiou0123", max_size=10))
def test_vowels_and_digits_leave_nothing(word: str) -> None:
    assert bones(word) == ""


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_no_word_has_an_empty_skeleton(text: str) -> None:
    assert all(skeleton(text))
