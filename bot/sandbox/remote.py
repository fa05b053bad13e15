"""A sandbox in another process, with the same words as here: `await alice.says("…")`, `await alice.answer()`.

    async with RemoteSandbox("http://127.0.0.1:4700") as sandbox:
        alice = await sandbox.telegram.person("Alice")

What is a property of Person (last, keyboard, toasts) is as of the latest act or wait.
"""

from __future__ import annotations

import base64
import dataclasses
from typing import Any, Self

import aiohttp

from bot.sandbox.faults import Kind
from bot.sandbox.message import JSON, Button, Message, Messages


class RemoteSandbox:
    """Both platforms of the process whose control API stands at `url`."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None
        self.telegram = RemotePlatform(self, "telegram")
        self.bale = RemotePlatform(self, "bale")

    def __getitem__(self, name: str) -> RemotePlatform:
        return {"telegram": self.telegram, "bale": self.bale}[name]

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def do(self, verb: str, **asked: Any) -> JSON:
        """One call of the control API. AssertionError for what failed there."""
        assert self._session is not None, "use it as `async with RemoteSandbox(url) as sandbox`"
        async with self._session.post(f"{self._url}/control/{verb}", json=asked) as answer:
            result: JSON = await answer.json()
        if answer.status != 200:
            raise AssertionError(result["error"])
        return result

    async def shutdown(self) -> None:
        """Ends the other process."""
        await self.do("shutdown")


class RemotePlatform:
    """One platform there."""

    def __init__(self, sandbox: RemoteSandbox, name: str) -> None:
        self._sandbox = sandbox
        self.name = name

    async def do(self, verb: str, **asked: Any) -> JSON:
        return await self._sandbox.do(verb, platform=self.name, **asked)

    async def person(
        self, first_name: str = "Alice", language_code: str = "fa", number: int | None = None
    ) -> RemotePerson:
        made = await self.do("person", first_name=first_name, language_code=language_code, number=number)
        return RemotePerson(self, made["person"], first_name)

    async def fault(self, kind: Kind, method: str | list[str] = "", **more: Any) -> None:
        """Switch a fault on; `more` as in Faults.add."""
        await self.do("faults", add={"kind": kind, "method": method or [], **more})

    async def clear_faults(self) -> None:
        await self.do("faults", clear=True)

    async def switch(self, **what: Any) -> None:
        """down, revoke, limits, record, profile: see control."""
        await self.do("switch", **what)

    async def stats(self) -> JSON:
        """{"calls": {"sendmessage 200": n}, "early": n, "updates": {"waiting", "acknowledged", "lost"}}"""
        return await self.do("stats")

    async def drained(self, within: float = 5.0) -> None:
        """Until every update is acknowledged."""
        await self.do("drained", within=within)


class RemotePress:
    """A press there."""

    def __init__(self, platform: RemotePlatform, number: str) -> None:
        self._platform = platform
        self.id = number

    async def answer(self, within: float = 5.0) -> str:
        """The toast, "" when it only stopped spinning."""
        return str((await self._platform.do("answered", press=self.id, within=within))["toast"])


class RemotePerson:
    """A person there; see acts.Acts and person.Person for what each word means."""

    def __init__(self, platform: RemotePlatform, number: int, first_name: str) -> None:
        self.platform = platform
        self.id = number
        self.first_name = first_name
        self._phone: JSON = {"keyboard": [], "toasts": [], "last": None}

    @property
    def last(self) -> Message:
        assert self._phone["last"] is not None, f"{self.first_name} has no message from the bot"
        return Message.from_json(self._phone["last"])

    @property
    def keyboard(self) -> list[list[str]]:
        shown: list[list[str]] = self._phone["keyboard"]
        return shown

    @property
    def toasts(self) -> list[str]:
        shown: list[str] = self._phone["toasts"]
        return shown

    async def inbox(self) -> list[Message]:
        """All that the bot wrote; a call, not a property."""
        return self._read(await self.platform.do("inbox", person=self.id))

    async def answer(self, within: float = 5.0) -> Message:
        return (await self.hears(1, within))[0]

    async def hears(self, n: int = 1, within: float = 5.0) -> list[Message]:
        return self._read(await self.platform.do("hear", person=self.id, n=n, within=within))

    async def sees(self, words: str, within: float = 5.0) -> Message:
        return self._read(await self.platform.do("hear", person=self.id, words=words, within=within))[0]

    async def starts(self, payload: str = "") -> Message:
        return await self._sends("starts", payload)

    async def says(self, text: str) -> Message:
        return await self._sends("says", text)

    async def replies(self, message: Message, text: str) -> Message:
        return await self._sends("replies", message, text)

    async def edits(self, message: Message, text: str) -> Message:
        return await self._sends("edits", message, text)

    async def sends_photo(self, content: bytes, caption: str | None = None) -> Message:
        return await self._sends("sends_photo", content, caption)

    async def sends_album(self, contents: list[bytes], caption: str | None = None) -> Messages:
        done = await self.act("sends_album", contents, caption)
        return Messages(Message.from_json(each) for each in done)

    async def sends_document(
        self, content: bytes, name: str = "file.pdf", mime: str = "application/pdf", caption: str | None = None
    ) -> Message:
        return await self._sends("sends_document", content, name, mime, caption)

    async def sends_video(self, content: bytes, caption: str | None = None, size: int | None = None) -> Message:
        return await self._sends("sends_video", content, caption, size)

    async def sends_voice(self, content: bytes = b"OggS", seconds: int = 4) -> Message:
        return await self._sends("sends_voice", content, seconds)

    async def sends_pin(self, lat: float, lon: float, accuracy: float | None = None) -> Message:
        return await self._sends("sends_pin", lat, lon, accuracy)

    async def sends_venue(self, lat: float, lon: float, title: str = "میدان آزادی", address: str = "") -> Message:
        return await self._sends("sends_venue", lat, lon, title, address)

    async def types_key(self, label: str) -> Message:
        return await self._sends("types_key", label)

    async def presses(self, what: str | Button, message: Message | None = None) -> RemotePress:
        return RemotePress(self.platform, (await self.act("presses", what, message))["press"])

    async def blocks(self) -> None:
        await self.act("blocks")

    async def unblocks(self) -> None:
        await self.act("unblocks")

    async def raw(self, update: JSON) -> None:
        await self.act("raw", update)

    async def _sends(self, act: str, *args: object) -> Message:
        return Message.from_json(await self.act(act, *args))

    async def act(self, act: str, *args: object, **kwargs: object) -> Any:
        """Any act of acts.Acts by name; what it gave back, as JSON."""
        named = {name: _sendable(each) for name, each in kwargs.items()}
        asked = {"person": self.id, "act": act, "args": [_sendable(each) for each in args], "kwargs": named}
        result = await self.platform.do("act", **asked)
        self._phone = result["phone"]
        return result["done"]

    def _read(self, result: JSON) -> list[Message]:
        self._phone = result["phone"]
        return [Message.from_json(each) for each in result["messages"]]


def _sendable(value: object) -> object:
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    if isinstance(value, Message):
        return {"$message": value.id}
    if isinstance(value, Button):
        return {"$button": dataclasses.asdict(value)}
    return [_sendable(each) for each in value] if isinstance(value, list) else value
