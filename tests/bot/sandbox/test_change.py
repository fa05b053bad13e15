"""Editing, deleting, and answering presses."""

from __future__ import annotations

from typing import Any

import pytest

from bot.clock import DAY, MINUTE, TurnedClock
from bot.sandbox import Button, Person
from tests.bot.sandbox.conftest import Api

GO = {"inline_keyboard": [[{"text": "برو", "callback_data": "go:1"}]]}


async def sent(api: Api, person: Person, **more: Any) -> dict[str, Any]:
    """Chat and id of a fresh message, as the parameters of a change."""
    message = await api.ok("sendMessage", chat_id=person.id, text="before", **more)
    return {"chat_id": person.id, "message_id": message["message_id"]}


async def test_an_edit_changes_what_is_seen_and_is_heard(telegram: Api, reporter: Person) -> None:
    where = await sent(telegram, reporter, reply_markup=GO)
    await reporter.answer()
    await telegram.ok("editMessageText", **where, text="after")
    edited = await reporter.answer()
    assert (edited.text, edited.edits, edited.edited, edited.rows) == ("after", ["before"], True, [])


async def test_an_edit_to_the_same_is_refused(telegram: Api, reporter: Person) -> None:
    where = await sent(telegram, reporter, reply_markup=GO)
    refusal = await telegram.refused("editMessageText", **where, text="before", reply_markup=GO)
    assert "400 Bad Request: message is not modified" in refusal
    await telegram.ok("editMessageReplyMarkup", **where)
    assert reporter.last.buttons == []


async def test_what_can_not_be_edited(telegram: Api, reporter: Person) -> None:
    where = await sent(telegram, reporter)
    gone = {**where, "message_id": 999}
    assert await telegram.refused("editMessageText", **gone, text="a") == "400 Bad Request: message to edit not found"
    theirs = {**where, "message_id": reporter.says("mine").id}
    assert await telegram.refused("editMessageText", **theirs, text="a") == "400 Bad Request: message can't be edited"
    assert "no caption" in await telegram.refused("editMessageCaption", **where, caption="a")
    keyboard = {"keyboard": [["a"]]}
    refusal = await telegram.refused("editMessageText", **where, text="a", reply_markup=keyboard)
    assert "inline keyboard expected" in refusal
    with_keys = await sent(telegram, reporter, reply_markup=keyboard)
    assert "can't be edited" in await telegram.refused("editMessageText", **with_keys, text="a")


async def test_messages_are_deleted_within_two_days(telegram: Api, reporter: Person, clock: TurnedClock) -> None:
    first, second = await sent(telegram, reporter), await sent(telegram, reporter)
    await telegram.ok("deleteMessage", **first)
    assert len(reporter.inbox) == 1
    assert "message to delete not found" in await telegram.refused("deleteMessage", **first)
    clock.turn(2 * DAY + MINUTE)
    assert "message can't be deleted" in await telegram.refused("deleteMessage", **second)


async def test_a_press_is_answered_once_and_soon(telegram: Api, reporter: Person, clock: TurnedClock) -> None:
    await sent(telegram, reporter, reply_markup=GO)
    press = reporter.presses("برو")
    too_long = await telegram.refused("answerCallbackQuery", callback_query_id=press.id, text="x" * 201)
    assert "MESSAGE_TOO_LONG" in too_long
    await telegram.ok("answerCallbackQuery", callback_query_id=press.id, text="باشد", show_alert=True)
    assert (press.answered, press.toast, press.alert, reporter.toasts) == (True, "باشد", True, ["باشد"])
    again = await telegram.refused("answerCallbackQuery", callback_query_id=press.id)
    assert "query is too old" in again
    late = reporter.presses("go:1")
    clock.turn(2 * MINUTE)
    assert "query is too old" in await telegram.refused("answerCallbackQuery", callback_query_id=late.id)


async def test_an_old_bale_phone_shows_no_toast_and_says_so_in_the_id(bale: Api, neighbour: Person) -> None:
    await sent(bale, neighbour, reply_markup=GO)
    neighbour.old_client = True
    press = neighbour.presses("برو")
    await bale.ok("answerCallbackQuery", callback_query_id=press.id, text="باشد")
    assert press.id.startswith("1")
    assert (press.answered, neighbour.toasts) == (True, [])


async def test_pressing_finds_the_newest_button_or_complains(telegram: Api, reporter: Person) -> None:
    await sent(telegram, reporter, reply_markup=GO)
    newer = {"inline_keyboard": [[{"text": "برو", "callback_data": "go:2"}, {"text": "راه", "url": "https://x.ir"}]]}
    await sent(telegram, reporter, reply_markup=newer)
    assert reporter.presses("برو").data == "go:2"
    assert reporter.presses("go:1").data == "go:1"
    assert reporter.presses(Button("forged", "drop:all")).data == "drop:all"
    with pytest.raises(AssertionError, match="no button 'نیست'"):
        reporter.presses("نیست")
    with pytest.raises(AssertionError, match="no button that calls"):
        reporter.presses("راه")
