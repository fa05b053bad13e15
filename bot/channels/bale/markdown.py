"""Rich text as Bale Markdown, which has no escape character: markers in words are cut off by U+2060, seen by nobody.

Documented are `*bold*` and `_italic_` with a space or a line's edge outside, `[words](address)`, and fenced text
between triple backticks. Each is broken where it would begin or end, and the insertions are kept within the limit.
"""

from __future__ import annotations

import re

from bot.channels.limits import fits
from bot.talk.rich import FSI, PDI, Bold, Code, Link, Part, Plain, Rich

JOINER = "\u2060"
LRI = "\u2066"
_MARKERS = re.compile(r"[*_\]`]")
_OUT = r"[^\s\ufeff]"  # what is no space, in Python's or in JavaScript's eyes
_BREAKS = re.compile(
    rf"(?<!{_OUT})(?=[*_])"  # before a marker that has a space or an edge outside
    rf"|(?<=[*_])(?!{_OUT})"
    r"|(?<=\])(?=\(|\Z)"
    r"|(?<=`)(?=`|\Z)"
)
_UNSAFE = re.compile(r"[\s()<>\[\]`]")
# Look-alikes of the same length, for a text that has more markers than room for joiners.
_ALIKE = str.maketrans({"*": "∗", "_": "ˍ", "`": "ˋ", "[": "［", "]": "］"})


def render(rich: Rich, most: int) -> str:
    """The rich text with its markup, at most `most` UTF-16 units as long as the words leave room for what is inserted.

    Where they don't, the markup goes first, then the joiners: markers become look-alikes of the same length.
    """
    text = _marked(rich)
    return text if fits(text, most) else bare(rich, most)


def bare(rich: Rich, most: int) -> str:
    """The words alone, so that nothing in them formats; codes are isolated."""
    text = "".join(_isolated(part.text) if isinstance(part, Code) else neutral(part.text) for part in rich)
    return text if fits(text, most) else "".join(part.text for part in rich).translate(_ALIKE)


def neutral(text: str) -> str:
    """The text with U+2060 wherever a marker could begin or end something, its own edges counted as spaces."""
    return _BREAKS.sub(JOINER, text) if _MARKERS.search(text) else text


def _marked(rich: Rich) -> str:
    rich = tuple(part for part in rich if part.text)
    out = ""
    skip = 0  # characters of the next part that were taken into this one
    for number, part in enumerate(rich):
        text, skip = part.text[skip:], 0
        match part:
            case Plain():
                out += neutral(text)
            case Code():
                out += _isolated(text)
            case Link():
                out += _link(out, text, part.url)
            case Bold():
                after = "".join(_head(follower) for follower in rich[number + 1 : number + 3])
                if out.endswith(FSI) and after.startswith(PDI):  # isolates go inside, a marker needs a space outside
                    out, text, after, skip = out[:-1], f"{FSI}{text}{PDI}", after[1:], 1
                out += _bold(text) if _free(out[-1:]) and _free(after[:1]) else neutral(text)
    return out


def _head(part: Part) -> str:
    """What stands first where this part is written: its own words, or an isolate or a bracket, which is no space."""
    return part.text if isinstance(part, Plain | Bold) else "["


def _isolated(text: str) -> str:
    """Plain digits that can't flip: no marker of Bale's is made for copying."""
    return f"{LRI}{neutral(text)}{PDI}" if text else ""


def _free(letter: str) -> bool:
    """Whether a marker may stand beside it: a text's edge (no letter), a line's edge or a space."""
    return letter in ("", " ", "\n")


def _bold(text: str) -> str:
    """Each line for itself, spaces left outside of the markers."""
    return "\n".join(_bold_line(line) for line in text.split("\n"))


def _bold_line(line: str) -> str:
    words = line.strip(" ")
    if "*" in words or not words.strip(FSI + PDI) or not _tight(words):
        return neutral(line)
    start = line.index(words)
    return f"{line[:start]}*{neutral(words)}*{line[start + len(words) :]}"


def _tight(words: str) -> bool:
    """Whether no other kind of space stands just inside of the markers."""
    return words == words.strip()


def _link(before: str, text: str, url: str) -> str:
    """Words that Bale could not tell from the link's own brackets stay words."""
    open_bracket = before.rfind("[") > before.rfind("]")
    if not url or open_bracket or not text.strip() or re.search(r"[\[\]\n]", text):
        return neutral(text)
    return f"[{neutral(text)}]({_UNSAFE.sub(_percent, url)})"


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())
