from __future__ import annotations

from typing import get_args

import pytest

from bot.pack import Pack
from bot.pack.answers import SHOWN, Answer, Answers, Kind, Reason


def an_answer(key: str, **more: object) -> Answer:
    words = {"label": {"fa": key}, "words": {"fa": "در محل چیزی دیده نشد."}}
    return Answer.model_validate({"key": key, "kind": "done", "categories": (), **words, **more})


def keys(found: tuple[Answer, ...]) -> list[str]:
    return [answer.key for answer in found]


def test_those_of_the_category_come_first_and_those_of_another_do_not_come() -> None:
    listed = [an_answer("all"), an_answer("lamp", categories=("street_light",)), an_answer("bin", categories=("bin",))]
    answers = Answers({answer.key: answer for answer in listed}, ())
    assert keys(answers.for_move("done", "street_light")) == ["lamp", "all"]
    assert keys(answers.for_move("done", "pothole")) == ["all"]
    assert answers.for_move("ask", "street_light") == ()


def test_six_are_offered_in_the_order_of_the_file() -> None:
    answers = Answers({f"a{n}": an_answer(f"a{n}") for n in range(9)}, ())
    assert keys(answers.for_move("done", "pothole")) == ["a0", "a1", "a2", "a3", "a4", "a5"]


def test_a_refusal_is_offered_with_its_reason_or_with_all() -> None:
    listed = [an_answer("snow", kind="refuse", reason="weather"), an_answer("money", kind="refuse", reason="budget")]
    answers = Answers({answer.key: answer for answer in listed}, ())
    assert keys(answers.for_move("refuse", "pothole", "budget")) == ["money"]
    assert keys(answers.for_move("refuse", "pothole")) == ["snow", "money"]
    assert answers.for_move("refuse", "pothole", "other") == ()


@pytest.mark.parametrize("reason", [reason for reason in get_args(Reason) if reason])
def test_each_reason_has_two_sentences_for_some_category_and_one_for_every_other(qorveh: Pack, reason: str) -> None:
    counts = [len(qorveh.answers.for_move("refuse", category, reason)) for category in qorveh.categories]
    assert min(counts) >= 1
    assert 2 <= max(counts) <= SHOWN


@pytest.mark.parametrize("kind", ["no_photo", "extend", "ask"])
def test_every_category_has_three_or_more_of_the_other_kinds(qorveh: Pack, kind: Kind) -> None:
    assert all(len(qorveh.answers.for_move(kind, category)) >= 3 for category in qorveh.categories)


def test_what_the_municipality_does_itself_can_be_said_to_be_done_with_a_tap(qorveh: Pack) -> None:
    without = [
        key
        for key, category in qorveh.categories.items()
        if category.owner == "municipality" and not qorveh.answers.for_move("done", key)
    ]
    assert without == ["staff_service", "other"]  # what was done there is never the same


def test_labels_on_one_keyboard_differ(qorveh: Pack) -> None:
    for category in qorveh.categories:
        for kind in get_args(Kind):
            labels = [answer.label("fa") for answer in qorveh.answers.for_move(kind, category)]
            assert len(set(labels)) == len(labels)


def test_a_label_fits_a_button_and_words_are_long_enough_to_be_sent(qorveh: Pack) -> None:
    assert len(qorveh.answers.listed) > 60
    for answer in qorveh.answers.listed.values():
        assert len(answer.label("fa")) <= 20
        assert answer.words("en") == answer.words("fa")
        assert len(answer.words("fa")) >= qorveh.limits.min_reason_chars


def test_the_phrases_that_say_nothing_are_one_list(qorveh: Pack) -> None:
    assert {"در دست اقدام یا بررسی است", "پیگیری می‌شود", "با عرض سلام و احترام"} < set(qorveh.answers.hollow)
