"""The web server: bound before anything else starts, so that a port in use is one clear line."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator, Sequence

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.errors import SettingError


def bind(host: str, port: int) -> socket.socket:
    """A listening socket. Raises SettingError, naming WEB_PORT or WEB_HOST, when it can't be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SettingError(
            f"WEB_HOST and WEB_PORT: {host}:{port} can't be used ({error.strerror}).",
            "Stop the other program, or set WEB_PORT to a free port.",
        ) from None
    listener.set_inheritable(True)
    return listener


class _Quiet(uvicorn.Server):
    """Signals belong to the app, which stops its parts in order."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class WebServer:
    """Serves routes on a bound socket until `stop`."""

    def __init__(self, routes: Sequence[BaseRoute], listener: socket.socket) -> None:
        config = uvicorn.Config(Starlette(routes=list(routes)), log_config=None, access_log=False, lifespan="off")
        config.timeout_graceful_shutdown = 2
        self._server = _Quiet(config)
        self._listener = listener

    @property
    def url(self) -> str:
        host, port = self._listener.getsockname()[:2]
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"

    async def run(self) -> None:
        await self._server.serve(sockets=[self._listener])

    def stop(self) -> None:
        self._server.should_exit = True
