"""Tracking codes: eight digits, the last one for checking, random to look at, never beginning with 0.

A code is a number of the store (0, 1, 2 …) sent through a keyed permutation, so two numbers never share a code and
nobody can tell from a code how many there are. Guessing is not made impossible by it: guesses are limited elsewhere.
"""

from __future__ import annotations

import unicodedata
from hashlib import blake2b

CODES = 9_000_000
_HALF_BITS, _ROUNDS = 12, 8  # 2 × 12 bits hold 16.8 million: about two walks to come back under nine million

# H. M. Damm's totally anti-symmetric quasigroup of order 10 (2004): finds every single wrong digit and every swap of
# two neighbours. Row: the interim digit; column: the next one.
_DAMM = tuple(
    tuple(map(int, row))
    for row in (
        "0317598642",
        "7092154863",
        "4206871359",
        "1750983426",
        "6123045978",
        "3674209581",
        "5869720134",
        "8945362017",
        "9438617205",
        "2581436790",
    )
)


class Codes:
    """Makes codes with the installation's own secret. `key`: 16 to 64 bytes; another key makes other codes."""

    def __init__(self, key: bytes) -> None:
        if not 16 <= len(key) <= 64:
            raise ValueError("the key of the tracking codes has 16 to 64 bytes")
        self._key = key

    def code(self, number: int) -> str:
        """Eight Latin digits for a number from 0 to CODES - 1. Raises ValueError outside."""
        if not 0 <= number < CODES:
            raise ValueError(f"there are {CODES} tracking codes, none for number {number}")
        number = self._permuted(number)
        while number >= CODES:  # cycle walking keeps it a permutation of the smaller set
            number = self._permuted(number)
        body = str(number + 1_000_000)
        return f"{body}{_damm(body)}"

    def _permuted(self, number: int) -> int:
        mask = (1 << _HALF_BITS) - 1
        left, right = number >> _HALF_BITS, number & mask
        for turn in range(_ROUNDS):
            digest = blake2b(bytes((turn, right >> 8, right & 255)), digest_size=2, key=self._key).digest()
            left, right = right, left ^ (int.from_bytes(digest, "big") & mask)
        return left << _HALF_BITS | right


def check(text: str) -> str | None:
    """The code in what somebody typed, as eight Latin digits; None if it can't be one.

    Digits of any script count; spaces, dashes, direction marks and other punctuation between them do not.
    """
    digits = ""
    for letter in text:
        if letter.isdecimal():
            digits += str(int(letter))
        elif unicodedata.category(letter)[0] not in "ZCPM":
            return None
    return digits if len(digits) == 8 and digits[0] != "0" and _damm(digits) == 0 else None


def shown(code: str) -> str:
    """A code as it is read aloud: `4729 1538`."""
    return f"{code[:4]} {code[4:]}"


def _damm(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim
