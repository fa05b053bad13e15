"""The connection of one bot to its platform. It alone knows the token, and tells it to nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, suppress
from typing import Any
from urllib.parse import quote

import orjson
from aiohttp import FormData
from yarl import URL

from bot.channels.base import Call, Channel, Kind, Outcome
from bot.channels.errors import Conflict, FileRefused, NotSent, Unanswered, Unauthorized, Unreachable
from bot.channels.wire import Wire, encode
from bot.errors import SettingError

_ASK = 10.0  # seconds for small questions
_POLL_GRACE = 10.0  # seconds that a poll may take longer than it was told to
_FILE = 30.0  # seconds without a byte of a file
_MISSING_FILE = Outcome(Kind.REFUSED, detail="the stored copy is not there")


class Http:
    """One session for sending and one for polling, so that neither waits for the other.

    `start` makes no request: a platform that can't be reached never stops the start.
    """

    def __init__(self, channel: Channel, token: str, base_url: str = "", proxy: str = "") -> None:
        self.channel = channel
        base = (base_url or channel.api).rstrip("/")
        self._methods = f"{base}/bot{token}/"
        self._files = f"{base}/file/bot{token}/"
        self._proxy = proxy
        self._urls: dict[str, URL] = {}
        self._sending: Wire
        self._polling: Wire

    def __repr__(self) -> str:
        return f"Http({self.channel.key})"

    async def start(self) -> None:
        """Raises SettingError for a proxy that can't be read."""
        wires: list[Wire] = []
        with suppress(ValueError):  # its text may hold the proxy's password
            wires = [Wire(self._proxy), Wire(self._proxy)]
        if not wires:
            variable = f"{self.channel.key.upper()}_PROXY"
            raise SettingError(f"{variable} can't be read.", "Write http://host:port or socks5://host:port.")
        self._sending, self._polling = wires

    async def close(self) -> None:
        await self._sending.close()
        await self._polling.close()

    async def call(self, call: Call, timeout: float = _ASK) -> Outcome:  # noqa: ASYNC109 - one word for both sides
        """What became of the call; never raises. `timeout` in seconds from the moment that we are connected.

        An edit that the platform refuses for whatever reason is worth a new message: Bale's edits are unreliable.
        """
        outcome = await self._outcome(call, timeout)
        if outcome.kind is Kind.REFUSED and call.method.startswith("edit"):
            return Outcome(Kind.FRESH, detail=outcome.detail)
        return outcome

    async def _outcome(self, call: Call, seconds: float) -> Outcome:
        try:
            with ExitStack() as files:
                body = _form(call, files) if call.files else call.form or encode(call.params)
                status, answer = await self._sending.post(self._url(call.method), body, seconds)
        except NotSent as fault:
            return Outcome(Kind.RETRY, detail=str(fault), unreachable=True)
        except Unanswered as fault:
            return Outcome(Kind.UNCERTAIN, detail=str(fault))
        except OSError:
            return _MISSING_FILE
        return self.channel.classify(status, answer)

    async def updates(
        self,
        offset: int | None,
        timeout: int,  # noqa: ASYNC109 - the platform's own word
        limit: int = 100,
        allowed: Sequence[str] = (),
    ) -> list[dict[str, Any]]:
        """Raw updates from `offset` on, after at most `timeout` seconds. `offset` acknowledges all before it.

        Raises Unauthorized, Conflict or Unreachable. An empty `allowed` leaves the choice to the platform.
        """
        params = {"timeout": str(timeout), "limit": str(limit)}
        if offset is not None:
            params["offset"] = str(offset)
        if allowed:
            params["allowed_updates"] = orjson.dumps(list(allowed)).decode()
        result = (await self._ask(self._polling, "getUpdates", params, timeout + _POLL_GRACE)).result
        return [update for update in result if isinstance(update, dict)] if isinstance(result, list) else []

    async def me(self) -> dict[str, Any]:
        """The bot itself, with all that python-telegram-bot needs. Raises Unauthorized, Conflict or Unreachable."""
        return complete_me((await self._ask(self._sending, "getMe", {}, _ASK)).result, self.channel.title)

    async def file(self, file_id: str) -> tuple[str, int | None]:
        """Path for `stream`, good for an hour, and size in bytes if told. Raises FileRefused or as `me`."""
        result = (await self._ask(self._sending, "getFile", {"file_id": file_id}, _ASK)).result
        if not isinstance(result, dict) or not isinstance(path := result.get("file_path"), str):
            raise FileRefused("The platform names no path.")
        size = result.get("file_size")
        return path, size if isinstance(size, int) else None

    def stream(self, path: str) -> AsyncIterator[bytes]:
        """The bytes of a file, piece by piece; who reads counts them. Raises FileRefused or Unreachable."""
        return self._sending.get(URL(self._files + quote(path), encoded=True), _FILE)

    async def commands(self, commands: Sequence[tuple[str, str]], language: str = "") -> Outcome:
        """Offer (command, description) in private chats, to programs in `language` (two letters; "": all others)."""
        if not self.channel.can.commands:
            return Outcome(Kind.SENT, detail="this platform has no list of commands")
        listed = [{"command": command, "description": text} for command, text in commands]
        params = {"commands": orjson.dumps(listed).decode(), "scope": '{"type":"all_private_chats"}'}
        return await self.call(Call("setMyCommands", params | ({"language_code": language} if language else {}), {}))

    async def ask(self, method: str, params: dict[str, str], seconds: float) -> tuple[int, bytes]:
        """Status and body as they came. Raises NotSent or Unanswered."""
        return await self._sending.post(self._url(method), encode(params), seconds)

    async def _ask(self, wire: Wire, method: str, params: dict[str, str], seconds: float) -> Outcome:
        try:
            status, body = await wire.post(self._url(method), encode(params), seconds)
        except (NotSent, Unanswered) as fault:
            raise Unreachable(str(fault)) from None
        outcome = self.channel.classify(status, body)
        match outcome.kind:
            case Kind.SENT:
                return outcome
            case Kind.UNAUTHORIZED:
                raise Unauthorized(outcome.detail)
            case Kind.CONFLICT:
                raise Conflict(outcome.detail)
            case Kind.REFUSED | Kind.GONE if method == "getFile":
                raise FileRefused(outcome.detail)
        raise Unreachable(outcome.detail, outcome.retry_after)

    def _url(self, method: str) -> URL:
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = URL(self._methods + method, encoded=True)
        return url


def complete_me(result: Any, title: str) -> dict[str, Any]:
    """getMe's answer with the members that Bale may leave out; `username` is "" where it is not told."""
    told = {key: value for key, value in result.items() if value is not None} if isinstance(result, dict) else {}
    return {"id": 0, "is_bot": True, "first_name": title, "username": ""} | told


def _form(call: Call, files: ExitStack) -> FormData:
    """A form with the opened files. Raises OSError for a file that can't be opened."""
    params = {key: value.encode("utf-8", "replace").decode() for key, value in call.params.items()}
    form = FormData(params, quote_fields=False)
    for field, upload in call.files.items():
        name = "".join(letter if letter.isprintable() else "_" for letter in upload.name)
        form.add_field(field, files.enter_context(upload.path.open("rb")), filename=name, content_type=upload.mime)
    return form
