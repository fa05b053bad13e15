from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import PackError
from bot.talk import rich
from bot.talk.rich import FSI, PDI, Bold, Code, Plain
from bot.talk.texts import MissingText, Texts, spelling

FA = """
hello = سلام
days = { $days } روز پیش
alone = { $name }
code = کد شما:
    { $code }
about = دربارهٔ { $topic } بنویسید.
btn-report = 📢 ثبت گزارش
btn-mine = 📋 گزارش‌های من
only-here = تا { $date }
loop = { loop }
circle = a { circle }
bare =
    .tip = x
"""
EN = """
hello = Hello
days =
    { $days ->
        [one] { $days } day ago
       *[other] { $days } days ago
    }
btn-report = 📢 Report
btn-mine = 📋 My reports
"""


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts({"fa": FA, "ckb": "days = { $days } ڕۆژ", "en": EN}, rtl=frozenset({"fa", "ckb"}))


def test_a_text_is_said_in_the_readers_language(texts: Texts) -> None:
    assert texts.line("en", "hello") == "Hello"
    assert texts.line("fa", "hello") == "سلام"


def test_counts_choose_the_plural_and_draw_the_digits_of_the_language(texts: Texts) -> None:
    assert texts.line("en", "days", days=1) == f"{FSI}1{PDI} day ago"
    assert texts.line("en", "days", days=1234) == f"{FSI}1234{PDI} days ago"
    assert texts.line("ckb", "days", days=12) == f"{FSI}١٢{PDI} ڕۆژ"


def test_what_a_language_lacks_is_persian_down_to_its_digits(texts: Texts) -> None:
    assert texts.line("ckb", "hello") == "سلام"
    assert texts.found("ckb", "only-here") == "fa"
    assert texts.line("ckb", "only-here", date=lambda lang: f"<{lang}>") == f"تا {FSI}<fa>{PDI}"
    assert texts.line("ckb", "about", topic=7) == f"دربارهٔ {FSI}۷{PDI} بنویسید."


def test_an_unknown_language_is_answered_in_persian(texts: Texts) -> None:
    assert texts.line("de", "hello") == "سلام"


def test_a_text_of_one_value_alone_gets_no_isolates(texts: Texts) -> None:
    assert texts.line("fa", "alone", name="قروه") == "قروه"


@pytest.mark.parametrize("text", ["nowhere", "about", "loop", "circle", "bare"])
def test_half_a_text_is_never_said(texts: Texts, text: str) -> None:
    with pytest.raises(MissingText, match=text):
        texts.line("en", text)


def test_a_failed_text_is_not_remembered_as_good(texts: Texts) -> None:
    for _ in range(2):
        with pytest.raises(MissingText):
            texts.line("fa", "about")


def test_a_text_knows_whether_it_can_be_said(texts: Texts) -> None:
    assert texts.has("ckb", "hello")
    assert not texts.has("fa", "nowhere")
    assert "hello" not in texts.ids("ckb")
    assert texts.ids("de") == frozenset()


def test_a_code_becomes_a_part_of_its_own_without_isolates(texts: Texts) -> None:
    assert texts.rich("fa", "code", code=rich.code("۴۷۲۹ ۱۵۳۸")) == (Plain("کد شما:\n\u200f"), Code("۴۷۲۹ ۱۵۳۸"))


def test_a_heading_keeps_its_isolates_around_it(texts: Texts) -> None:
    said = texts.rich("fa", "about", topic=rich.bold("برف"))
    assert said == (Plain(f"دربارهٔ {FSI}"), Bold("برف"), Plain(f"{PDI} بنویسید."))


@given(st.text())
def test_people_cannot_forge_a_code_or_turn_the_screen_around(texts: Texts, words: str) -> None:
    forged = f"{rich.CODE}{words}{rich.END}\u202e"
    said = texts.rich("fa", "about", topic=forged)
    assert [type(part) for part in said] == [Plain]
    assert rich.visible(said) == rich.plain(rich.visible(said))


def test_a_persons_longest_message_fits_into_a_text(texts: Texts) -> None:
    words = "آ" * 3 * 4096
    assert words in texts.line("fa", "about", topic=words)


def test_pressed_and_typed_labels_of_every_language_are_recognised(texts: Texts) -> None:
    known = texts.labels(["btn-report", "btn-mine"])
    typed = ["📢 ثبت گزارش", "ثبت گزارش", "گزارش های من", "گزارش‌هاي من", "REPORT", " my  reports "]
    assert [known.get(spelling(text)) for text in typed] == ["btn-report"] * 2 + ["btn-mine"] * 2 + [
        "btn-report",
        "btn-mine",
    ]
    assert spelling("ثبت") not in known


def test_the_pack_says_which_languages_run_from_right_to_left(texts: Texts) -> None:
    assert texts.is_rtl("fa")
    assert not texts.is_rtl("en")


@pytest.mark.parametrize(("source", "key"), [("hello = x\nbroken = { $", "broken"), ("twice = a\ntwice = b", "twice")])
def test_a_file_that_fluent_would_read_in_part_names_its_text(source: str, key: str) -> None:
    with pytest.raises(PackError) as error:
        Texts({"fa": source})
    assert (error.value.file, error.value.key) == ("strings/fa.ftl", key)


def test_a_place_made_of_two_names_keeps_its_order_inside_another_text() -> None:
    texts = Texts({"fa": "in = { $place }، { $area }\nline = جا: { $place }"}, rtl=frozenset({"fa"}))
    place = texts.line("fa", "in", place="نقطه", area="مرکز")
    assert place.startswith("\u200f")
    assert "\u2068\u200f\u2068نقطه" in texts.line("fa", "line", place=place)
