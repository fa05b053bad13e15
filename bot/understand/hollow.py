"""Answers that say nothing: «در دست اقدام است، با تشکر». What is challenged before it is sent to a citizen.

Known by what is missing: no word is left when stock phrases, courtesies and the small words of grammar are taken away.
How well that works: docs/decisions/0006-hollow-answers.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from bot.understand.normalise import tokens

_LITTLE: Final = frozenset(
    tokens(
        "و در به از با را رو تا که هم یا نیز بر برای جهت بابت ی ای ها های هایی تر ترین ام ات اش مان تان شان "
        "ایم اید اند من ما شما او آن این آنها اینها همین همان خود خودم خودمان خودتان خودشان ماست شماست خیلی بسیار هر "
        "همه هیچ چون اما ولی پس باید شاید است هست اینکه آنکه یک دیگر سوی طی حسب بنا بنابراین ضمن"
    )
)
# شدن کردن دادن گرفتن and their like in all persons and times: in official Persian the noun beside them is what is said.
# Letters as `tokens` leaves them: «آ» is «ا».
_VERB: Final = re.compile(
    r"(?:ن?می|ن|ب)?(?:شد|گردید|بود|کرد|نمود|داد|گرفت|داشت|یافت|پذیرفت|امد|رسید|رساند|خواست|ماند)(?:م|ی|یم|ید|ند|ن|ه|ست)?"
    r"|(?:ن?می|ن|ب)?(?:شو|گرد|باش|هست|نیست|کن|نما|نمای|ده|گیر|دار|یاب|پذیر|ای|یای|رس|رسان|خواه|توان|مان)"
    r"(?:م|ی|د|یم|ید|ند|ن|ه|ین)|ن?می(?:ش|د|ا)(?:م|ی|ه|د|یم|ید|ین|ن|ند)|است|نیست|بشه|نشه|شه|بدم|بدیم"
)
_ENDING: Final = re.compile(r"(?:ها|های|ان|ین|ات)?(?:مان|تان|شان|مون|تون|شون|یم|ند|ست|ی)?")
_BEFORE: Final = ("با", "به", "در", "از")  # glued to the next word: «باتشکر»
_AFTER: Final = ("شد", "شده", "شود", "است", "گردید", "گردد", "کرد", "کردیم")  # to the one before: «خواهدشد», «انجامشد»


class Hollow:
    """Phrases of answers.toml, ready to be compared with. Each word counts, in any order and with any ending."""

    def __init__(self, phrases: Iterable[str]) -> None:
        listed = {word for phrase in phrases for word in tokens(phrase)}
        self._words = {word for word in listed if not _is_grammar(word)}  # a verb takes no ending of a noun

    def covers(self, text: str) -> bool:
        """Whether nothing concrete remains of the text; of no words at all nothing does."""
        words = tokens(text)
        place = 0
        while place < len(words):
            if self._says_nothing(words[place]):
                place += 1
            elif self._is_stock("".join(words[place : place + 2])):
                place += 2  # «پی گیری»
            else:
                return False
        return True

    def _says_nothing(self, word: str) -> bool:
        return _is_grammar(word) or self._is_stock(word) or self._is_glued(word)

    def _is_stock(self, word: str) -> bool:
        """A word of the pack, bare or with an ending: «اقدامات», «همکارانمان»."""
        return word in self._words or any(
            word[:cut] in self._words and _ENDING.fullmatch(word, cut) for cut in range(len(word) - 1, 1, -1)
        )

    def _is_glued(self, word: str) -> bool:
        """Two such words without a space between."""
        if word.startswith(_BEFORE) and self._is_stock(word[2:]):
            return True
        heads = (word.removesuffix(tail) for tail in _AFTER if word.endswith(tail))
        return any(_is_verb(head) or self._is_stock(head) for head in heads)


def is_hollow(text: str, phrases: Sequence[str]) -> bool:
    """Whether the text is made of these phrases, courtesies and small words alone. For many texts keep a `Hollow`."""
    return Hollow(phrases).covers(text)


def _is_grammar(word: str) -> bool:
    return word in _LITTLE or _is_verb(word)


def _is_verb(word: str) -> bool:
    return _VERB.fullmatch(word) is not None
