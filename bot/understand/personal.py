"""Numbers that a city has no business to keep: bank cards and national ids, hidden before a text is stored or shown."""

import re
from collections.abc import Callable
from typing import Final

MASK: Final = "•"
_BETWEEN: Final = r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\-‐–—._/]{0,3}"
# `\d` is a digit of any script, and so are the digits that int() reads.
_CARD: Final = re.compile(rf"(?<!\d)\d(?:{_BETWEEN}\d){{15}}(?!\d)")
_NATIONAL_ID: Final = re.compile(r"(?<!\d)(?:\d{10}|\d{3}[-‐– ]\d{6}[-‐– ]\d)(?!\d)")


def mask(text: str) -> tuple[str, bool]:
    """The text with each digit of a card number or national id as «•», and whether there was one.

    A card number has 16 digits, in any grouping, that pass the Luhn check; a national id has 10 (together or 3-6-1)
    that pass its own. Everything else in the text stays as it was, and so does its length.
    """
    hidden = _hide(_hide(text, _CARD, _is_card), _NATIONAL_ID, _is_national_id)
    return hidden, hidden != text


def _hide(text: str, shape: re.Pattern[str], is_real: Callable[[list[int]], bool]) -> str:
    """A number that fails the check may hide one that begins a group later: the search goes on behind its start."""
    start = 0
    while found := shape.search(text, start):
        start = found.start() + 1
        if is_real([int(char) for char in found[0] if char.isdecimal()]):
            text = text[: found.start()] + re.sub(r"\d", MASK, found[0]) + text[found.end() :]
            start = found.end()
    return text


def _is_card(digits: list[int]) -> bool:
    """Luhn: from the right every second digit doubled, its own digits added; the sum ends in 0. Not 16 noughts."""
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return any(digits) and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_national_id(digits: list[int]) -> bool:
    """Weights 10 to 2 over nine digits, modulo 11; the tenth digit is the rest, or 11 less the rest from 2 on."""
    rest = sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return len(set(digits)) > 1 and digits[9] == (rest if rest < 2 else 11 - rest)
