"""The demo's chat page: phones side by side, live by Server-Sent Events, acts by POST. For loopback alone.

    page = Page(sandbox, phones)
    Starlette(routes=page.routes)

Nobody but this page itself may act: the host must be a loopback name (a foreign name pointed here is refused), a POST
must be JSON from the same origin, and the page may load nothing from elsewhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import wraps
from pathlib import Path

import orjson
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.sandbox.hands import Hands
from bot.sandbox.message import JSON
from bot.sandbox.phones import Phone, do_act, shown_keyboard
from bot.sandbox.player import Player
from bot.sandbox.switches import Switches
from bot.sandbox.world import Sandbox

STATIC = Path(__file__).parent / "static"
LARGEST = 32 << 20  # a body; the largest file that Bale takes is 20 MB, a third more in base64
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SAFE = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# Shown as they are; every other file is offered for download only.
_SHOWN = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
    (b"OggS", "audio/ogg"),
)

Handler = Callable[[Request], Awaitable[Response]]


class Page:
    """The page of one sandbox. `switches` act on the platforms, `hands` turn the clock, `player` plays a story.

    `map` is what places are picked on: {centre [lat, lon], areas [{name, rings [[[lon, lat]]]}]}; `reset`, when given,
    begins everything anew.
    """

    def __init__(self, sandbox: Sandbox, phones: Sequence[Phone], reset: Callable[[], None] | None = None) -> None:
        self.phones = {phone.key: phone for phone in phones}
        self.switches = Switches(sandbox)
        self.hands = Hands(sandbox)
        self.player = Player(sandbox, self.phones)
        self.map: JSON = {"centre": [0.0, 0.0], "areas": []}
        self._sandbox = sandbox
        self._reset = reset

    @property
    def routes(self) -> list[BaseRoute]:
        """For a Starlette application, at its root."""
        return [
            Route("/", _guarded(self._index)),
            Route("/static/{name}", _guarded(self._static)),
            Route("/page/events", _guarded(self._events)),
            Route("/page/file", _guarded(self._file)),
            Route("/page/act", _guarded(self._act), methods=["POST"]),
            Route("/page/switch", _guarded(self._switch), methods=["POST"]),
            Route("/page/clock", _guarded(self._turn), methods=["POST"]),
            Route("/page/story", _guarded(self._play), methods=["POST"]),
            Route("/page/reset", _guarded(self._begin_anew), methods=["POST"]),
        ]

    def close(self) -> None:
        """End story and live streams, so that the server can stop at once; browsers come back by themselves."""
        self.player.stop()
        self._sandbox.publish({"event": "closing"})

    async def _index(self, _: Request) -> Response:
        return FileResponse(STATIC / "index.html")

    async def _static(self, request: Request) -> Response:
        name = request.path_params["name"]
        kind = _TYPES.get(Path(name).suffix)
        if kind is None or not (STATIC / name).is_file():
            return Response(status_code=404)
        return FileResponse(STATIC / name, media_type=kind)

    async def _file(self, request: Request) -> Response:
        """A file of a message, by its platform and file id."""
        query = request.query_params
        platform, file_id = query.get("platform"), query.get("id", "")
        media = self._sandbox[platform].bot.files.get(file_id) if platform in ("telegram", "bale") else None
        if media is None:
            return Response(status_code=404)
        for magic, kind in _SHOWN:
            if media.content.startswith(magic):
                return Response(media.content, media_type=kind)
        return Response(media.content, 200, {"Content-Disposition": "attachment"}, "application/octet-stream")

    async def _act(self, request: Request) -> Response:
        asked = await _body(request)
        do_act(self.phones[asked["phone"]].person, asked)
        return _json({})

    async def _switch(self, request: Request) -> Response:
        """{platform, switch, on}."""
        asked = await _body(request)
        self.switches.turn(asked["platform"], asked["switch"], bool(asked["on"]))
        return _json({})

    async def _turn(self, request: Request) -> Response:
        """{hours}."""
        self.hands.turn(int((await _body(request))["hours"]))
        return _json({})

    async def _play(self, request: Request) -> Response:
        """{step}: its number, or null to stop."""
        step = (await _body(request))["step"]
        self.player.stop() if step is None else self.player.play(step)
        return _json({})

    async def _begin_anew(self, _: Request) -> Response:
        if self._reset is None:
            return _json({"error": "nothing to reset here"}, 409)
        self._reset()
        return _json({})

    async def _events(self, _: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[bytes]:
        """Everything as it stands, then what happens. A browser that lost the line comes back and gets it all again."""
        with self._sandbox.subscribe() as queue:
            told = self.switches.as_json()
            yield b"retry: 600\n" + _event("state", self.state())
            while True:
                try:
                    happened = await asyncio.wait_for(queue.get(), 1)
                except TimeoutError:
                    yield b": still here\n\n"
                else:
                    if happened["event"] == "closing":
                        return
                    yield _event(happened["event"], self._completed(happened))
                if (now := self.switches.as_json()) != told:
                    told = now
                    yield _event("status", told)

    def state(self) -> JSON:
        """All that the page shows: {phones, status, clock, story, map, resettable}."""
        return {
            "phones": [phone.as_json() for phone in self.phones.values()],
            "status": self.switches.as_json(),
            "clock": self.hands.as_json(),
            "story": self.player.as_json(),
            "map": self.map,
            "resettable": self._reset is not None,
        }

    def _completed(self, happened: JSON) -> JSON:
        """With the phone's key, and the reply keyboard as it is now."""
        number = happened["message"]["chat_id"] if "message" in happened else happened.get("person")
        number = happened.get("chat_id", number)
        for phone in self.phones.values():
            if phone.person.id == number and phone.person.platform.name == happened.get("platform"):
                return {**happened, "phone": phone.key, "keyboard": shown_keyboard(phone.person)}
        return happened


def _guarded(handler: Handler) -> Handler:
    """Refuses strangers, turns what an act raises into an answer, and puts the safety headers on."""

    @wraps(handler)
    async def guarded(request: Request) -> Response:
        if not _own(request):
            return Response("This page answers only itself.", 403, _SAFE)
        try:
            response = await handler(request)
        except AssertionError as error:
            response = _json({"error": str(error)}, 409)
        except (KeyError, ValueError, TypeError) as error:
            response = _json({"error": f"not understood: {error}"}, 400)
        response.headers.update(_SAFE)
        return response

    return guarded


def _own(request: Request) -> bool:
    host = request.headers.get("host", "")
    if host.rpartition(":")[0] not in _LOOPBACK and host not in _LOOPBACK:
        return False
    if request.method != "POST":
        return True
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "same-origin")
    plain_json = request.headers.get("content-type", "").partition(";")[0] == "application/json"
    return origin == f"http://{host}" and site == "same-origin" and plain_json


async def _body(request: Request) -> JSON:
    if int(request.headers.get("content-length", LARGEST + 1)) > LARGEST:
        raise ValueError("too large")
    asked = orjson.loads(await request.body())
    if not isinstance(asked, dict):
        raise TypeError("an object is expected")
    return asked


def _json(body: JSON, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json")


def _event(name: str, body: JSON) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + orjson.dumps(body) + b"\n\n"
