from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.code import CODES, Codes, check, shown

codes = Codes(b"sixteen bytes of secret")
numbers = st.integers(min_value=0, max_value=CODES - 1)


@settings(max_examples=100)
@given(numbers)
def test_a_code_is_eight_digits_without_a_leading_zero_and_checks(number: int) -> None:
    code = codes.code(number)
    assert len(code) == 8
    assert code.isascii()
    assert code[0] != "0"
    assert check(code) == code


def test_no_code_is_made_twice() -> None:
    made = {codes.code(number) for number in range(10_000)}  # a random function would repeat about five of them
    assert len(made) == 10_000


def test_neighbouring_numbers_have_codes_far_apart() -> None:
    apart = [abs(int(codes.code(n + 1)) - int(codes.code(n))) for n in range(200)]
    assert sum(apart) / len(apart) > 10_000_000


def test_the_last_number_has_a_code_and_the_next_has_none() -> None:
    assert check(codes.code(CODES - 1))
    for number in (-1, CODES):
        with pytest.raises(ValueError, match="none for number"):
            codes.code(number)


def test_another_key_makes_other_codes_and_the_same_key_the_same() -> None:
    assert Codes(b"sixteen bytes of secret").code(7) == codes.code(7)
    assert Codes(b"another secret of bytes").code(7) != codes.code(7)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="16 to 64 bytes"):
        Codes(b"short")


def test_codes_given_out_stay_the_same_in_every_version() -> None:
    assert [codes.code(n) for n in (0, 1, CODES - 1)] == ["90199707", "50564934", "26007584"]


@settings(max_examples=100)
@given(numbers, st.integers(0, 7), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(number: int, place: int, off: int) -> None:
    code = codes.code(number)
    wrong = code[:place] + str((int(code[place]) + off) % 10) + code[place + 1 :]
    assert check(wrong) is None


@settings(max_examples=100)
@given(numbers, st.integers(0, 6))
def test_every_swap_of_neighbours_is_found(number: int, place: int) -> None:
    code = codes.code(number)
    assume(code[place] != code[place + 1])
    assert check(code[:place] + code[place + 1] + code[place] + code[place + 2 :]) is None


@settings(max_examples=100)
@given(
    numbers, st.sampled_from(["۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "0123456789"]), st.text("\u2068\u2069\u200c -\u2011\u00a0.#")
)
def test_a_code_is_understood_in_any_script_with_any_marks(number: int, script: str, mark: str) -> None:
    code = codes.code(number)
    typed = mark.join(script[int(digit)] for digit in code)
    assert check(f"{mark}{typed}\n") == code


@pytest.mark.parametrize("text", ["", "1234", "کد", "00000000", "۴۷۲۹x۱۵۳۸", "½", "+98", "1" * 16])
def test_what_is_no_code_is_none(text: str) -> None:
    assert check(text) is None


def test_a_code_is_shown_in_two_groups_of_four() -> None:
    assert shown("47291538") == "4729 1538"
