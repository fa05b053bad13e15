"""Sending: what is taken, and what is refused with which words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import Person, Pin, Sandbox
from tests.bot.sandbox.conftest import Api


def inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "b", **button}]]}


async def test_a_message_is_received_as_it_is_seen(telegram: Api, reporter: Person) -> None:
    sent = await telegram.ok(
        "sendMessage",
        chat_id=reporter.id,
        text="<b>سلام</b>",
        parse_mode="HTML",
        disable_notification=True,
        reply_markup=inline(callback_data="x", style="success"),
    )
    received = await reporter.answer()
    assert (received.id, received.text, received.silent, received.buttons) == (sent["message_id"], "سلام", True, ["b"])
    assert received.entities[0].kind == "bold"
    assert sent["from"] == {"id": 4711, "is_bot": True, "first_name": "Shahr137", "username": "shahr137_bot"}


async def test_markup_is_shown_raw_on_bale_whatever_parse_mode_says(bale: Api, neighbour: Person) -> None:
    await bale.ok("sendMessage", chat_id=neighbour.id, text="<b>a</b> *b*", parse_mode="HTML")
    assert (await neighbour.answer()).text == "<b>a</b> b"


async def test_bale_may_refuse_parse_mode(sandbox: Sandbox, bale: Api, neighbour: Person) -> None:
    sandbox.bale.profile.parse_mode = "refused"
    refusal = await bale.refused("sendMessage", chat_id=neighbour.id, text="a", parse_mode="HTML")
    assert refusal == "400 Bad Request: parse_mode is not supported"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "400 Bad Request: message text is empty"),
        (" \n ", "400 Bad Request: message text is empty"),
        ("x" * 4097, "400 Bad Request: message is too long"),
        ("🏙" * 2049, "400 Bad Request: message is too long"),
    ],
)
async def test_empty_and_long_texts_are_refused(telegram: Api, reporter: Person, text: str, refusal: str) -> None:
    assert await telegram.refused("sendMessage", chat_id=reporter.id, text=text) == refusal
    assert not reporter.inbox


async def test_who_can_not_be_written_to(sandbox: Sandbox, telegram: Api, bale: Api) -> None:
    silent, stranger = sandbox.telegram.person("Silent"), sandbox.bale.person("Stranger")
    hello = {"text": "hello"}
    assert await telegram.refused("sendMessage", chat_id=1, **hello) == "400 Bad Request: chat not found"
    assert "403 Forbidden: bot can't initiate" in await telegram.refused("sendMessage", chat_id=silent.id, **hello)
    assert await bale.refused("sendMessage", chat_id=1, **hello) == "404 no such group or user"
    assert await bale.refused("sendMessage", chat_id=stranger.id, **hello) == "403 permission_denied"


async def test_a_person_who_blocks_is_out_of_reach_until_they_unblock(telegram: Api, reporter: Person) -> None:
    reporter.blocks()
    refusal = await telegram.refused("sendMessage", chat_id=reporter.id, text="a")
    assert refusal == "403 Forbidden: bot was blocked by the user"
    reporter.unblocks()
    await telegram.ok("sendMessage", chat_id=reporter.id, text="a")


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (inline(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (inline(callback_data="گ" * 33), "BUTTON_DATA_INVALID"),
        (inline(callback_data=""), "BUTTON_DATA_INVALID"),
        (inline(url="nowhere"), "BUTTON_URL_INVALID"),
        (inline(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (inline(callback_data="x", style="pink"), "style is invalid"),
        (inline(), "Text buttons are unallowed"),
        (inline(callback_data="x", url="https://x.ir"), "Text buttons are unallowed"),
        ({"inline_keyboard": [[{"text": "b", "callback_data": "x"}] * 9]}, "reply markup is too long"),
        ({"inline_keyboard": [[{"text": "b", "callback_data": "x"}]] * 101}, "reply markup is too long"),
        ({"keyboard": [[{"text": ""}]]}, "text must be non-empty"),
        ({"keyboard": [["a"]], "input_field_placeholder": "x" * 65}, "placeholder"),
        ("{broken", "can't parse reply markup JSON object"),
    ],
)
async def test_keyboards_beyond_the_rules_are_refused(
    telegram: Api, reporter: Person, markup: Any, refusal: str
) -> None:
    assert refusal in await telegram.refused("sendMessage", chat_id=reporter.id, text="a", reply_markup=markup)


async def test_bale_has_no_copy_button_unless_told_so(sandbox: Sandbox, bale: Api, neighbour: Person) -> None:
    message = {"chat_id": neighbour.id, "text": "a", "reply_markup": inline(copy_text={"text": "12"})}
    assert "BUTTON_COPY_TEXT_INVALID" in await bale.refused("sendMessage", **message)
    sandbox.bale.profile.copy_text = True
    await bale.ok("sendMessage", **message)


async def test_bale_drops_button_styles_or_refuses_them(sandbox: Sandbox, bale: Api, neighbour: Person) -> None:
    message = {"chat_id": neighbour.id, "text": "a", "reply_markup": inline(callback_data="x", style="danger")}
    await bale.ok("sendMessage", **message)
    assert neighbour.last.rows[0][0].style is None
    sandbox.bale.profile.style = "refused"
    assert "style is invalid" in await bale.refused("sendMessage", **message)


async def test_a_reply_keyboard_lasts_until_it_is_removed(telegram: Api, reporter: Person) -> None:
    keyboard = {"keyboard": [["گزارش"], [{"text": "جا", "request_location": True}]]}
    await telegram.ok("sendMessage", chat_id=reporter.id, text="a", reply_markup=keyboard)
    await telegram.ok("sendMessage", chat_id=reporter.id, text="b")
    assert reporter.keyboard == [["گزارش"], ["جا"]]
    assert reporter.types_key("گزارش").text == "گزارش"
    with pytest.raises(AssertionError, match="asks for the location"):
        reporter.types_key("جا")
    await telegram.ok("sendMessage", chat_id=reporter.id, text="c", reply_markup={"remove_keyboard": True})
    with pytest.raises(AssertionError, match="no key"):
        reporter.types_key("گزارش")


async def test_a_group_is_not_asked_for_its_place(sandbox: Sandbox, telegram: Api, reporter: Person) -> None:
    group = sandbox.telegram.group()
    reporter.says("hello", chat=group)
    keyboard = {"keyboard": [[{"text": "جا", "request_location": True}]]}
    refusal = await telegram.refused("sendMessage", chat_id=group.id, text="a", reply_markup=keyboard)
    assert "private chats only" in refusal


async def test_each_platform_replies_by_its_own_field(
    telegram: Api, bale: Api, reporter: Person, neighbour: Person
) -> None:
    question, problem = reporter.says("?"), neighbour.says("?")
    await telegram.ok("sendMessage", chat_id=reporter.id, text="a", reply_parameters={"message_id": question.id})
    await bale.ok("sendMessage", chat_id=neighbour.id, text="a", reply_parameters={"message_id": problem.id})
    assert (reporter.last.reply_to, neighbour.last.reply_to) == (question.id, None)
    await bale.ok("sendMessage", chat_id=neighbour.id, text="b", reply_to_message_id=problem.id)
    assert neighbour.last.reply_to == problem.id


async def test_a_reply_to_nothing_is_refused_unless_allowed(telegram: Api, reporter: Person) -> None:
    reply = {"message_id": 999}
    message = {"chat_id": reporter.id, "text": "a"}
    refusal = await telegram.refused("sendMessage", **message, reply_parameters=reply)
    assert refusal == "400 Bad Request: message to be replied not found"
    await telegram.ok("sendMessage", **message, reply_parameters={**reply, "allow_sending_without_reply": True})


async def test_a_place_within_the_world_is_sent(telegram: Api, reporter: Person) -> None:
    await telegram.ok("sendLocation", chat_id=reporter.id, latitude=35.17, longitude=47.8)
    assert reporter.last.pin == Pin(35.17, 47.8)
    assert "wrong coordinates" in await telegram.refused("sendLocation", chat_id=reporter.id, latitude=91, longitude=0)


async def test_forwarding_names_the_author_and_copying_does_not(telegram: Api, reporter: Person) -> None:
    mine = reporter.says("hello")
    source = {"chat_id": reporter.id, "from_chat_id": reporter.id, "message_id": mine.id}
    forwarded = await telegram.ok("forwardMessage", **source)
    copied = await telegram.ok("copyMessage", **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == reporter.id
    assert (reporter.last.text, reporter.last.forward, list(copied)) == ("hello", None, ["message_id"])


async def test_json_bodies_are_read_but_bale_is_picky(telegram: Api, bale: Api, reporter: Person) -> None:
    body = {"chat_id": reporter.id, "text": "a"}
    async with telegram.session.post(f"{telegram.base}/bot{telegram.token}/sendMessage", json=body) as answer:
        assert answer.status == 200
    async with bale.session.post(f"{bale.base}/bot{bale.token}/sendMessage", json=body) as answer:
        assert answer.status == 404


async def test_unknown_methods_and_tokens(sandbox: Sandbox, telegram: Api, bale: Api) -> None:
    assert await telegram.refused("sendNothing") == "404 Not Found"
    assert await bale.refused("setMyCommands", commands=[]) == "404 Not Found"
    for api, platform in ((telegram, sandbox.telegram), (bale, sandbox.bale)):
        assert (await api.ok("GETME"))["username"] == "shahr137_bot"
        platform.revoke(api.token)
    assert await telegram.refused("getMe") == "401 Unauthorized"
    assert await bale.refused("getMe") == "404 Bad Request: Token not found"
    telegram.token = "4711:new"
    assert (await telegram.ok("getMe"))["id"] == 4711
    telegram.token = "nonsense"
    assert await telegram.refused("getMe") == "404 Not Found"


async def test_commands_follow_their_rules(telegram: Api) -> None:
    await telegram.ok("setMyCommands", commands=[{"command": "start", "description": "شروع"}])
    refusal = await telegram.refused("setMyCommands", commands=[{"command": "Start", "description": "x"}])
    assert "BOT_COMMAND_INVALID" in refusal


async def test_bale_can_answer_errors_with_http_200(sandbox: Sandbox, bale: Api) -> None:
    sandbox.bale.profile.errors_as_200 = True
    status, body = await bale.call("sendMessage", chat_id=1, text="a")
    assert (status, body["ok"], body["error_code"]) == (200, False, 404)
    status, body = await bale.call("sendMessage", chat_id=1, text="a" * 4097)
    assert (status, body["error_code"]) == (400, 400)
