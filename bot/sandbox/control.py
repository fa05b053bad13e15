"""Drives a sandbox from another process: POST /control/<verb> with JSON, JSON back; 409 {"error"} for a failed wait.

verbs: person, room, act, acts, hear, inbox, answered, drained, faults, switch, stats, shutdown. In arguments of acts
{"$bytes": base64}, {"$message": id}, {"$button": {…}} and {"$chat": id} stand for what JSON does not hold.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from aiohttp import web

from bot.sandbox.acts import Acts
from bot.sandbox.bots import Chat, Press
from bot.sandbox.limits import Limits
from bot.sandbox.message import JSON, Button, Message
from bot.sandbox.person import Person
from bot.sandbox.platform import Platform
from bot.sandbox.world import Sandbox

ACTS = frozenset(name for name, value in vars(Acts).items() if callable(value) and not name.startswith("_"))


class Control:
    """The verbs. `stopped` is set by shutdown."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._presses: dict[str, Press] = {}
        self.stopped = asyncio.Event()
        self._verbs: dict[str, Callable[[Platform, JSON], Awaitable[Any]]] = {
            name: getattr(self, f"_{name}")
            for name in ("person", "room", "act", "acts", "hear", "inbox", "answered", "drained", "faults", "switch")
        }
        self._verbs |= {"stats": self._stats, "shutdown": self._shutdown}

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """One call of the control API."""
        verb = self._verbs.get(request.path.removeprefix("/control/"))
        if verb is None:
            return web.json_response({"error": f"verbs are {', '.join(self._verbs)}"}, status=404)
        body = await request.content.read()
        asked: JSON = orjson.loads(body) if body else {}
        try:
            result = await verb(self._sandbox[asked.get("platform", "telegram")], asked)
        except (AssertionError, KeyError, ValueError, TypeError) as error:
            status = 409 if isinstance(error, AssertionError) else 400
            return web.json_response({"error": f"{error}"}, status=status)
        return web.Response(body=orjson.dumps(result), content_type="application/json")

    async def _person(self, platform: Platform, asked: JSON) -> JSON:
        first_name, language = asked.get("first_name", "Alice"), asked.get("language_code", "fa")
        person = platform.person(first_name, language, asked.get("number"))
        return {"person": person.id, "first_name": person.first_name}

    async def _room(self, platform: Platform, asked: JSON) -> JSON:
        room = platform.channel if asked.get("kind") == "channel" else platform.group
        return {"chat": room(asked["title"]).id}

    async def _act(self, platform: Platform, asked: JSON) -> JSON:
        done = self._do(platform, asked)
        return {"done": self._told(done), "phone": _phone(platform.people[asked["person"]])}

    def _do(self, platform: Platform, asked: JSON) -> object:
        person = platform.people[asked["person"]]
        if asked["act"] not in ACTS:
            raise ValueError(f"acts are {', '.join(sorted(ACTS))}")
        args = [_meant(person, each) for each in asked.get("args", ())]
        kwargs = {name: _meant(person, each) for name, each in asked.get("kwargs", {}).items()}
        return getattr(person, asked["act"])(*args, **kwargs)

    async def _acts(self, platform: Platform, asked: JSON) -> JSON:
        """Many acts in one call, [{person, act, args}]: how a benchmark fills the queue."""
        for each in asked["acts"]:
            self._do(platform, each)
        return {"acts": len(asked["acts"])}

    def _told(self, done: object) -> Any:
        if isinstance(done, Message):
            return done.as_json()
        if isinstance(done, list):
            return [message.as_json() for message in done]
        if isinstance(done, Press):
            self._presses[done.id] = done
            return {"press": done.id}
        return None

    async def _hear(self, platform: Platform, asked: JSON) -> JSON:
        """Wait for n messages, or for `words`."""
        person, within = platform.people[asked["person"]], asked.get("within", 5.0)
        if "words" in asked:
            heard = [await person.sees(asked["words"], within)]
        else:
            heard = await person.hears(asked.get("n", 1), within)
        return {"messages": [message.as_json() for message in heard], "phone": _phone(person)}

    async def _inbox(self, platform: Platform, asked: JSON) -> JSON:
        person = platform.people[asked["person"]]
        return {"messages": [message.as_json() for message in person.inbox], "phone": _phone(person)}

    async def _answered(self, _: Platform, asked: JSON) -> JSON:
        press = self._presses[asked["press"]]
        return {"toast": await press.answer(asked.get("within", 5.0)), "alert": press.alert}

    async def _drained(self, platform: Platform, asked: JSON) -> JSON:
        await platform.bot.updates.drained(asked.get("within", 5.0))
        return {}

    async def _faults(self, platform: Platform, asked: JSON) -> JSON:
        """{"clear": true} and/or {"add": {kind, method, …}} as Faults.add takes it."""
        if asked.get("clear"):
            platform.faults.clear()
        if "add" in asked:
            add = dict(asked["add"])
            platform.faults.add(add.pop("kind"), add.pop("method", ()), **add)
        return {}

    async def _switch(self, platform: Platform, asked: JSON) -> JSON:
        """Any of: down (bool), revoke (token), limits ({…} or null), record (bool), profile ({flag: value})."""
        if "down" in asked:
            (platform.goes_down if asked["down"] else platform.comes_back)()
        if "revoke" in asked:
            platform.revoke(asked["revoke"])
        if "limits" in asked:
            platform.limits = None if asked["limits"] is None else Limits(**asked["limits"])
        if "record" in asked:
            platform.calls.record = asked["record"]
        for name, value in asked.get("profile", {}).items():
            setattr(platform.profile, name, value)
        return {}

    async def _stats(self, platform: Platform, _: JSON) -> JSON:
        updates, calls = platform.bot.updates, platform.calls
        counts = {f"{method} {status}": times for (method, status), times in calls.counts.items()}
        waiting = {"waiting": len(updates), "acknowledged": updates.acknowledged, "lost": updates.lost}
        return {"calls": counts, "early": calls.early, "updates": waiting}

    async def _shutdown(self, _: Platform, __: JSON) -> JSON:
        self.stopped.set()
        return {}


def _meant(person: Person, value: Any) -> Any:
    """An argument of an act, with the stand-ins replaced."""
    if isinstance(value, list):
        return [_meant(person, each) for each in value]
    if not isinstance(value, dict) or len(value) != 1:
        return value
    ((name, inner),) = value.items()
    if name == "$bytes":
        return base64.b64decode(inner)
    if name == "$button":
        return Button(**inner)
    if name == "$chat":
        return person.bot.chats[inner]
    return _message(person.chat, inner) if name == "$message" else value


def _message(chat: Chat, number: int) -> Message:
    return chat.messages[number]


def _phone(person: Person) -> JSON:
    newest = person.inbox[-1:]
    last = newest[0].as_json() if newest else None
    return {"keyboard": person.keyboard, "toasts": person.toasts, "last": last}
