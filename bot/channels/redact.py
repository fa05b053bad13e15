"""Keeps secrets and phone numbers out of logs and messages of errors."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterable, MutableMapping
from typing import Any

_TOKEN = re.compile(r"(?<!\d)\d{1,20}:[A-Za-z0-9_-]{20,}")  # bounded, so that a page of digits stays cheap
_PHONE = re.compile(
    r"(?<![\d۰-۹])(?:\+98|0098|۰۰۹۸|\+۹۸|98|0|۰)?[9۹][\d۰-۹]{2}[ -]?[\d۰-۹]{3}[ -]?[\d۰-۹]{4}(?![\d۰-۹])"
)


class Redactor(logging.Filter):
    """Masks everything that looks like a token or a mobile number, and the tokens that it was told.

    A filter for the handlers of the standard library's logging, and a processor for structlog: the last one before
    the renderer (a traceback that is still to be written becomes `exception`).
    """

    def __init__(self, tokens: Iterable[str] = ()) -> None:
        super().__init__()
        known = sorted(filter(None, tokens), key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, _logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        if exception := _exception(event.pop("exc_info", None)):
            event["exception"] = _written(exception)
        for name, value in event.items():
            event[name] = self._value(value)
        return event

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: the record stays, its words and traceback are masked. structlog's own were masked before."""
        if isinstance(record.msg, dict):
            return True
        record.msg, record.args = self.mask(record.getMessage()), None
        if exception := _exception(record.exc_info):
            record.exc_text = _written(exception)
        record.exc_info = None
        record.exc_text = self.mask(record.exc_text) if record.exc_text else None
        return True

    def mask(self, text: str) -> str:
        """The text without tokens and phone numbers."""
        if self._known:
            text = self._known.sub("<token>", text)
        return _PHONE.sub("<phone>", _TOKEN.sub("<token>", text))

    def _value(self, value: Any) -> Any:
        match value:
            case str():
                return self.mask(value)
            case None | bool() | int() | float():
                return value
            case dict():
                return {key: self._value(inner) for key, inner in value.items()}
            case list() | tuple():
                return [self._value(inner) for inner in value]
            case _:
                return self.mask(repr(value))


def _exception(info: Any) -> BaseException | None:
    """The exception of `exc_info` in any of the forms that loggers take."""
    if info is True:
        info = sys.exc_info()
    found = info[1] if isinstance(info, tuple) else info
    return found if isinstance(found, BaseException) else None


def _written(exception: BaseException) -> str:
    return "".join(traceback.format_exception(exception)).rstrip()


_PLAIN = Redactor()


def redact(text: str) -> str:
    """The text without anything of a token's or phone number's shape."""
    return _PLAIN.mask(text)
