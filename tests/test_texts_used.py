"""Every text that the code says is in the pack, and every text of the pack is said or waits for its screen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from bot.pack.load import load_pack
from bot.settings import ROOT

UNBUILT = ROOT / "tests/bot/pack/unbuilt.txt"
SAYING = {"rich", "line", "tell", "button", "Refused", "has"}
_ID = re.compile(r"[a-z]+(-[a-z0-9]+)+\Z")


@cache
def ids() -> frozenset[str]:
    return load_pack(ROOT / "data/qorveh").text_ids()


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for folder in ("bot", "handlers"):
        for path in (ROOT / folder).rglob("*.py"):
            if "sandbox" not in path.parts:
                yield path, ast.parse(path.read_text())


def pattern(joined: ast.JoinedStr) -> str:
    """An f-string as a pattern: what is filled in stands for anything."""
    return "".join(part.value if isinstance(part, ast.Constant) else "*" for part in joined.values)  # type: ignore[misc]


def said() -> tuple[set[str], set[str]]:
    """Literal ids, and patterns of those that are put together."""
    literal: set[str] = set()
    patterns: set[str] = set()
    for _, module in sources():
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literal.add(node.value)
            elif isinstance(node, ast.JoinedStr) and re.match(r"[a-z]+-", made := pattern(node)):
                patterns.add(made)
    return literal, patterns


def unbuilt() -> tuple[list[str], list[str]]:
    """Patterns of texts whose screens are to come, and those that are used all the same."""
    lines = [line.strip() for line in UNBUILT.read_text().splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    return [line for line in lines if line[0] != "!"], [line[1:] for line in lines if line[0] == "!"]


def calls() -> Iterator[tuple[str, ast.expr]]:
    """Where a text is said: the place in the code, and what names the text."""
    for path, module in sources():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and node.args and _says(node.func):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0]


def _says(func: ast.expr) -> bool:
    if isinstance(func, ast.Attribute):  # `draft.tell` notes an answer and says nothing
        return func.attr in SAYING and "draft" not in ast.dump(func.value)
    return isinstance(func, ast.Name) and func.id in SAYING


def is_known(text: ast.expr) -> bool:
    if isinstance(text, ast.JoinedStr):
        return any(fnmatch(known, pattern(text)) for known in ids())
    return not (isinstance(text, ast.Constant) and _ID.match(str(text.value))) or text.value in ids()


def test_no_text_that_the_code_says_is_missing_in_the_pack() -> None:
    assert [f"{where} {ast.unparse(text)}" for where, text in calls() if not is_known(text)] == []


def test_every_text_of_the_pack_is_said_or_waits_for_its_screen() -> None:
    literal, patterns = said()
    waiting, taken_back = unbuilt()
    unused = {
        text
        for text in ids()
        if text not in literal
        and not any(fnmatch(text, made) for made in patterns)
        and (text in taken_back or not any(fnmatch(text, each) for each in waiting))
    }
    assert unused == set()


def test_no_text_waits_for_a_screen_that_is_built() -> None:
    literal, _ = said()
    waiting, taken_back = unbuilt()
    built = {
        text for text in ids() & literal if text not in taken_back and any(fnmatch(text, each) for each in waiting)
    }
    assert built == set()
