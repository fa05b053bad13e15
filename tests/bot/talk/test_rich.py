from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.talk import rich
from bot.talk.rich import FSI, PDI, Bold, Code, Link, Plain

words = st.text(min_size=1)
parts = st.one_of(
    st.builds(Plain, words), st.builds(Bold, words), st.builds(Code, words), st.builds(Link, words, words)
)
controls = st.text(alphabet="ab\n\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
marked = st.text(alphabet=f"ab {rich.BOLD}{rich.CODE}{rich.END}{FSI}{PDI}")


@given(st.lists(parts).map(tuple))
def test_parts_survive_the_outbox(text: rich.Rich) -> None:
    assert rich.load(rich.dump(text)) == text


def test_marks_are_cut_into_parts() -> None:
    text = f"{rich.bold('سر')}\nکد: {FSI}{rich.code('4729')}{PDI}."
    assert rich.parse(text) == (Bold("سر"), Plain("\nکد: "), Code("4729"), Plain("."))


def test_a_code_beside_only_one_isolate_leaves_it() -> None:
    assert rich.parse(f"{FSI}{rich.code('1')} x{PDI}") == (Plain(FSI), Code("1"), Plain(f" x{PDI}"))


def test_nothing_said_is_no_part() -> None:
    assert rich.parse("") == ()
    assert rich.parse("x") == (Plain("x"),)


@given(marked)
def test_no_words_are_lost_in_parsing(text: str) -> None:
    said = rich.visible(rich.parse(text))
    assert [c for c in said if c in "ab "] == [c for c in text if c in "ab "]


@given(controls)
def test_direction_controls_are_closed_in_the_order_they_were_opened(text: str) -> None:
    open_: list[str] = []
    for letter in rich.plain(text):
        if letter in "\u202a\u202b\u202d\u202e":
            open_.append("\u202c")
        elif letter in "\u2066\u2067\u2068":
            open_.append(PDI)
        elif letter in "\u202c\u2069":
            assert open_.pop() == letter
    assert open_ == []


@given(controls)
def test_closing_once_is_enough_and_loses_no_words(text: str) -> None:
    once = rich.plain(text)
    assert rich.plain(once) == once
    assert [c for c in once if c in "ab\n"] == [c for c in text if c in "ab\n"]


@given(st.text())
def test_words_from_outside_carry_no_marks(text: str) -> None:
    said = rich.plain(f"{rich.BOLD}{text}{rich.END}{rich.CODE}")
    assert not set(said) & {rich.BOLD, rich.CODE, rich.END}
    assert rich.parse(said) == ((Plain(said),) if said else ())


def test_texts_stand_under_each_other_without_the_empty_ones() -> None:
    assert rich.join((Plain("a"),), (), (Code("1"),)) == (Plain("a"), Plain("\n"), Code("1"))
    assert rich.visible(rich.join((Plain("a"),), (Plain("b"),), gap="\n\n")) == "a\n\nb"
