"""Calls, polls and files over a real connection."""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web

from bot.channels.bale import Bale
from bot.channels.base import Call, Kind, Upload
from bot.channels.errors import ChannelError, Conflict, FileRefused, Unauthorized, Unreachable
from bot.channels.http import Http
from tests.bot.channels.conftest import TOKEN, Platform


async def test_a_call_is_a_form_and_its_outcome_carries_the_message_id(platform: Platform, http: Http) -> None:
    params = {"chat_id": "1", "text": "سلام & +% \n😀"}
    outcome = await http.call(Call("sendMessage", params, {}))
    assert (outcome.kind, outcome.message_id) == (Kind.SENT, 3)
    assert platform.asked == [(f"/bot{TOKEN}/sendMessage", params)]
    assert platform.headers[0]["Content-Type"] == "application/x-www-form-urlencoded"


async def test_a_file_is_uploaded_under_its_own_name(platform: Platform, http: Http, tmp_path: Path) -> None:
    stored = tmp_path / "0123abcd"
    stored.write_bytes(b"bytes")
    upload = Upload('چراغ "۱"\n.jpg', "image/jpeg", stored)
    await http.call(Call("sendPhoto", {"chat_id": "1", "caption": "سلام"}, {"photo": upload}))
    fields = platform.asked[0][1]
    assert (fields["caption"], fields["photo"].filename) == ("سلام", 'چراغ "۱"_.jpg')
    assert (fields["photo"].content_type, platform.uploads["photo"]) == ("image/jpeg", b"bytes")


async def test_a_stored_copy_that_is_gone_is_a_dead_letter(platform: Platform, http: Http, tmp_path: Path) -> None:
    call = Call("sendPhoto", {}, {"photo": Upload("a", "image/jpeg", tmp_path / "gone")})
    assert (await http.call(call)).kind is Kind.REFUSED
    assert platform.asked == []


async def test_an_edit_that_is_refused_is_worth_a_new_message(platform: Platform, http: Http) -> None:
    platform.body = b'{"ok":false,"error_code":400,"description":"something about editing"}'
    assert (await http.call(Call("editMessageText", {}, {}))).kind is Kind.FRESH
    assert (await http.call(Call("sendMessage", {}, {}))).kind is Kind.REFUSED


async def test_a_poll_names_what_it_wants_and_zero_is_an_offset(platform: Platform, http: Http) -> None:
    platform.body = b'{"ok":true,"result":[{"update_id":0,"message":{"text":"a\\ud800"}},7]}'
    updates = await http.updates(0, 5, 10, ["message"])
    assert updates == [{"update_id": 0, "message": {"text": "a?"}}]
    assert platform.asked[0][1] == {"offset": "0", "timeout": "5", "limit": "10", "allowed_updates": '["message"]'}


async def test_a_first_poll_acknowledges_nothing(platform: Platform, http: Http) -> None:
    platform.body = b'{"ok":true,"result":[]}'
    assert await http.updates(None, 5) == []
    assert platform.asked[0][1] == {"timeout": "5", "limit": "100"}


@pytest.mark.parametrize(
    ("status", "error", "wait"), [(401, Unauthorized, None), (409, Conflict, None), (500, Unreachable, None)]
)
async def test_a_failed_poll_says_why(
    platform: Platform, http: Http, status: int, error: type[ChannelError], wait: float | None
) -> None:
    platform.status = status
    platform.body = b'{"ok":false,"error_code":%d,"description":"x"}' % status
    with pytest.raises(error):
        await http.updates(1, 0)


async def test_a_poll_that_came_too_soon_says_how_long_to_wait(platform: Platform, http: Http) -> None:
    platform.status = 429
    platform.body = b'{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":9}}'
    with pytest.raises(Unreachable) as caught:
        await http.updates(1, 0)
    assert caught.value.retry_after == 9


async def test_the_bot_knows_itself_even_where_the_platform_says_little(platform: Platform, http: Http) -> None:
    platform.body = b'{"ok":true,"result":{"id":9,"username":null,"first_name":"City"}}'
    assert await http.me() == {"id": 9, "is_bot": True, "first_name": "City", "username": ""}


async def test_a_file_comes_by_its_path_in_pieces(platform: Platform, http: Http) -> None:
    platform.body = b'{"ok":true,"result":{"file_id":"f","file_path":"photos/a b?.jpg","file_size":4}}'
    path, size = await http.file("f")
    platform.body = b"data"
    assert (path, size) == ("photos/a b?.jpg", 4)
    assert b"".join([piece async for piece in http.stream(path)]) == b"data"
    assert platform.asked[1][0] == f"/file/bot{TOKEN}/photos/a b?.jpg"


@pytest.mark.parametrize(
    "body",
    [
        b'{"ok":false,"error_code":400,"description":"Bad Request: file is too big"}',
        b'{"ok":true,"result":{"file_id":"f"}}',
    ],
)
async def test_a_file_that_is_not_given_is_refused(platform: Platform, http: Http, body: bytes) -> None:
    platform.body = body
    with pytest.raises(FileRefused):
        await http.file("f")


@pytest.mark.parametrize(("status", "error"), [(404, FileRefused), (502, Unreachable), (302, Unreachable)])
async def test_a_file_s_bytes_may_be_refused_or_late(
    platform: Platform, http: Http, status: int, error: type[ChannelError]
) -> None:
    platform.status = status
    with pytest.raises(error):
        await anext(http.stream("a"))


async def test_a_file_cut_off_on_its_way_is_unreachable(platform: Platform, http: Http) -> None:
    async def half(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport is not None
        request.transport.close()
        return response

    platform.answer = half
    with pytest.raises(Unreachable):
        [piece async for piece in http.stream("a")]


async def test_commands_are_offered_in_private_chats_by_language(platform: Platform, http: Http) -> None:
    await http.commands([("report", "گزارش")], "fa")
    assert platform.asked[0][1] == {
        "commands": '[{"command":"report","description":"گزارش"}]',
        "scope": '{"type":"all_private_chats"}',
        "language_code": "fa",
    }


async def test_a_platform_without_a_list_of_commands_is_not_asked(platform: Platform) -> None:
    http = Http(Bale(), TOKEN, platform.url)
    await http.start()
    assert (await http.commands([("report", "x")])).kind is Kind.SENT
    assert platform.asked == []
    await http.close()


@pytest.mark.parametrize("status", [401, 409, 500])
@pytest.mark.parametrize("ask", [Http.me, lambda http: http.updates(1, 0), lambda http: http.file("f")])
async def test_no_error_tells_the_token(
    platform: Platform, http: Http, status: int, ask: Callable[[Http], Awaitable[object]]
) -> None:
    platform.status, platform.body = status, b'{"ok":false,"description":"bad %s"}' % TOKEN.encode()
    with pytest.raises(ChannelError) as caught:
        await ask(http)
    assert TOKEN not in "".join(traceback.format_exception(caught.value)) + repr(http)


async def test_no_error_of_a_broken_connection_tells_the_token() -> None:
    http = Http(Bale(), TOKEN, "http://127.0.0.1:1")
    await http.start()
    with pytest.raises(Unreachable) as caught:
        await http.me()
    error: BaseException | None = caught.value
    while error is not None:
        assert TOKEN not in f"{error!r} {error}"
        error = error.__context__
    await http.close()
