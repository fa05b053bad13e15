"""Bale's poor JSON parses in python-telegram-bot once it is completed."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from telegram import Message, Update

from bot.channels.bale import Bale
from bot.channels.telegram import Telegram

RECEIVED = 1_800_000_000_123
CHAT = {"id": 5}
SENDER = {"id": 5}


def message(**members: Any) -> dict[str, Any]:
    return {"update_id": 0, "message": {"message_id": 1, "chat": CHAT, "from": SENDER} | members}


def parsed(raw: dict[str, Any]) -> Message:
    update = Update.de_json(Bale().complete(raw, RECEIVED), None)
    found = update.effective_message
    assert isinstance(found, Message)
    return found


POOR = {
    "no is_bot, no first name, no chat type, no date": message(text="سلام"),
    "a voice without duration": message(voice={"file_id": "v"}),
    "a bare photo": message(photo=[{"file_id": "p"}]),
    "an empty document": message(document={}, text="x"),
    "a contact without name": message(contact={"phone_number": "0912"}),
    "a contact without number": message(contact={"first_name": "x"}),
    "an echoed reply keyboard": message(text="x", reply_markup={"keyboard": [[{"text": "a"}]]}),
    "a date in milliseconds": message(text="x", date=1_700_000_000_000),
    "a video without sizes": message(video={"file_id": "v"}),
    "a sticker with nothing": message(sticker={"file_id": "a:1"}),
    "null members": message(photo=None, caption=None, text="x", reply_to_message=None),
    "an answer to a poor message": message(text="x", reply_to_message={"message_id": 2, "chat": CHAT}),
    "new members without is_bot": message(new_chat_members=[{"id": 9}]),
    "a poll of unknown shape": message(poll={"id": 4}),
    "members of the wrong type": message(text="x", photo={}, voice=[], contact="y", entities=[3, {"type": "bold"}]),
    "a date from another world": message(text="x", date=-(10**30)),
    "a place of words": message(location={"latitude": "x", "longitude": None}),
    "an edited message": {"update_id": 0, "edited_message": {"message_id": 1, "chat": CHAT, "edit_date": 1}},
    "a button's message without date": {
        "update_id": 0,
        "callback_query": {"id": 7, "from": SENDER, "data": "a:0:", "message": {"message_id": 1, "chat": CHAT}},
    },
}


@pytest.mark.parametrize("raw", POOR.values(), ids=POOR.keys())
def test_a_poor_body_parses_and_stays_as_it_was(raw: dict[str, Any]) -> None:
    before = copy.deepcopy(raw)
    assert parsed(raw).message_id == 1
    assert raw == before


def test_a_missing_date_is_that_of_receiving() -> None:
    assert Bale().complete(message(text="x"), RECEIVED)["message"]["date"] == RECEIVED // 1000


def test_a_date_in_milliseconds_becomes_seconds() -> None:
    assert Bale().complete(message(date=1_700_000_000_999), RECEIVED)["message"]["date"] == 1_700_000_000


@pytest.mark.parametrize(
    ("text", "length"), [("/start i-abc", 6), ("/start@city_bot x", 15), ("/help", 5), ("/ no", None), ("hi /no", None)]
)
def test_a_command_is_marked_where_it_begins_the_text(text: str, length: int | None) -> None:
    entities = [(e.type, e.offset, e.length) for e in parsed(message(text=text)).entities]
    assert entities == ([("bot_command", 0, length)] if length else [])


def test_a_command_that_bale_marked_is_not_marked_twice() -> None:
    mark = {"type": "bot_command", "offset": 0, "length": 6}
    assert len(parsed(message(text="/start", entities=[mark])).entities) == 1


def test_the_largest_photo_is_the_last_whatever_bale_s_order() -> None:
    sizes = [{"file_id": "big", "width": 900, "height": 900}, {"file_id": "small", "width": 9, "height": 9}]
    assert parsed(message(photo=sizes)).photo[-1].file_id == "big"


def test_a_press_without_chat_instance_or_message_parses() -> None:
    raw = {"update_id": 0, "callback_query": {"id": 17, "from": SENDER, "data": "a:0:"}}
    query = Update.de_json(Bale().complete(raw, RECEIVED), None).callback_query
    assert query is not None
    assert (query.id, query.data, query.from_user.first_name) == ("17", "a:0:", "")


def test_the_date_of_an_old_button_s_message_stays_unknown() -> None:
    completed = Bale().complete(POOR["a button's message without date"], RECEIVED)
    assert completed["callback_query"]["message"]["date"] == 0


def test_what_was_said_stays() -> None:
    found = parsed(message(text="x", media_group_id="g", location={"latitude": 35.1, "longitude": 47.8}))
    assert (found.text, found.media_group_id) == ("x", "g")
    assert found.location is not None
    assert found.location.latitude == 35.1


json_ = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "file_id", "text"]), inner),
    max_leaves=5,
)
_FILES = ["photo", "voice", "document", "sticker", "video"]
_WORDS = ["text", "entities", "caption", "contact", "location", "venue", "poll"]
_REST = ["reply_markup", "date", "edit_date", "reply_to_message", "pinned_message", "new_chat_members", "chat"]
members = st.dictionaries(st.sampled_from(_FILES + _WORDS + _REST), json_, max_size=5)


@hypothesis(max_examples=100)
@given(members)
def test_whatever_stands_in_a_message_it_parses(found: dict[str, Any]) -> None:
    assert parsed(message(**found)).message_id == 1


def test_telegram_s_updates_are_complete_as_they_come() -> None:
    raw = message(text="x")
    assert Telegram().complete(raw, RECEIVED) is raw
