from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from bot.pack import load_pack
from bot.pack.check import check_pack
from bot.understand.canned import hollow_answers
from bot.understand.mind import Mind

DATA = Path(__file__).parents[3] / "data"
WORDS = "چاله با آسفالت گرم پر و غلتک زده شد."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copytree(DATA / "qorveh", tmp_path / "pack")


def test_no_ready_sentence_of_the_pack_would_be_challenged() -> None:
    pack = load_pack(DATA / "qorveh")
    mind = Mind(pack)
    assert [key for key, answer in pack.answers.listed.items() if mind.hollow(answer.words("fa"))] == []
    assert mind.hollow("با سلام، در اسرع وقت پیگیری خواهد شد.")


def test_a_ready_sentence_that_says_nothing_is_an_error_that_names_it(folder: Path) -> None:
    path = folder / "answers.toml"
    path.write_text(path.read_text().replace(WORDS, "موضوع در دست پیگیری و اقدام است."))
    (error,) = (found for found in check_pack(folder, looks=[hollow_answers]) if found.level == "error")
    assert (error.file, error.key) == ("answers.toml", "answer[pothole_hot].words")
