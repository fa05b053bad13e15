"""Text made comparable: what a citizen typed and what the pack lists go through the same door.

Nothing here is for showing or storing: what was written stays as it was written.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# The head of the pack's emergency.toml. Sorani and Azerbaijani letters (ە ێ ۆ ڕ ڵ ؤ ئ ۇ) tell words apart and stay.
_SAME: Final = {
    **dict.fromkeys("يى", "ی"),
    "ك": "ک",
    **dict.fromkeys("ةۀھ", "ه"),
    **dict.fromkeys("أإآٱ", "ا"),
}
_BREAKS: Final = "\u200b\u200c"  # the half-space and its careless twin stand between words
_KASHIDA: Final = "\u0640"
_THRICE: Final = re.compile(r"([^\W\d_])\1{2,}")
_PREFIXES: Final = frozenset({"می", "نمی"})


def _letter(char: str) -> str:
    """What becomes of one character: its plain form, nothing, or a space."""
    if char in _SAME:
        return _SAME[char]
    if char in _BREAKS or "\u2100" <= char <= "\u214f":  # letterlike signs such as ℹ are pictures on a button
        return " "
    kind = unicodedata.category(char)
    if char == _KASHIDA or kind in {"Mn", "Me", "Cf"}:
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    return _plain(char) if kind[0] == "L" else " "


def _plain(char: str) -> str:
    """A letter in lower case, the shapes of old Arabic fonts (U+FB50 to U+FEFF) as the letters that they show."""
    folded = unicodedata.normalize("NFKC", char).lower()
    return folded if folded == char else "".join(map(_letter, folded))


class _Table(dict[int, str]):
    """Filled as characters are met; there are a few hundred in all that people write."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _letter(chr(code)))


_TABLE: Final = _Table()
_DIGITS: Final = {
    code: str(unicodedata.decimal(chr(code))) for first in (0x660, 0x6F0) for code in range(first, first + 10)
}


def _once(word: str) -> str:
    return _THRICE.sub(r"\1", word)


@lru_cache(maxsize=16)  # one message is looked at for small talk, danger and its category in turn
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text as the pack's phrases are compared with them: normalised, digits Latin, no punctuation.

    A lone «می» or «نمی» is part of the word after it. `tokens(" ".join(tokens(text))) == tokens(text)`.
    """
    words: list[str] = []
    for word in unicodedata.normalize("NFC", text).translate(_TABLE).split():
        if words and words[-1] in _PREFIXES:
            words[-1] = _once(words[-1] + word)
        else:
            words.append(_once(word))
    return tuple(words)


def normalise(text: str) -> str:
    """The text's tokens with single spaces between."""
    return " ".join(tokens(text))


def latin_digits(text: str) -> str:
    """The text with Persian and Arabic digits as 0 to 9, everything else as it was."""
    return text.translate(_DIGITS)


def compact_label(text: str) -> str:
    """A menu label as a key: the same pressed, or typed without its emoji, half-spaces, spaces or Persian letters."""
    return "".join(tokens(text))
