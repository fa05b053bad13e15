"""A phone number as people write or say it, in one form, so that two of them can be compared."""

import re
from typing import Final

from bot.understand.normalise import latin_digits

_BETWEEN: Final = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\-‐–—._/()]+")
_ABROAD: Final = re.compile(r"(?:\+|00)98(?=[1-9])")
_WHOLE: Final = re.compile(r"0[1-9][0-9]{9}\Z")
_MOBILE: Final = re.compile(r"9[0-9]{9}\Z")


def caller_number(text: str) -> str:
    """Eleven Latin digits that begin with 0 (a mobile, or a land line with its city's code); "" for anything else.

    «۰۹۱۲ ۳۴۵ ۶۷۸۹», +98 912…, 0098 912… and 912… are one number.
    """
    number = _ABROAD.sub("0", _BETWEEN.sub("", latin_digits(text)), count=1)
    if _MOBILE.match(number):
        number = f"0{number}"
    return number if _WHOLE.match(number) else ""
