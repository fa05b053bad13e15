"""python-telegram-bot's door to the network, on the same connections. Its Bot asks only getMe through it."""

from __future__ import annotations

from typing import Any

import orjson
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.channels import answers
from bot.channels.base import Kind
from bot.channels.errors import NotSent, Unanswered
from bot.channels.http import Http, complete_me

_TIMEOUT = 10.0


class CityRequest(BaseRequest):
    """Errors carry our own words, never the client's: those may hold the token.

    `http` is started and closed elsewhere.
    """

    __slots__ = ("_http",)

    def __init__(self, http: Http) -> None:
        self._http = http

    @property
    def read_timeout(self) -> float | None:
        return _TIMEOUT

    async def initialize(self) -> None:
        """Nothing: the connection is not ours."""

    async def shutdown(self) -> None:
        """Nothing: the connection is not ours."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_args: Any, **_timeouts: Any
    ) -> tuple[int, bytes]:
        """Status and body as python-telegram-bot understands them, whatever Bale says with HTTP 200 or 404."""
        if method != "POST" or (request_data is not None and request_data.contains_files):
            raise NetworkError("Files do not pass here.")
        name = url.rpartition("/")[2]
        status, body = await self._ask(name, request_data.json_parameters if request_data else {})
        answer = answers.read(body)
        if answer is None:
            raise NetworkError(f"No readable answer to {name}.")
        if not answer["ok"]:
            return self._status(status, body, answer), body
        if name == "getMe":
            answer["result"] = complete_me(answer.get("result"), self._http.channel.title)
        return 200, orjson.dumps(answer)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        answer = answers.read(payload)
        if answer is None:
            raise TelegramError("The platform's answer can't be read.")
        return answer

    async def _ask(self, name: str, params: dict[str, str]) -> tuple[int, bytes]:
        try:
            return await self._http.ask(name, params, _TIMEOUT)
        except (NotSent, Unanswered) as fault:
            words = f"{name}: {fault}"
        raise NetworkError(words)

    def _status(self, status: int, body: bytes, answer: dict[str, Any]) -> int:
        """The error's code; 401 for a bad token alone: Bale says 404 of people too, which would read as a bad token."""
        code = answer.get("error_code")
        code = code if isinstance(code, int) else (status if status >= 400 else 400)
        if self._http.channel.classify(status, body).kind is Kind.UNAUTHORIZED:
            return 401
        return 400 if code in (401, 404) else code
