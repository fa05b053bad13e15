"""The pack's own phrases and examples, read as plain data: understanding knows no pack."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.understand.category import Categories
from bot.understand.danger import Danger, Rule
from bot.understand.hollow import Hollow
from bot.understand.smalltalk import Smalltalk

PACK = Path(__file__).parents[3] / "data" / "qorveh"
LANGUAGES = ("fa", "ckb", "az", "en", "finglish")


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((PACK / name).read_text("utf-8"))


def phrases(table: dict[str, Any]) -> list[str]:
    return [phrase for lang in LANGUAGES for phrase in table.get(lang, ())]


@pytest.fixture(scope="session")
def rules() -> list[Rule]:
    return [
        Rule(raw["key"], tuple(raw["numbers"]), raw["advice"], raw["tone"], phrases(raw), raw.get("unless", ()))
        for raw in read("emergency.toml")["rule"]
    ]


@pytest.fixture(scope="session")
def danger(rules: list[Rule]) -> Danger:
    return Danger(rules)


@pytest.fixture(scope="session")
def smalltalk() -> Smalltalk:
    return Smalltalk({kind["key"]: phrases(kind) for kind in read("smalltalk.toml")["kind"]})


@pytest.fixture(scope="session")
def hollow() -> Hollow:
    return Hollow(phrase for phrases in read("answers.toml")["hollow"].values() for phrase in phrases)


@pytest.fixture(scope="session")
def categories() -> Categories:
    rows = map(json.loads, (PACK / "examples.jsonl").read_text("utf-8").splitlines())
    listed = read("categories.toml")["category"]
    keywords = {c["key"]: [*c["keywords"], *c["name"].values(), *c["label"].values()] for c in listed}
    del keywords["other"]
    return Categories.learn([(row["text"], row["category"]) for row in rows], keywords)
