"""GET /health: 200 when the database commits and a channel has polled within a minute, else 503 with the reason."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

Health = Callable[[], Awaitable[tuple[bool, dict[str, Any]]]]


def health_route(look: Health) -> Route:
    """The route. `look` answers whether all is well, and what is to be told."""

    async def health(_request: Request) -> JSONResponse:
        well, told = await look()
        return JSONResponse(told, 200 if well else 503)

    return Route("/health", health)
