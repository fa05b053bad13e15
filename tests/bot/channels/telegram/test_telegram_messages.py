"""What Telegram is asked for, to the letter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.channels.base import Call, To, Upload
from bot.channels.telegram import Telegram
from bot.talk.rich import Bold, Code, Link, Plain
from bot.talk.screen import Button, Key, Keys, Media, Screen

TELEGRAM = Telegram()
PHOTO = Upload("a.jpg", "image/jpeg", Path("a.jpg"))


def board(call: Call) -> Any:
    return json.loads(call.params["reply_markup"])


def test_text_is_escaped_marked_and_sent_without_a_preview() -> None:
    screen = Screen((Bold("A & B"), Plain(" <i> "), Link("here", 'https://x.ir/?a=1&b="2"')))
    assert TELEGRAM.message(screen, To(7)) == Call(
        "sendMessage",
        {
            "chat_id": "7",
            "text": '<b>A &amp; B</b> &lt;i&gt; <a href="https://x.ir/?a=1&amp;b=&quot;2&quot;">here</a>',
            "parse_mode": "HTML",
            "link_preview_options": '{"is_disabled":true}',
        },
        {},
    )


def test_a_code_is_isolated_outside_its_tag_so_that_copying_gives_clean_digits() -> None:
    call = TELEGRAM.message(Screen((Code("1234 5678"),)), To(7))
    assert call.params["text"] == "\u2066<code>1234 5678</code>\u2069"


def test_plain_text_has_no_markup_and_no_parse_mode() -> None:
    call = TELEGRAM.plain(Screen((Bold("A<B"), Code("12"))), To(7))
    assert call.params["text"] == "A<B\u206612\u2069"
    assert "parse_mode" not in call.params


def test_an_answer_and_a_silent_message_say_so() -> None:
    params = TELEGRAM.message(Screen((Plain("x"),)), To(7, reply_to=3, silent=True)).params
    assert json.loads(params["reply_parameters"]) == {"message_id": 3, "allow_sending_without_reply": True}
    assert params["disable_notification"] == "true"


@pytest.mark.parametrize(("rtl", "labels"), [(True, ["b", "a"]), (False, ["a", "b"])])
def test_rows_are_turned_around_for_right_to_left_readers_only(rtl: bool, labels: list[str]) -> None:
    inline = Screen((Plain("x"),), rows=((Button("a", "a:0:"), Button("b", "b:0:")),), rtl=rtl)
    reply = Screen((Plain("x"),), keys=Keys(((Key("a"), Key("b")),)), rtl=rtl)
    assert [b["text"] for b in board(TELEGRAM.message(inline, To(7)))["inline_keyboard"][0]] == labels
    assert [b["text"] for b in board(TELEGRAM.message(reply, To(7)))["keyboard"][0]] == labels


def test_each_kind_of_button_has_its_field() -> None:
    rows = ((Button("a", "a:0:"),), (Button("b", url="https://x.ir"),), (Button("c", copy="12"),))
    assert board(TELEGRAM.message(Screen((Plain("x"),), rows=rows), To(7))) == {
        "inline_keyboard": [
            [{"text": "a", "callback_data": "a:0:"}],
            [{"text": "b", "url": "https://x.ir"}],
            [{"text": "c", "copy_text": {"text": "12"}}],
        ]
    }


def test_the_menu_stays_and_its_hint_is_cut_to_64() -> None:
    keys = Keys(((Key("a"),), (Key("place", ask_place=True),)), placeholder="h" * 70)
    assert board(TELEGRAM.message(Screen((Plain("x"),), keys=keys), To(7))) == {
        "keyboard": [[{"text": "a"}], [{"text": "place", "request_location": True}]],
        "resize_keyboard": True,
        "is_persistent": True,
        "input_field_placeholder": "h" * 64,
    }


def test_a_passing_keyboard_hides_after_its_use() -> None:
    keys = board(TELEGRAM.message(Screen((Plain("x"),), keys=Keys(((Key("a"),),), lasting=False)), To(7)))
    assert keys == {"keyboard": [[{"text": "a"}]], "resize_keyboard": True, "one_time_keyboard": True}


def test_no_rows_of_keys_take_the_keyboard_away() -> None:
    assert board(TELEGRAM.message(Screen((Plain("x"),), keys=Keys(())), To(7))) == {"remove_keyboard": True}


def test_an_edit_changes_text_and_buttons() -> None:
    call = TELEGRAM.message(Screen((Bold("x"),), rows=((Button("a", "a:0:"),),)), To(7, edit=5, silent=True))
    assert call.method == "editMessageText"
    assert set(call.params) == {
        "chat_id", "message_id", "text", "parse_mode", "reply_markup", "link_preview_options",
    }  # fmt: skip
    assert call.params["message_id"] == "5"


def test_an_edit_of_a_captioned_file_changes_its_caption() -> None:
    call = TELEGRAM.message(Screen((Bold("x"),), media=(Media("photo", 1),)), To(7, edit=5), ["id"])
    assert (call.method, call.params["caption"]) == ("editMessageCaption", "<b>x</b>")


@pytest.mark.parametrize(
    "screen",
    [
        Screen((Plain("x"),), keys=Keys(((Key("a"),),))),
        Screen(pin=(35.1, 47.8)),
        Screen(media=(Media("photo", 1), Media("photo", 2))),
    ],
)
def test_what_can_not_be_edited_is_sent_as_a_new_message(screen: Screen) -> None:
    call = TELEGRAM.message(screen, To(7, edit=5), ["a"] * len(screen.media))
    assert call.method.startswith("send")
    assert "message_id" not in call.params


def test_a_file_that_the_bot_knows_goes_by_its_id() -> None:
    call = TELEGRAM.message(Screen((Bold("x"),), media=(Media("voice", 1),)), To(7), ["known"])
    assert call == Call(
        "sendVoice", {"chat_id": "7", "voice": "known", "caption": "<b>x</b>", "parse_mode": "HTML"}, {}
    )


def test_a_stored_copy_is_uploaded_in_its_field() -> None:
    call = TELEGRAM.message(Screen(media=(Media("document", 1),)), To(7), [PHOTO])
    assert call == Call("sendDocument", {"chat_id": "7"}, {"document": PHOTO})


def test_an_album_is_one_call_with_the_caption_on_its_first_file() -> None:
    screen = Screen((Bold("x"),), media=(Media("photo", 1), Media("video", 2)), keys=Keys(()))
    call = TELEGRAM.message(screen, To(7), [PHOTO, "known"])
    assert (call.method, call.files) == ("sendMediaGroup", {"file0": PHOTO})
    assert json.loads(call.params.pop("media")) == [
        {"type": "photo", "media": "attach://file0", "caption": "<b>x</b>", "parse_mode": "HTML"},
        {"type": "video", "media": "known"},
    ]
    assert call.params == {"chat_id": "7"}


def test_a_pin_is_a_location_and_may_have_buttons() -> None:
    call = TELEGRAM.message(Screen(pin=(35.17, 47.8), rows=((Button("a", "a:0:"),),)), To(7))
    assert (call.method, call.params["latitude"], call.params["longitude"]) == ("sendLocation", "35.17", "47.8")
    assert "reply_markup" in call.params


def test_a_toast_is_cut_to_200_and_never_splits_a_character() -> None:
    call = TELEGRAM.toast("9", "a" * 199 + "😀", alert=True)
    assert call.method == "answerCallbackQuery"
    assert call.params == {"callback_query_id": "9", "text": "a" * 199, "show_alert": "true"}


def test_an_empty_toast_only_ends_the_waiting() -> None:
    assert TELEGRAM.toast("9", "").params == {"callback_query_id": "9"}
    assert not TELEGRAM.needs_message("19")


def test_the_deep_link_carries_the_start() -> None:
    assert TELEGRAM.link("city_bot", "i-abc") == "https://t.me/city_bot?start=i-abc"


def test_without_html_no_markup_is_sent() -> None:
    call = Telegram("html=no").message(Screen((Bold("A<B"),)), To(7))
    assert (call.params["text"], call.params.get("parse_mode")) == ("A<B", None)
