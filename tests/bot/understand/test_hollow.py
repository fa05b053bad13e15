from __future__ import annotations

import json
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import ROOT
from bot.understand.hollow import Hollow, is_hollow

ROUNDS = tomllib.loads((Path(__file__).parent / "officials.toml").read_text("utf-8"))
HOLLOW = [text for texts in ROUNDS.values() for text in texts["hollow"]]
CONCRETE = [text for texts in ROUNDS.values() for text in texts["concrete"]]
PHRASES = ("در دست اقدام است", "پیگیری می‌شود", "با سلام و تشکر", "ان‌شاءالله")
SMALL = Hollow(PHRASES)


def test_no_concrete_answer_is_challenged(hollow: Hollow) -> None:
    assert len(CONCRETE) == 200
    assert [text for text in CONCRETE if hollow.covers(text)] == []


def test_of_two_hundred_hollow_answers_six_are_missed(hollow: Hollow) -> None:
    assert len(HOLLOW) == 200
    assert len([text for text in HOLLOW if not hollow.covers(text)]) <= 6


def test_no_report_of_the_packs_examples_is_made_of_stock_phrases(hollow: Hollow) -> None:
    lines = (ROOT / "data" / "qorveh" / "examples.jsonl").read_text("utf-8").splitlines()
    reports = [row["text"] for row in map(json.loads, lines) if row["category"]]
    assert len(reports) > 800
    assert [text for text in reports if hollow.covers(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "در دست اقدام است",
        "«در دست اقدام است.»",
        "در‌دست‌اقدام‌است",
        "دردست اقدام است",
        "در دست اقدام ميباشد",
        "در دســـت اقــدام",
        "در دست اقداااام استتت!!!",
        "پی گیری می شود",
        "پیگیری خواهدشد",
        "است اقدام دست در",
        "پيگيري شده است و مي‌شود",
        "با سلام، در دست اقدام است. با تشکر 🙏",
        "باسلام. پیگیری‌ها را می‌کنیم",
        "",
        "...",
        "👍",
    ],
)
def test_a_phrase_says_nothing_however_it_is_written(text: str) -> None:
    assert SMALL.covers(text)
    assert is_hollow(text, PHRASES)


@pytest.mark.parametrize(
    "text",
    [
        "لامپ در دست اقدام است",
        "در دست اقدام است؛ از میدان شروع کردیم",
        "۲",
        "پیگیری شد: شمارهٔ ۱۲",
        "دستگیره",
        "اقدامگاه",
        "در خانه",
        "شن",
    ],
)
def test_one_thing_that_is_named_is_enough(text: str) -> None:
    assert not SMALL.covers(text)
    assert not is_hollow(text, PHRASES)


def test_words_without_a_list_are_all_concrete_but_grammar() -> None:
    assert not Hollow(()).covers("پیگیری می‌شود")
    assert Hollow(()).covers("خواهد شد")


@given(st.sampled_from(HOLLOW), st.sampled_from(["لامپ", "دیوار", "مسجد", "گریدر"]), st.booleans())
def test_a_thing_added_to_a_hollow_answer_makes_it_say_something(
    hollow: Hollow, text: str, thing: str, first: bool
) -> None:
    assert not hollow.covers(f"{thing}، {text}" if first else f"{text} {thing}")


@given(st.lists(st.sampled_from(HOLLOW[:80]), min_size=1, max_size=4), st.sampled_from([". ", "، ", "\n", " 🙏 "]))
def test_hollow_answers_one_after_another_stay_hollow(hollow: Hollow, texts: list[str], between: str) -> None:
    assert hollow.covers(between.join(texts))


@pytest.mark.parametrize("text", ["شد" * 2048, "پیگیری" * 700, "ا" * 4096, "در " * 1400, "پیگیری شد " * 400])
def test_a_text_made_to_be_slow_is_not(hollow: Hollow, text: str) -> None:
    began = time.perf_counter()
    hollow.covers(text)
    assert time.perf_counter() - began < 0.2
