"""The slow checks of a pack, for `check-pack` and the tests: every text through Fluent's own parser, the rules of
writing that a program can see, every example. A start does without them: they cost more than the whole pack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fluent.syntax import ast
from fluent.syntax.parser import FluentParser
from fluent.syntax.visitor import Visitor

from bot.errors import PackError
from bot.pack.load import load_pack
from bot.pack.pack import Pack
from bot.pack.part import SOURCE
from bot.pack.phrases import FINGLISH
from bot.pack.texts import Texts, file_of

BUTTON_CHARS = {SOURCE: 20}
BUTTON_CHARS_ELSEWHERE = 24
_PLACEABLE = re.compile(r"\{[^{}]*\}")
_SHARED = (
    (re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]"), "holds a direction mark; the program adds its own"),
    (re.compile("[\ue000-\uf8ff]"), "holds a private-use character, which marks parts of a text for the program"),
)
_RULES = {
    "fa": (
        (re.compile("[يىك٠-٩]"), "holds an Arabic letter or digit: Persian ی, ک and ۰-۹ are meant"),
        (re.compile("[0-9]"), "holds a Latin digit"),
        (re.compile("به[\u200c ]?زودی|در اسرع وقت|حتماً|حتما "), "promises what nobody has confirmed"),
    ),
    "az": ((re.compile("[كي٠-٩0-9]"), "holds an Arabic letter or a digit that is not ۰-۹"),),
    "ckb": ((re.compile("[كي۰-۹0-9]"), "holds an Arabic letter or a digit that is not ٠-٩"),),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`error`: the pack must not be used like this; `note`: worth knowing. `str()` is the operator's line."""

    level: Literal["error", "note"]
    file: str
    key: str
    what: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{self.level}: {where}: {self.what}"


Look = Callable[[Pack], Iterable[Finding]]


def check_pack(folder: Path, overlay: Path | None = None, looks: Iterable[Look] = ()) -> list[Finding]:
    """Everything that is wrong with a pack; only the first thing where it can't be read at all.

    `looks`: what rooms above this one know to look for.
    """
    try:
        pack = load_pack(folder, overlay)
        examples = list(_examples(pack))
    except PackError as error:
        what = error.what.removeprefix(f"{error.file}: ").removeprefix(f"{error.key}: ")
        return [Finding("error", error.file, error.key, f"{what} {error.cure}")]
    texts = [finding for lang in pack.texts.values() for finding in _texts(lang)]
    more = [finding for look in looks for finding in look(pack)]
    return [*texts, *examples, *_answers(pack), *more, *_fallbacks(pack)]


def _texts(texts: Texts) -> Iterator[Finding]:
    file = file_of(texts.lang)
    resource = FluentParser(with_spans=False).parse(texts.source)
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            key = (entry.content or "").split(" =")[0].strip()[:40]
            yield Finding("error", file, key, f"Fluent can't read this: {entry.annotations[0].message}.")
        elif isinstance(entry, ast.Message):
            missing = _references(entry) - texts.messages.keys()
            yield from (Finding("error", file, entry.id.name, f"{name!r} is no text.") for name in sorted(missing))
    for text_id, message in texts.messages.items():
        yield from (Finding("error", file, text_id, what) for what in _writing(texts.lang, text_id, message))


def _references(message: ast.Message) -> set[str]:
    seen = _Seen()
    seen.visit(message)
    return seen.names


class _Seen(Visitor):
    """Collects the other messages that a message quotes."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 (the parser's own naming)
        self.names.add(node.id.name)


def _writing(lang: str, text_id: str, message: str) -> Iterator[str]:
    words = message[len(text_id) + 2 :]
    most = BUTTON_CHARS.get(lang, BUTTON_CHARS_ELSEWHERE)
    if text_id.startswith("btn-") and (length := len(words.strip())) > most:
        yield f"has {length} characters; {most} fit a button in {lang}."
    yield from _against_rules(lang, _PLACEABLE.sub("", words))


def _against_rules(lang: str, words: str) -> Iterator[str]:
    for shape, what in (*_SHARED, *_RULES.get(lang, ())):
        if shape.search(words):
            yield f"{what}."


def _answers(pack: Pack) -> Iterator[Finding]:
    for key, answer in pack.answers.listed.items():
        for name, by_lang in (("label", answer.labels), ("words", answer.sentences)):
            found = (what for lang, words in by_lang.items() for what in _against_rules(lang, words))
            yield from (Finding("error", "answers.toml", f"answer[{key}].{name}", what) for what in found)


def _examples(pack: Pack) -> Iterator[Finding]:
    kinds = {rule.key for rule in pack.emergencies} | {"", None}
    categories = {*pack.categories, ""}
    languages = {*pack.languages.offered, FINGLISH}
    for number, example in enumerate(pack.examples, 1):
        for value, known, what in (
            (example.category, categories, "is no category of categories.toml"),
            (example.emergency, kinds, "is no rule of emergency.toml"),
            (example.lang, languages, "is no language of city.toml"),
        ):
            if value not in known:
                yield Finding("error", "examples.jsonl", f"line {number}", f"{value!r} {what}.")


def _fallbacks(pack: Pack) -> Iterator[Finding]:
    for lang in pack.languages.offered:
        if missing := pack.missing_texts(lang):
            what = f"{len(missing)} texts are taken from Persian."
            yield Finding("note", file_of(lang), "", what)
