"""The list of texts whose screens are not built yet names texts that exist, and nothing twice."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

from bot.pack import Pack

LINES = [
    line.strip()
    for line in (Path(__file__).parent / "unbuilt.txt").read_text().splitlines()
    if line.strip() and not line.startswith("#")
]


def test_every_line_names_a_text_of_the_pack(qorveh: Pack) -> None:
    ids = qorveh.text_ids()
    assert [line for line in LINES if not any(fnmatch(text, line.removeprefix("!")) for text in ids)] == []


def test_no_line_stands_twice() -> None:
    assert len(LINES) == len(set(LINES))


def test_what_is_taken_back_was_named_before() -> None:
    named: list[str] = []
    for line in LINES:
        if line.startswith("!"):
            assert any(fnmatch(line[1:], pattern) for pattern in named)
        named.append(line)
