"""What Bale is asked for, to the letter."""

from __future__ import annotations

import json

import pytest

from bot.channels.bale import Bale
from bot.channels.base import Call, To
from bot.talk.rich import FSI, PDI, Bold, Code, Link, Part, Plain
from bot.talk.screen import Button, Key, Keys, Screen

BALE = Bale()


def text(*parts: Part) -> str:
    return BALE.message(Screen(parts), To(7)).params["text"]


def test_a_message_has_no_parse_mode_and_nothing_that_bale_does_not_know() -> None:
    call = BALE.message(Screen((Bold("سلام"), Plain(" شما"))), To(7, reply_to=3))
    assert call == Call("sendMessage", {"chat_id": "7", "reply_to_message_id": "3", "text": "*سلام* شما"}, {})


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ((Bold("a"), Plain("\nb")), "*a*\nb"),
        ((Bold("a"), Plain(": b")), "a: b"),
        ((Plain("x"), Bold("a")), "xa"),
        ((Plain(f"x {FSI}"), Bold("a"), Plain(f"{PDI} y")), f"x *{FSI}a{PDI}* y"),
        ((Bold(" a "),), " *a* "),
        ((Bold("a\nb"),), "*a*\n*b*"),
        ((Bold("a*b"),), "a*b"),
        ((Bold("a"), Code("1")), "a\u20661\u2069"),
    ],
)
def test_bold_needs_a_space_or_an_edge_outside(parts: tuple[Part, ...], written: str) -> None:
    assert text(*parts) == written


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("a*b_c", "a*b_c"),
        ("*a*", "\u2060*a*\u2060"),
        ("x _a_ y", "x \u2060_a_\u2060 y"),
        ("[a](b)", "[a]\u2060(b)"),
        ("```[a]b```", "`\u2060`\u2060`[a]b`\u2060`\u2060`\u2060"),
    ],
)
def test_what_people_wrote_formats_nothing(words: str, written: str) -> None:
    assert text(Plain(words)) == written
    assert BALE.plain(Screen((Plain(words),)), To(7)).params["text"] == written


def test_a_link_is_written_with_an_address_that_can_not_end_it() -> None:
    assert text(Link("here", "https://x.ir/(a) b")) == "[here](https://x.ir/%28a%29%20b)"


@pytest.mark.parametrize("words", ["a]b", "a[b", "a\nb", " "])
def test_a_link_that_bale_could_not_read_is_only_words(words: str) -> None:
    assert "https" not in text(Link(words, "https://x.ir"))


def test_a_bracket_left_open_before_a_link_does_not_swallow_it() -> None:
    assert text(Plain("[a "), Link("b", "https://x.ir")) == "[a b"


def test_a_code_is_plain_digits_in_isolates() -> None:
    assert text(Code("1234 5678")) == "\u20661234 5678\u2069"


def test_more_markers_than_room_become_look_alikes_of_the_same_length() -> None:
    assert text(Plain("* " * 1900)) == "∗ " * 1900


def test_html_can_be_switched_on_where_the_live_bale_takes_it() -> None:
    call = Bale("html=yes").message(Screen((Bold("*a*"),)), To(7))
    assert (call.params["text"], call.params["parse_mode"]) == ("<b>*a*</b>", "HTML")


def test_buttons_that_bale_can_not_show_are_left_out() -> None:
    rows = ((Button("a", "a:0:"), Button("c", copy="12")), (Button("u", url="https://x.ir"),))
    call = Bale("url_button=no").message(Screen((Plain("x"),), rows=rows), To(7))
    assert json.loads(call.params["reply_markup"]) == {"inline_keyboard": [[{"text": "a", "callback_data": "a:0:"}]]}


def test_a_keyboard_of_buttons_that_can_not_be_shown_is_none() -> None:
    screen = Screen((Plain("x"),), rows=((Button("c", copy="12"),),))
    assert "reply_markup" not in BALE.message(screen, To(7)).params


def test_a_key_for_the_place_is_left_out_where_it_does_not_work() -> None:
    screen = Screen((Plain("x"),), keys=Keys(((Key("place", ask_place=True),), (Key("back"),))))
    call = Bale("place_key=no").message(screen, To(7))
    assert json.loads(call.params["reply_markup"])["keyboard"] == [[{"text": "back"}]]


def test_rows_keep_their_order_where_the_platform_turns_them_itself() -> None:
    screen = Screen((Plain("x"),), keys=Keys(((Key("a"), Key("b")),)))
    call = Bale("turn_rows=no").message(screen, To(7))
    assert json.loads(call.params["reply_markup"])["keyboard"] == [[{"text": "a"}, {"text": "b"}]]


def test_a_bale_that_does_not_edit_gets_a_new_message() -> None:
    assert Bale("edit=no").message(Screen((Plain("x"),)), To(7, edit=5)).method == "sendMessage"


@pytest.mark.parametrize(("callback", "needed"), [("123", True), ("923", False)])
def test_old_programs_need_the_toast_as_a_message(callback: str, needed: bool) -> None:
    assert BALE.needs_message(callback) is needed


def test_the_deep_link_carries_the_start() -> None:
    assert BALE.link("city_bot", "i-abc") == "https://ble.ir/city_bot?start=i-abc"
