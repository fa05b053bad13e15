"""One call from its parameters to the bytes of its answer: token, faults, limits, method; without HTTP."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import Any

import orjson

from bot.sandbox.bots import Bot
from bot.sandbox.calls import Call
from bot.sandbox.faults import HTML_502, Fault
from bot.sandbox.methods import METHODS
from bot.sandbox.methods.request import Request
from bot.sandbox.params import Params
from bot.sandbox.platform import Platform
from bot.sandbox.refusal import ApiError, bad

_BEFORE = frozenset({"429", "500", "502", "reset", "refuse"})
CUT = 0


@dataclass(slots=True)
class Answer:
    """status CUT: cut the connection; `fault` is one that the HTTP side has to play (hang, sliced, half)."""

    status: int
    body: bytes
    json: bool = True
    fault: Fault | None = None


class Door:
    """Answers the calls of one platform."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    async def call(self, token: str, method: str, params: Params) -> Answer:
        """Answer one call and note it. Never raises."""
        name = method.lower()
        try:
            bot = self._platform.bot_of(token)
        except ApiError as error:
            answer = self._refused(error)
            self._note(name, params, answer, 0)
            return answer
        fault = self._platform.faults.pick(name)
        if fault is not None and fault.kind == "slow":
            await self._platform.clock.sleep(fault.seconds)
        answer = await self._answer(bot, name, params, fault)
        self._note(name, params, answer, bot.id)
        return answer

    async def download(self, token: str, path: str) -> Answer:
        """Answer a download and note it as method "file", which is also the name for its faults."""
        number = 0
        try:
            bot = self._platform.bot_of(token)
            number, fault = bot.id, self._platform.faults.pick("file")
            if fault is not None and fault.kind == "slow":
                await self._platform.clock.sleep(fault.seconds)
            answer = self._file(bot, path, fault)
        except ApiError as error:
            answer = self._refused(error)
        self._note("file", Params({"path": path}), answer, number)
        return answer

    def _file(self, bot: Bot, path: str, fault: Fault | None) -> Answer:
        if fault is not None and fault.kind in _BEFORE:
            return self._struck(fault, bot, None)
        media = bot.linked(path)
        if media is None:
            raise ApiError(404, "Not Found")
        if fault is not None and fault.kind in ("lost", "late502"):
            return _after(fault, bot, None)
        return Answer(200, media.content, json=False, fault=fault)

    async def _answer(self, bot: Bot, name: str, params: Params, fault: Fault | None) -> Answer:
        chat = params.values.get("chat_id")
        try:
            if chat is not None and (paused := self._platform.limiter.check_pause(bot.id, str(chat))):
                self._platform.calls.early += paused[1]
                raise paused[0]
            if fault is not None and fault.kind in _BEFORE:
                return self._struck(fault, bot, chat)
            result = await self._result(bot, name, params)
        except ApiError as error:
            return self._refused(error)
        if fault is None:
            return Answer(200, orjson.dumps({"ok": True, "result": result}))
        return _after(fault, bot, result)

    async def _result(self, bot: Bot, name: str, params: Params) -> Any:
        run = METHODS.get(name)
        if run is None or name in self._platform.profile.lacks:
            raise ApiError(404, "Not Found")
        result = run(Request(self._platform, bot, params))
        return await result if inspect.isawaitable(result) else result

    def _struck(self, fault: Fault, bot: Bot, chat: object) -> Answer:
        if fault.kind == "429":
            place = None if fault.scope == "bot" or chat is None else str(chat)
            raise self._platform.limiter.pause(bot.id, place, fault.retry_after)
        if fault.kind == "500":
            raise ApiError(500, "Internal Server Error")
        if fault.kind == "refuse":
            raise bad("refused by the sandbox")
        return Answer(502, HTML_502, json=False) if fault.kind == "502" else Answer(CUT, b"")

    def _refused(self, error: ApiError) -> Answer:
        plain = not self._platform.profile.errors_as_200 or error.code >= 500 or "too long" in error.description
        return Answer(error.code if plain else 200, orjson.dumps(error.as_json()))

    def _note(self, name: str, params: Params, answer: Answer, bot: int) -> None:
        cut = answer.fault is not None and answer.fault.kind == "hang"
        values = params.values if not params.files else {**params.values, **params.files}
        status = CUT if cut else answer.status
        self._platform.calls.note(Call(name, values, self._platform.clock.monotonic(), status, bot))


def _after(fault: Fault, bot: Bot, result: Any) -> Answer:
    """The answer to a call that took effect, as the fault spoils it."""
    if fault.kind == "lost":
        return Answer(CUT, b"")
    if fault.kind == "late502":
        return Answer(502, HTML_502, json=False)
    if fault.kind == "wrong":
        return Answer(200, b'["not", {"what": "was asked"}]')
    if fault.kind in ("doubled", "disordered", "replayed"):
        bodies = fault.disturb([bytes(part) for part in map(orjson.dumps, result)], bot.updates.past)
        result = [orjson.Fragment(body) for body in bodies]
    return Answer(200, orjson.dumps({"ok": True, "result": result}), fault=fault)
