"""One-time codes that join two messengers: eight digits that can't be a tracking code, kept as their hash alone."""

from __future__ import annotations

import secrets
from hashlib import sha256

from bot.domain.code import check


def new_code() -> str:
    """Eight Latin digits, not beginning with 0. Never a tracking code, so that one typed anywhere is told apart."""
    while True:
        code = str(secrets.randbelow(90_000_000) + 10_000_000)
        if check(code) is None:
            return code


def typed_code(text: str) -> str | None:
    """The code in what somebody typed, in digits of any script, spaces and dashes between them; None for other text."""
    digits = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text if letter not in _BETWEEN)
    return digits if len(digits) == 8 and digits.isdigit() and check(digits) is None else None


def hashed(code: str) -> str:
    """What is kept of a code."""
    return sha256(f"link {code}".encode()).hexdigest()


_BETWEEN = frozenset(" -‐–—\u00a0\u200c\u200e\u200f\u2066\u2067\u2068\u2069")
