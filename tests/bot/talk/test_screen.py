from __future__ import annotations

import json
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from bot.talk import screen
from bot.talk.rich import Bold, Code, Link, Plain
from bot.talk.screen import Button, Key, Keys, Media, Screen

T = TypeVar("T")
words = st.text(max_size=8)
parts = st.one_of(
    st.builds(Plain, words), st.builds(Bold, words), st.builds(Code, words), st.builds(Link, words, words)
)


def _tuples(items: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(items, max_size=3).map(tuple)


keys = st.builds(Keys, _tuples(_tuples(st.builds(Key, words, st.booleans()))), words, st.booleans())
media = st.builds(Media, st.sampled_from(["photo", "video", "voice", "audio", "document"]), st.integers(min_value=1))
screens = st.builds(
    Screen,
    text=_tuples(parts),
    rows=_tuples(_tuples(st.builds(Button, words, words, words, words))),
    keys=st.none() | keys,
    media=_tuples(media),
    pin=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    rtl=st.booleans(),
)


@given(screens)
def test_a_screen_survives_the_outbox_row(said: Screen) -> None:
    assert screen.load(json.loads(json.dumps(screen.dump(said)))) == said


def test_what_is_empty_takes_no_room() -> None:
    assert screen.dump(Screen((Plain("سلام"),))) == {"text": ["سلام"]}


def test_an_empty_keyboard_is_kept_because_it_takes_the_old_one_away() -> None:
    assert screen.load(screen.dump(Screen(keys=Keys(())))).keys == Keys(())
