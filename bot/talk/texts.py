"""The city pack's texts, read with Project Fluent. Nobody else in the program holds a sentence for people.

What is missing in a language is said in the default one, message by message; numbers in it then wear its digits too.
A text is whole or not said at all: what can't be formatted raises, and `check-pack` finds it before people do.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any

from fluent.runtime import FluentBundle, FluentResource, resolver
from fluent.syntax.ast import Junk, Message

from bot.errors import CityError, PackError
from bot.talk import rich
from bot.talk.digits import Count
from bot.talk.rich import Rich

Value = str | int | Callable[[str], str | int]
"""A string, a count, or what makes one for the language that the text was really found in (a date, a code)."""

# Fluent refuses placeables above 2,500 letters, a guard against hostile translations. Ours are the city's own, and a
# person's message may have 4,096 letters and come in several parts.
resolver.MAX_PART_LENGTH = 100_000


class MissingText(CityError, LookupError):
    """A text that no language has, or that can't be made whole from the values given."""

    def __init__(self, text: str, lang: str, why: str = "no language has it") -> None:
        super().__init__(f"text {text} ({lang}): {why}")


class Texts:
    """All texts of a pack. `ftl`: Fluent source by language. Raises PackError for source that Fluent can't read."""

    def __init__(self, ftl: Mapping[str, str], default: str = "fa", rtl: frozenset[str] = frozenset()) -> None:
        self.default = default
        self.languages = tuple(ftl)
        self._rtl = rtl
        self._bundles = {lang: _bundle(lang, source) for lang, source in ftl.items()}
        self._ready: dict[tuple[str, str], str] = {}

    def line(self, lang: str, text: str, /, **args: Value) -> str:
        """The text with its values in it. Strings lose forged marks and unbalanced direction controls on the way.

        Raises MissingText; never half a text.
        """
        if args:
            return self._format(lang, text, args)
        ready = self._ready.get((lang, text))
        if ready is None:
            ready = self._ready[lang, text] = self._format(lang, text, args)
        return ready

    def rich(self, lang: str, text: str, /, **args: Value) -> Rich:
        """The same as parts: values made by `rich.bold` and `rich.code` become parts of their own."""
        return rich.parse(self.line(lang, text, **args))

    def found(self, lang: str, text: str) -> str:
        """The language in which `line` finds this text: `lang`, or else the default. Raises MissingText."""
        for language in (lang, self.default):
            bundle = self._bundles.get(language)
            if bundle and bundle.has_message(text):
                return language
        raise MissingText(text, lang)

    def has(self, lang: str, text: str) -> bool:
        """Whether `line` has something to say, be it in the default language."""
        return any(text in self.ids(language) for language in (lang, self.default))

    def ids(self, lang: str) -> Set[str]:
        """The ids that this very language has."""
        bundle = self._bundles.get(lang)
        return bundle._messages.keys() if bundle else frozenset()

    def is_rtl(self, lang: str) -> bool:
        """Whether the language runs from right to left."""
        return lang in self._rtl

    def labels(self, ids: Iterable[str]) -> dict[str, str]:
        """Every spelling of these buttons in every language, and the button's id: look up `spelling(what came)`.

        Where two buttons read alike, the earlier id has it.
        """
        known: dict[str, str] = {}
        for text in ids:
            for lang in self.languages:
                known.setdefault(spelling(self.line(lang, text)), text)
        return known

    def _format(self, lang: str, text: str, args: Mapping[str, Value]) -> str:
        where = self.found(lang, text)
        bundle = self._bundles[where]
        pattern = bundle.get_message(text).value
        if pattern is None:
            raise MissingText(text, where, "it has attributes only")
        values = {name: _value(value, where) for name, value in args.items()}
        errors: list[Exception] = []
        said = _resolve(bundle, pattern, values, errors)
        if errors:
            raise MissingText(text, where, "; ".join(map(str, errors)))
        return "\n".join(map(_directed, said.split("\n"))) if where in self._rtl and rich.FSI in said else said


def spelling(label: str) -> str:
    """A label as people may type it: without emoji, marks and case, with Persian letters for their Arabic twins."""
    return " ".join(_NO_WORD.sub(" ", unicodedata.normalize("NFC", label).translate(_TWINS)).casefold().split())


_RLM = "\u200f"
_ISOLATED = re.compile(f"{rich.FSI}[^{rich.FSI}{rich.PDI}]*{rich.PDI}")
_LETTER = re.compile(r"[^\W\d_]")


def _directed(line: str) -> str:
    """A line of nothing but isolated values, codes, signs and emoji has no letter to take its direction from, and would
    run from left to right, at the wrong edge: it gets a mark.
    """
    if rich.FSI not in line:
        return line
    outside = line
    while rich.FSI in outside:
        outside, cut = _ISOLATED.subn("", outside)
        if not cut:
            break
    outside = outside.partition(rich.FSI)[0]  # a value of several lines is closed in a later one
    return line if _LETTER.search(outside) else _RLM + line


_NO_WORD = re.compile(r"[\W_]+")
_TWINS = str.maketrans("يىك", "ییک")


def _value(value: Value, lang: str) -> str | Count:
    if isinstance(value, rich.Marked):
        return value
    if isinstance(value, str):
        return rich.plain(value)
    if isinstance(value, int):
        return Count(value)
    return _value(value(lang), lang)


def _resolve(bundle: FluentBundle, pattern: resolver.Pattern, values: dict[str, Any], errors: list[Exception]) -> str:
    # Not `format_pattern`: it would turn every Count back into a plain number (and takes three times as long).
    current = resolver.CurrentEnvironment(args=values)
    try:
        return str(pattern(resolver.ResolverEnvironment(context=bundle, current=current, errors=errors)))
    except (ValueError, RecursionError) as error:  # too many parts; a text that is made of nothing but itself
        errors.append(error)
        return ""


def _bundle(lang: str, source: str) -> FluentBundle:
    resource = FluentResource(source)
    file = f"strings/{lang}.ftl"
    for entry in resource.body:
        if isinstance(entry, Junk):
            raise PackError(file, (entry.content or "").split("=")[0].strip()[:60], "Fluent can't read this text.")
    ids = Counter(entry.id.name for entry in resource.body if isinstance(entry, Message))
    for name, times in ids.items():
        if times > 1:
            raise PackError(file, name, f"this text stands {times} times.")
    bundle = FluentBundle([lang], use_isolating=True)
    bundle.add_resource(resource)
    return bundle
