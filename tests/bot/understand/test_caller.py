"""Numbers of callers: one form, however they were written."""

from __future__ import annotations

import pytest

from bot.understand.caller import caller_number

MOBILE = "09123456789"


@pytest.mark.parametrize(
    "text",
    [
        "09123456789",
        "۰۹۱۲۳۴۵۶۷۸۹",
        "٠٩١٢ ٣٤٥ ٦٧٨٩",
        "+98 912 345 6789",
        "00989123456789",
        "+989123456789",
        "9123456789",
        "(0912) 345-67-89",
        "\u2066۰۹۱۲\u200c۳۴۵۶۷۸۹\u2069",
    ],
)
def test_one_mobile_is_one_number(text: str) -> None:
    assert caller_number(text) == MOBILE


def test_a_land_line_needs_the_code_of_its_city() -> None:
    assert caller_number("087 3522 1234") == "08735221234"
    assert caller_number("+98 87 3522 1234") == "08735221234"
    assert caller_number("35221234") == ""


@pytest.mark.parametrize(
    "text", ["", "نداد", "0912345678", "091234567890", "00123456789", "0912345678x", "+1 912 345 6789"]
)
def test_anything_else_is_none(text: str) -> None:
    assert caller_number(text) == ""
