"""The Bot API's methods by their name in lower case. Each takes a Request and gives the JSON of `result`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.methods import about, change, send, upload
from bot.sandbox.methods.request import Request

Method = Callable[[Request], Any | Awaitable[Any]]

METHODS: dict[str, Method] = {
    name.lower(): method
    for name, method in {**about.METHODS, **send.METHODS, **upload.METHODS, **change.METHODS}.items()
}
