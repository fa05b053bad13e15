"""The pack's ready sentences, held to what officials are held to: `check-pack` and the doctor look with this."""

from __future__ import annotations

from collections.abc import Iterator

from bot.pack.check import Finding
from bot.pack.pack import Pack
from bot.understand.hollow import Hollow


def hollow_answers(pack: Pack) -> Iterator[Finding]:
    """An error for each ready sentence that would be challenged if an official typed it."""
    hollow = Hollow(pack.answers.hollow)
    for key, answer in pack.answers.listed.items():
        for lang, words in answer.sentences.items():
            if hollow.covers(words):
                what = f"words in {lang} say nothing but stock phrases of this file."
                yield Finding("error", "answers.toml", f"answer[{key}].words", what)
