import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.tracking import tracking_code

CODES = st.integers(min_value=10_000_000, max_value=99_999_999).map(str)
SCRIPTS = st.sampled_from([0x30, 0x660, 0x6F0])


@given(CODES, SCRIPTS, st.sampled_from(["", " ", "-", " - ", "\u200c", "\u2069 \u2068"]))
def test_a_code_is_read_in_every_script_and_grouping(code: str, zero: int, between: str) -> None:
    written = "".join(chr(zero + int(digit)) for digit in code)
    assert tracking_code(f"کد من {written[:4]}{between}{written[4:]} است") == code


@given(CODES)
def test_a_code_beside_another_number_is_still_found(code: str) -> None:
    assert tracking_code(f"{code} 12 روز پیش") == code


@pytest.mark.parametrize(
    "text", ["", "09181234567", "0918 123 4567", "1404-09-03", "01234567", "پلاک 12", "۱۲۳۴", "1 2\n345678"]
)
def test_other_numbers_are_no_codes(text: str) -> None:
    assert tracking_code(text) is None


@given(st.text(max_size=60))
def test_the_answer_is_eight_latin_digits_or_nothing(text: str) -> None:
    code = tracking_code(text)
    assert code is None or (len(code) == 8 and code.isascii() and code.isdecimal())
