"""python-telegram-bot's Bot gets to know itself through our connection."""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.channels.bale import Bale
from bot.channels.http import Http
from bot.channels.request import CityRequest
from tests.bot.channels.conftest import TOKEN, Platform


@pytest.fixture
async def bale(platform: Platform) -> AsyncIterator[Bot]:
    http = Http(Bale(), TOKEN, platform.url)
    await http.start()
    yield Bot(TOKEN, base_url=f"{platform.url}/bot", request=CityRequest(http), get_updates_request=CityRequest(http))
    await http.close()


async def test_a_poor_bot_still_has_a_username(platform: Platform, bale: Bot) -> None:
    platform.body = b'{"ok":true,"result":{"id":9}}'
    await bale.initialize()
    assert (bale.id, bale.username, bale.first_name) == (9, "", "Bale")
    await bale.shutdown()


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, b'{"ok":false,"error_code":403,"description":"Forbidden"}', Forbidden),
        (200, b'{"ok":false,"description":"x"}', BadRequest),
        (404, b'{"ok":false,"error_code":404,"description":"no such group or user"}', BadRequest),
        (404, b'{"ok":false,"error_code":404,"description":"Not Found"}', InvalidToken),
        (400, b'{"ok":false,"error_code":400,"description":"Token not found"}', InvalidToken),
        (502, b"<html>", NetworkError),
        (200, b"[]", NetworkError),
    ],
)
async def test_a_refusal_becomes_its_error(
    platform: Platform, bale: Bot, status: int, body: bytes, error: type[TelegramError]
) -> None:
    platform.status, platform.body = status, body
    with pytest.raises(error) as caught:
        await bale.get_me()
    assert type(caught.value) is error


async def test_being_too_fast_says_how_long(platform: Platform, bale: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    platform.body = b'{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":4}}'
    with pytest.raises(RetryAfter):
        await bale.get_me()


async def test_an_unreachable_platform_is_a_network_error_without_the_token() -> None:
    http = Http(Bale(), TOKEN, "http://127.0.0.1:1")
    await http.start()
    bot = Bot(TOKEN, base_url="http://127.0.0.1:1/bot", request=CityRequest(http))
    with pytest.raises(NetworkError) as caught:
        await bot.get_me()
    assert TOKEN not in "".join(traceback.format_exception(caught.value))
    await http.close()


async def test_broken_json_is_a_telegram_error() -> None:
    with pytest.raises(TelegramError, match="can't be read"):
        CityRequest.parse_json_payload(b"{")
