"""Cuts a screen into screens of one call each, within the budgets of `bot/talk/limits.py`.

Between paragraphs if there are any, else between lines, sentences, words; never inside a code, a link or what a reader
sees as one character. Media come first, then the words, then the pin; the keyboard stands under the last words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from bot.talk.limits import ALBUM, CAPTION_UNITS, TEXT_UNITS, units
from bot.talk.rich import Code, Link, Part, Rich, visible
from bot.talk.screen import Media, Screen

# From the best place for a cut to the worst. Each matches the space that the cut may swallow.
_BREAKS = tuple(re.compile(shape) for shape in (r"\n\s*\n", r"\n", r"(?<=[.!?؟…])\s", r"\s"))
_SPACE = re.compile(r"\s*")
_Spans = tuple[tuple[int, int], ...]


def split(screen: Screen) -> list[Screen]:
    """The calls that say this screen, in order. Visible words are kept but for the space at the cuts.

    Raises ValueError when a keyboard has nothing to stand under (an album can't carry one).
    """
    if _is_one_call(screen):
        return [screen]
    bare = Screen(rtl=screen.rtl)
    media = [replace(bare, media=group) for group in _albums(screen.media)]
    words = [replace(bare, text=piece) for piece in _pieces(screen.text, TEXT_UNITS)]
    keyboard = bool(screen.rows) or screen.keys is not None
    if len(media) == 1 and words and _is_caption(screen) and not (keyboard and len(screen.media) > 1):
        media, words = [], [replace(media[0], text=screen.text)]
    pins = [replace(bare, pin=screen.pin)] if screen.pin else []
    calls = [*media, *words, *pins]
    if keyboard:
        holder = len(media) + len(words) - 1 if words else len(calls) - 1
        if not calls or len(calls[holder].media) > 1:
            raise ValueError("a keyboard needs a text, one file or a pin to stand under")
        calls[holder] = replace(calls[holder], rows=screen.rows, keys=screen.keys)
    return calls


def _is_one_call(screen: Screen) -> bool:
    if screen.pin:
        return not screen.text and not screen.media
    if not screen.media:
        return units(visible(screen.text)) <= TEXT_UNITS
    return len(screen.media) == 1 and _is_caption(screen)


def _is_caption(screen: Screen) -> bool:
    return units(visible(screen.text)) <= CAPTION_UNITS


def _albums(media: tuple[Media, ...]) -> Iterator[tuple[Media, ...]]:
    """Photos and videos that follow each other go together, anything else by itself."""
    for together, run in groupby(media, lambda one: one.kind in ("photo", "video")):
        files = tuple(run)
        size = ALBUM if together else 1
        yield from (files[at : at + size] for at in range(0, len(files), size))


def _pieces(text: Rich, budget: int) -> Iterator[Rich]:
    words, whole = visible(text), _whole_spans(text)
    start = 0
    while units(words[start:]) > budget:
        cut = _cut(words, start, _reach(words, start, budget), whole)
        if words[start:cut].strip():
            yield _slice(text, start, start + len(words[start:cut].rstrip()))
        start = _after_space(words, cut)
    if words[start:].strip():
        yield _slice(text, start, len(words))


def _reach(words: str, start: int, budget: int) -> int:
    """The furthest end of a piece that begins at `start`."""
    end = min(len(words), start + budget)
    while (over := units(words[start:end]) - budget) > 0:
        end -= (over + 1) // 2
    return end


def _cut(words: str, start: int, end: int, whole: _Spans) -> int:
    """Where the piece from `start` to at most `end` ends. A break in its first quarter would leave a stump."""
    for shape in _BREAKS:
        found = [match.start() for match in shape.finditer(words, start + (end - start) // 4, end + 2)]
        for cut in reversed(found):
            if start < cut <= end and _is_free(cut, whole) and not _joined(words, _after_space(words, cut)):
                return cut
    for cut in range(end, start, -1):
        if _is_free(cut, whole) and not _joined(words, cut):
            return cut
    return end  # a code or a pile of marks longer than a message


def _is_free(cut: int, whole: _Spans) -> bool:
    return not any(begin < cut < end for begin, end in whole)


def _joined(words: str, at: int) -> bool:
    """Whether the letters around this place are one character to a reader (the cases of UAX 29 that people write)."""
    before, after = words[at - 1], words[at : at + 1] or " "
    if unicodedata.category(after)[0] == "M" or after in "\u200c\u200d" or before == "\u200d":
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":  # skin tones, flags by tags
        return True
    if before == "\r" and after == "\n":
        return True
    return _is_flag(after) and _flags_before(words, at) % 2 == 1


def _is_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _flags_before(words: str, at: int) -> int:
    begin = at
    while begin and _is_flag(words[begin - 1]):
        begin -= 1
    return at - begin


def _after_space(words: str, at: int) -> int:
    space = _SPACE.match(words, at)
    return space.end() if space else at


def _whole_spans(text: Rich) -> _Spans:
    return tuple((begin, end) for begin, end, part in _placed(text) if isinstance(part, Code | Link))


def _slice(text: Rich, start: int, end: int) -> Rich:
    return tuple(
        replace(part, text=part.text[max(0, start - begin) : end - begin])
        for begin, stop, part in _placed(text)
        if begin < end and stop > start
    )


def _placed(text: Rich) -> Iterator[tuple[int, int, Part]]:
    at = 0
    for part in text:
        yield at, at + len(part.text), part
        at += len(part.text)
