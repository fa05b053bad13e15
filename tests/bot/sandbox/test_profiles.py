"""What people do arrives in the shape of their platform."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from bot.clock import DAY, TurnedClock
from bot.sandbox import Person, Sandbox
from tests.bot.sandbox.conftest import Api

PHOTO = b"\xff\xd8\xff photo"


def does_everything(sandbox: Sandbox, person: Person) -> None:
    group, channel = person.platform.group(), person.platform.channel()
    mine = person.says("/report now")
    person.replies(mine, "سلام")
    person.edits(mine, "edited")
    person.sends_photo(PHOTO, "caption")
    person.sends_album([PHOTO, PHOTO], "two")
    person.sends_document(b"%PDF")
    person.sends_video(b"mp4")
    person.sends_video(b"mp4", as_document=True)
    person.sends_voice()
    person.sends_audio()
    person.sends_animation()
    person.sends_video_note()
    person.sends_sticker()
    person.sends_pin(35.1, 47.8, 20)
    person.sends_venue(35.1, 47.8)
    person.sends_contact()
    person.sends_dice()
    person.sends_poll()
    person.forwards("words")
    person.forwards(mine, person.platform.person("Somebody"))
    person.says("in the group", chat=group)
    person.says("in the channel", chat=channel)
    person.blocks()
    person.unblocks()


async def updates(api: Api, **params: Any) -> list[dict[str, Any]]:
    result: list[dict[str, Any]] = await api.ok("getUpdates", **params)
    return result


async def test_whatever_a_person_does_on_telegram_is_a_whole_update(
    sandbox: Sandbox, telegram: Api, reporter: Person
) -> None:
    does_everything(sandbox, reporter)
    await telegram.ok(
        "sendMessage",
        chat_id=reporter.id,
        text="a",
        reply_markup={"inline_keyboard": [[{"text": "b", "callback_data": "c"}]]},
    )
    reporter.presses("b")
    received = await updates(telegram)
    assert len(received) == 27
    for raw in received:
        update = Update.de_json(raw, None)
        assert update.effective_chat is not None
        assert not update.api_kwargs
        if update.message is not None:
            assert not update.message.api_kwargs


async def test_bale_leaves_out_what_it_is_known_to_leave_out(sandbox: Sandbox, bale: Api, neighbour: Person) -> None:
    does_everything(sandbox, neighbour)
    received = await updates(bale)
    assert not [each for each in received if "my_chat_member" in each]
    messages = [each["message"] for each in received if "message" in each]
    assert all("entities" not in each for each in messages)
    assert {"is_bot" in each["from"] for each in messages} == {True, False}
    (voice,) = [each["voice"] for each in messages if "voice" in each]
    assert set(voice) <= {"file_id", "file_unique_id"}
    places = [set(each["location"]) for each in messages if "location" in each]
    assert places == [{"latitude", "longitude"}] * 2
    assert not [each for each in messages if "venue" in each or "forward_origin" in each]
    assert [each["forward_from"]["first_name"] for each in messages if each.get("forward_from")] == ["Somebody"]
    sizes = next(each["photo"] for each in messages if "photo" in each)
    assert sizes[0]["file_size"] >= sizes[-1]["file_size"]


async def test_presses_on_bale_lack_the_chat_instance_and_old_ones_the_message(
    bale: Api, neighbour: Person, clock: TurnedClock
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "b", "callback_data": "c"}]]}
    await bale.ok("sendMessage", chat_id=neighbour.id, text="a", reply_markup=keyboard)
    neighbour.presses("b")
    clock.turn(DAY + 1000)
    neighbour.presses("b")
    queries = [each["callback_query"] for each in await updates(bale)]
    assert "chat_instance" not in queries[-1]
    assert set(queries[-1]["message"]) == {"message_id", "chat"}


async def test_bale_echoes_the_reply_keyboard(telegram: Api, bale: Api, reporter: Person, neighbour: Person) -> None:
    keyboard = {"keyboard": [["a"]]}
    echoed = await bale.ok("sendMessage", chat_id=neighbour.id, text="a", reply_markup=keyboard)
    clean = await telegram.ok("sendMessage", chat_id=reporter.id, text="a", reply_markup=keyboard)
    assert ("reply_markup" in echoed, "reply_markup" in clean) == (True, False)


@pytest.mark.parametrize("name", ["telegram", "bale"])
def test_a_phone_sends_nothing_impossible(sandbox: Sandbox, name: str) -> None:
    person = sandbox[name].person()
    with pytest.raises(AssertionError, match="over 4096"):
        person.says("x" * 4097)
    with pytest.raises(AssertionError, match="empty"):
        person.says(" ")
    person.blocks()
    with pytest.raises(AssertionError, match="has blocked"):
        person.says("a")
