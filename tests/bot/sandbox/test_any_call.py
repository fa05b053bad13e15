"""No call, however wrong, gets anything but an answer in the platform's form."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox import Sandbox
from bot.sandbox.door import Door
from bot.sandbox.methods import METHODS
from bot.sandbox.params import Params, Upload

NAMES = (
    "chat_id message_id from_chat_id text caption parse_mode entities reply_markup reply_parameters media photo "
    "document latitude longitude title address file_id commands url action callback_query_id offset limit "
    "allowed_updates phone_number first_name reply_to_message_id"
)
KEYS = st.sampled_from(
    ["inline_keyboard", "keyboard", "text", "callback_data", "type", "media", "message_id", "offset"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text(max_size=5) | st.just(700_000_001),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
VALUES = JSON | JSON.map(lambda value: orjson.dumps(value).decode()) | st.just("attach://f")


@pytest.mark.parametrize("name", ["telegram", "bale"])
@settings(max_examples=50)
@given(
    calls=st.lists(
        st.tuples(
            st.sampled_from(sorted(METHODS)), st.dictionaries(st.sampled_from(NAMES.split()), VALUES, max_size=8)
        ),
        min_size=5,
        max_size=10,
    )
)
async def test_any_call_is_answered(name: str, calls: list[tuple[str, dict[str, object]]]) -> None:
    sandbox = Sandbox()
    platform = sandbox[name]
    platform.profile.pacing = False
    alice = platform.person(number=700_000_001)
    alice.starts()
    alice.sends_photo(b"\xff\xd8\xff")
    door = Door(platform)
    for method, values in calls:
        params = Params({"chat_id": alice.id, "message_id": 1, **values}, {"f": Upload("f", None, b"\xff\xd8\xff")})
        answer = await door.call("137:x", method, params)
        assert orjson.loads(answer.body)["ok"] == (answer.status == 200)
