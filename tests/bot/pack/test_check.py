from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from bot.pack.check import Finding, check_pack

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copytree(DATA / "qorveh", tmp_path / "pack")


def test_the_pack_has_no_error_with_or_without_the_demos_overlay() -> None:
    assert [str(found) for found in check_pack(DATA / "qorveh") if found.level == "error"] == []
    assert [str(found) for found in check_pack(DATA / "qorveh", DATA / "demo") if found.level == "error"] == []


def test_languages_that_fall_back_to_persian_are_noted() -> None:
    notes = [found for found in check_pack(DATA / "qorveh") if found.level == "note"]
    assert [found.file for found in notes] == ["strings/ckb.ftl", "strings/az.ftl"]
    assert str(notes[0]).startswith("note: strings/ckb.ftl: ")


@pytest.mark.parametrize(
    ("file", "line", "key"),
    [
        ("strings/en.ftl", "err-thanks = { btn-nothing }", "err-thanks"),
        ("strings/en.ftl", "err-thanks = { $x -> }", "err-thanks"),
        ("strings/fa.ftl", "err-thanks = حتماً", "err-thanks"),
        ("strings/fa.ftl", "err-thanks = به‌زودی می‌آید", "err-thanks"),
        ("strings/fa.ftl", "err-thanks = شماره 137", "err-thanks"),
        ("strings/fa.ftl", "err-thanks = علي", "err-thanks"),
        ("strings/ckb.ftl", "err-thanks = ۱۳۷", "err-thanks"),
        ("strings/fa.ftl", "err-thanks = \u2068کد\u2069", "err-thanks"),
        ("strings/fa.ftl", "err-thanks = \ue001کد", "err-thanks"),
        ("strings/fa.ftl", "btn-ok = بیست‌ویک نویسه و چند تا", "btn-ok"),
    ],
)
def test_a_text_against_the_rules_of_writing_is_named(folder: Path, file: str, line: str, key: str) -> None:
    path = folder / file
    lines = [line if old.startswith(f"{key} =") else old for old in path.read_text().splitlines()]
    path.write_text("\n".join(lines))
    found = [(finding.file, finding.key) for finding in check_pack(folder) if finding.level == "error"]
    assert (file, key) in found


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("جمع و با ماشین برده شد", "به‌زودی جمع و برده می‌شود", "answer[waste_taken].words"),
        ("جمع و با ماشین برده شد", "با 2 ماشین برده شد", "answer[waste_taken].words"),
        ("🗑 زباله جمع شد", "🗑 كيسه جمع شد", "answer[waste_taken].label"),
    ],
)
def test_a_ready_sentence_against_the_rules_of_writing_is_named(folder: Path, old: str, new: str, key: str) -> None:
    path = folder / "answers.toml"
    path.write_text(path.read_text().replace(old, new, 1))
    (error,) = (found for found in check_pack(folder) if found.level == "error")
    assert (error.file, error.key) == ("answers.toml", key)


def test_what_others_look_for_is_found_too(folder: Path) -> None:
    found = Finding("error", "city.toml", "slug", "looked at from above.")
    assert found in check_pack(folder, looks=[lambda pack: [found] if pack.city.slug == "qorveh" else []])


@pytest.mark.parametrize(
    "line",
    [
        '{"lang": "fa", "text": "چاله", "category": "potholes"}',
        '{"lang": "de", "text": "Loch", "category": "pothole"}',
        '{"lang": "fa", "text": "دود", "category": "other", "emergency": "smoke"}',
        '{"lang": "fa", "text": "دود"}',
        "{",
        "[]",
    ],
)
def test_an_example_that_fits_nothing_is_named_by_its_line(folder: Path, line: str) -> None:
    (folder / "examples.jsonl").write_text(f"{line}\n")
    (error,) = (found for found in check_pack(folder) if found.level == "error")
    assert (error.file, error.key) == ("examples.jsonl", "line 1")


def test_a_pack_that_can_not_be_read_is_one_finding(folder: Path) -> None:
    (folder / "city.toml").unlink()
    (error,) = check_pack(folder)
    assert str(error) == "error: city.toml: this file is missing. Copy it from a whole pack."
