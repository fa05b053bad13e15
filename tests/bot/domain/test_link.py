from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.code import Codes, check
from bot.domain.link import hashed, new_code, typed_code

CODES = st.integers(10_000_000, 99_999_999).map(str).filter(lambda digits: check(digits) is None)


def test_a_new_code_is_no_tracking_code_and_reads_back() -> None:
    for _ in range(300):
        code = new_code()
        assert len(code) == 8
        assert check(code) is None
        assert typed_code(code) == code


@given(CODES, st.sampled_from(["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"]), st.sampled_from(["", " ", "-", "\u200c"]))
def test_a_code_is_understood_in_any_digits_and_groups(code: str, digits: str, gap: str) -> None:
    shown = "".join(digits[int(digit)] for digit in code)
    assert typed_code(f" {shown[:4]}{gap}{shown[4:]} ") == code


@given(st.integers(0, 8_999_999))
def test_a_tracking_code_is_never_taken_for_one(number: int) -> None:
    assert typed_code(Codes(b"k" * 16).code(number)) is None


@given(st.text(max_size=20))
def test_other_words_are_no_code(text: str) -> None:
    code = typed_code(text)
    assert code is None or sum(letter.isdecimal() for letter in text) == 8


@given(CODES, CODES)
def test_hashes_tell_codes_apart_and_do_not_show_them(one: str, other: str) -> None:
    assert (hashed(one) == hashed(other)) == (one == other)
    assert one not in hashed(one)
