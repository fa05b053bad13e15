import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.personal import MASK, mask

SCRIPTS = st.sampled_from([0x30, 0x660, 0x6F0])


def luhn_sum(digits: str) -> int:
    values = [int(digit) * (2 if place % 2 == len(digits) % 2 else 1) for place, digit in enumerate(digits)]
    return sum(value - 9 if value > 9 else value for value in values)


def card(body: str) -> str:
    return next(body + last for last in "0123456789" if luhn_sum(body + last) % 10 == 0)


def national_id(body: str) -> str:
    rest = sum((10 - place) * int(digit) for place, digit in enumerate(body)) % 11
    return body + str(rest if rest < 2 else 11 - rest)


CARDS = st.from_regex(r"[1-9][0-9]{14}", fullmatch=True).map(card)
IDS = st.from_regex(r"[0-9]{8}[1-9]", fullmatch=True).filter(lambda body: len(set(body)) > 1).map(national_id)


def written(digits: str, zero: int) -> str:
    return "".join(chr(zero + int(digit)) for digit in digits)


@given(CARDS, SCRIPTS, st.sampled_from(["", " ", "-", "\u200c", " – "]))
def test_a_card_number_is_hidden_in_every_script_and_grouping(number: str, zero: int, between: str) -> None:
    digits = written(number, zero)
    spaced = between.join(digits[start : start + 4] for start in range(0, 16, 4))
    hidden, found = mask(f"به کارت {spaced} بزنید")
    assert found
    assert hidden == f"به کارت {between.join([MASK * 4] * 4)} بزنید"


@given(IDS, SCRIPTS)
def test_a_national_id_is_hidden(number: str, zero: int) -> None:
    assert mask(f"کد ملی: {written(number, zero)}.") == (f"کد ملی: {MASK * 10}.", True)


@given(CARDS, st.integers(min_value=1, max_value=9))
def test_a_card_number_with_one_wrong_digit_stays(number: str, change: int) -> None:
    wrong = number[:-1] + str((int(number[-1]) + change) % 10)
    assert mask(wrong) == (wrong, False)


@given(CARDS)
def test_a_card_number_behind_another_number_is_found(number: str) -> None:
    hidden, _ = mask(f"پلاک 12، کارت {number} و {number}")
    assert hidden == f"پلاک 12، کارت {MASK * 16} و {MASK * 16}"


@given(st.text(max_size=80))
def test_length_and_everything_but_digits_stay(text: str) -> None:
    hidden, found = mask(text)
    assert found == (hidden != text)
    assert all(new == old or (old.isdecimal() and new == MASK) for old, new in zip(text, hidden, strict=True))


@pytest.mark.parametrize("text", ["", "4729 1538", "09181234567", "1111111111", "0" * 16, "پلاک ۱۲ واحد ۳", "1" * 17])
def test_ordinary_numbers_stay(text: str) -> None:
    assert mask(text) == (text, False)


def test_the_national_id_is_known_in_groups() -> None:
    assert mask("008-457594-8") == ("•••-••••••-•", True)
