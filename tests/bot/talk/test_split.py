from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.talk.limits import ALBUM, CAPTION_UNITS, TEXT_UNITS, units
from bot.talk.rich import Bold, Code, Link, Plain, Rich, visible
from bot.talk.screen import Button, Key, Keys, Media, Screen
from bot.talk.split import split

ROWS = ((Button("بله", data="yes:0:"),),)
PHOTO, VIDEO, VOICE = Media("photo", 1), Media("video", 2), Media("voice", 3)
SENTENCE = "چراغ کوچهٔ ما شکسته است و شب‌ها تاریک می‌ماند. "

# Long texts out of few choices: pieces repeated, so that Hypothesis reaches the budgets without long work.
atoms = st.sampled_from(
    [
        "ا",
        "🌹",
        "👩‍👩‍👧‍👦",
        "🇮🇷",
        "👍🏽",
        "هٔ",
        "می‌شود",
        " ",
        "  ",
        "\n",
        "\n\n",
        ". ",
        "؟ ",
        "x\u0301",
        "\r\n",
        SENTENCE,
    ]
)
stretches = st.builds(lambda atom, times: atom * times, atoms, st.integers(1, 1500))
words = st.lists(stretches, min_size=1, max_size=8).map("".join)
short = st.lists(atoms, min_size=1, max_size=5).map("".join)
parts = st.one_of(
    st.builds(Plain, words),
    st.builds(Bold, words),
    st.builds(Code, short),
    st.builds(Link, short, st.just("https://a")),
)
texts = st.lists(parts, min_size=1, max_size=5).map(tuple)
media = st.lists(st.sampled_from([PHOTO, VIDEO, VOICE]), max_size=23).map(tuple)


def _said(screens: list[Screen]) -> str:
    return "".join(visible(screen.text) for screen in screens)


def _squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=80, deadline=None)
@given(texts)
def test_no_word_is_lost_and_every_piece_fits(text: Rich) -> None:
    pieces = split(Screen(text))
    assert _squeezed(_said(pieces)) == _squeezed(visible(text))
    assert all(units(visible(piece.text)) <= TEXT_UNITS for piece in pieces)
    assert len(pieces) == 1 or all(visible(piece.text).strip() for piece in pieces)


@settings(max_examples=80, deadline=None)
@given(texts)
def test_a_code_or_link_is_never_cut(text: Rich) -> None:
    kept = [part for piece in split(Screen(text)) for part in piece.text if isinstance(part, Code | Link)]
    whole = [part for part in text if isinstance(part, Code | Link)]
    assert [_squeezed(part.text) for part in kept if part.text.strip()] == [
        _squeezed(part.text) for part in whole if part.text.strip()
    ]


@pytest.mark.parametrize(
    "letter",
    ["👩‍👩‍👧‍👦", "🇮🇷", "👍🏽", "x\u0301\u0302", "1\ufe0f\u20e3", "🏴\U000e0067\U000e0062\U000e007f", "م\u200c"],
)
@pytest.mark.parametrize("shift", range(4))
def test_what_a_reader_sees_as_one_character_is_never_cut(letter: str, shift: int) -> None:
    pieces = split(Screen((Plain("ا" * shift + letter * 3000),)))
    assert len(pieces) > 1
    first, *rest = (visible(piece.text) for piece in pieces)
    assert first.removeprefix("ا" * shift).replace(letter, "") == ""
    assert all(piece.replace(letter, "") == "" for piece in rest)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.just(()), texts), media, st.booleans(), st.booleans())
def test_every_screen_becomes_single_calls_with_the_keyboard_once(
    text: Rich, files: tuple[Media, ...], pin: bool, rtl: bool
) -> None:
    screen = Screen(text, ROWS, media=files, pin=(35.1, 47.8) if pin else None, rtl=rtl)
    try:
        calls = split(screen)
    except ValueError:
        assert not visible(text).strip()
        assert not pin
        return
    assert sum(call.rows == ROWS for call in calls) == 1
    assert tuple(one for call in calls for one in call.media) == files
    assert sum(call.pin is not None for call in calls) == pin
    assert _squeezed(_said(calls)) == _squeezed(visible(text))
    for call in calls:
        assert call.rtl == rtl
        assert not (call.pin and (call.text or call.media))
        assert len(call.media) <= 1 or not (call.rows or len(call.media) > ALBUM or VOICE in call.media)
        assert units(visible(call.text)) <= (CAPTION_UNITS if call.media else TEXT_UNITS)


def test_what_fits_stays_as_it_is() -> None:
    screen = Screen((Plain("  سلام \n"),), ROWS)
    assert split(screen) == [screen]


def test_a_text_of_exactly_the_budget_is_one_message() -> None:
    assert len(split(Screen((Plain("🌹" * (TEXT_UNITS // 2)),)))) == 1
    assert len(split(Screen((Plain("🌹" * (TEXT_UNITS // 2) + "ا"),)))) == 2


def test_a_paragraph_is_the_best_place_for_a_cut() -> None:
    first, second = SENTENCE * 40 + "خط\nپایان", SENTENCE * 60 + "پایان"
    assert [visible(piece.text) for piece in split(Screen((Plain(f"{first}\n\n{second}"),)))] == [first, second]


def test_lines_come_before_sentences() -> None:
    first, second = (SENTENCE * 60).strip(), SENTENCE * 60 + "پایان"
    pieces = split(Screen((Plain(f"{first}\n{second}"),)))
    assert [visible(piece.text) for piece in pieces] == [first, second]


def test_sentences_come_before_words() -> None:
    pieces = split(Screen((Plain((SENTENCE * 100).strip()),)))
    assert len(pieces) > 1
    assert all(visible(piece.text).endswith(".") for piece in pieces)


def test_words_come_before_letters() -> None:
    pieces = split(Screen((Plain("شهرداری " * 1000),)))
    assert {word for piece in pieces for word in visible(piece.text).split()} == {"شهرداری"}


def test_a_heading_does_not_stay_behind_alone() -> None:
    first = split(Screen((Bold("سرخط"), Plain("\n\n" + SENTENCE * 100))))[0]
    assert first.text[0] == Bold("سرخط")
    assert units(visible(first.text)) > TEXT_UNITS / 2


def test_bold_words_stay_bold_on_both_sides_of_a_cut() -> None:
    pieces = split(Screen((Bold(SENTENCE * 100),)))
    assert len(pieces) > 1
    assert {type(part) for piece in pieces for part in piece.text} == {Bold}


def test_the_keyboard_stands_under_the_last_words() -> None:
    keys = Keys(((Key("منو"),),))
    pieces = split(Screen((Plain(SENTENCE * 200),), keys=keys))
    assert [piece.keys for piece in pieces] == [None] * (len(pieces) - 1) + [keys]


def test_a_short_caption_stays_under_its_picture_with_the_buttons() -> None:
    screen = Screen((Plain("بازبینی"),), ROWS, media=(PHOTO,))
    assert split(screen) == [screen]


def test_a_long_caption_follows_its_picture() -> None:
    text = (Plain("ا" * (CAPTION_UNITS + 1)),)
    assert split(Screen(text, ROWS, media=(PHOTO,))) == [Screen(media=(PHOTO,)), Screen(text, ROWS)]


def test_an_albums_buttons_stand_under_a_text_of_their_own() -> None:
    text = (Plain("بازبینی"),)
    assert split(Screen(text, ROWS, media=(PHOTO, VIDEO))) == [Screen(media=(PHOTO, VIDEO)), Screen(text, ROWS)]


def test_an_album_without_buttons_keeps_its_caption() -> None:
    assert split(Screen((Plain("پس از کار"),), media=(PHOTO, VIDEO))) == [
        Screen((Plain("پس از کار"),), media=(PHOTO, VIDEO))
    ]


def test_voice_goes_by_itself_and_albums_hold_ten() -> None:
    calls = split(Screen(media=(PHOTO,) * 11 + (VOICE, VOICE, VIDEO)))
    assert [len(call.media) for call in calls] == [10, 1, 1, 1, 1]


def test_the_pin_comes_after_the_words_and_the_buttons_stay_with_them() -> None:
    text = (Plain("جا"),)
    assert split(Screen(text, ROWS, pin=(35.1, 47.8))) == [Screen(text, ROWS), Screen(pin=(35.1, 47.8))]


def test_buttons_without_words_stand_under_the_pin() -> None:
    assert split(Screen((), ROWS, pin=(35.1, 47.8))) == [Screen((), ROWS, pin=(35.1, 47.8))]


def test_buttons_under_an_album_without_words_are_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="keyboard"):
        split(Screen((), ROWS, media=(PHOTO, VIDEO)))
