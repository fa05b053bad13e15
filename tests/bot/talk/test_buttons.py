from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.talk import buttons
from bot.talk.buttons import Press
from bot.talk.limits import BUTTON_DATA_BYTES

verbs = st.from_regex(r"[a-z][a-z0-9_-]{0,15}", fullmatch=True)
versions = st.integers(min_value=0, max_value=36**8 - 1)
arguments = st.from_regex(r"[0-9A-Za-z_.,-]{0,38}", fullmatch=True)


@given(verbs, versions, arguments)
def test_a_press_says_what_the_button_was_made_for(verb: str, version: int, argument: str) -> None:
    data = buttons.make(verb, version, argument)
    assert buttons.read(data) == Press(verb, version, argument)
    assert len(data.encode()) <= BUTTON_DATA_BYTES


@given(st.text())
def test_what_is_read_could_have_been_made(data: str) -> None:
    press = buttons.read(data)
    assert press is None or buttons.make(press.verb, press.version, press.argument)


def test_a_number_may_be_the_argument() -> None:
    assert buttons.read(buttons.make("case", 36, 47)) == Press("case", 36, "47")


@pytest.mark.parametrize(
    "data", [None, "", "case", "case:1", "Case:1:x", "case:۱:x", "case:1:x\n", "case:1:x:y", "case:1:" + "x" * 39]
)
def test_forged_or_foreign_data_is_no_press(data: str | None) -> None:
    assert buttons.read(data) is None


@pytest.mark.parametrize(
    ("verb", "version", "argument"), [("Case", 0, ""), ("case", 36**8, ""), ("case", -1, ""), ("case", 0, "a b")]
)
def test_a_button_that_could_not_be_read_back_is_never_made(verb: str, version: int, argument: str) -> None:
    with pytest.raises(ValueError, match=r"button data|negative"):
        buttons.make(verb, version, argument)
