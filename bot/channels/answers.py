"""What an answer of a Bot API means. Each house brings its own rules; what is common stands here."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Any

import orjson

from bot.channels.base import Kind, Outcome
from bot.channels.redact import redact

Rule = tuple[str, Kind]  # words of the description, in small letters; the first that is found decides

RULES: tuple[Rule, ...] = (
    ("message is not modified", Kind.SENT),
    ("query is too old", Kind.SENT),
    ("query id is invalid", Kind.SENT),
    ("too many requests", Kind.RETRY),
    ("message to edit not found", Kind.FRESH),
    ("message can't be edited", Kind.FRESH),
    ("no text in the message to edit", Kind.FRESH),
    ("no caption in the message to edit", Kind.FRESH),
    ("message_id_invalid", Kind.FRESH),
    ("message to be replied not found", Kind.FRESH),
    ("replied message not found", Kind.FRESH),
    ("can't parse entities", Kind.PLAIN),
    ("entity_bounds_invalid", Kind.PLAIN),
    ("blocked by the user", Kind.BLOCKED),
    ("user_is_blocked", Kind.BLOCKED),
    ("can't initiate conversation", Kind.BLOCKED),
    ("deactivated", Kind.GONE),
    ("bot was kicked", Kind.GONE),
    ("is not a member of", Kind.GONE),
    ("chat not found", Kind.GONE),
    ("user not found", Kind.GONE),
    ("peer_id_invalid", Kind.GONE),
    ("no rights to send", Kind.GONE),
    ("chat_write_forbidden", Kind.GONE),
)
CODES = {401: Kind.UNAUTHORIZED, 403: Kind.BLOCKED, 409: Kind.CONFLICT, 429: Kind.RETRY}
WORDLESS_WAIT = 5.0  # seconds, where a platform says that we were too fast but not for how long
_LONGEST_WAIT = 86_400.0
_AFTER = re.compile(r"retry after (\d{1,6})")
_TOO_LARGE, _UNAVAILABLE = 413, 503
_GATEWAY = (502, 504)  # of a gateway that may have passed the message on before it gave up


def classify(status: int, body: bytes, rules: Sequence[Rule]) -> Outcome:
    """The outcome of an answer, by the body's `ok` and `error_code` first, since Bale may say both with HTTP 200."""
    answer = read(body)
    if answer is None:
        return _unreadable(status)
    if answer.get("ok") is True:
        return _sent(answer.get("result"))
    code = answer.get("error_code")
    code = code if isinstance(code, int) else (status if status >= 400 else 400)
    words = str(answer.get("description") or "")
    parameters = answer.get("parameters")
    return _refusal(code, words, parameters if isinstance(parameters, dict) else {}, rules)


def _refusal(code: int, words: str, parameters: dict[str, Any], rules: Sequence[Rule]) -> Outcome:
    detail = f"{code} {_harmless(words)}".strip()
    if isinstance(chat := parameters.get("migrate_to_chat_id"), int):
        return Outcome(Kind.MIGRATED, chat=chat, detail=detail)
    if code in _GATEWAY:
        return Outcome(Kind.UNCERTAIN, detail=detail)
    if code >= 500:
        return Outcome(Kind.RETRY, detail=detail)
    kind = _kind(code, words.lower(), rules)
    if code == 429 or kind is Kind.RETRY:
        return Outcome(Kind.RETRY, retry_after=_wait(parameters.get("retry_after"), words), detail=detail)
    return Outcome(kind, detail=detail)


def _kind(code: int, words: str, rules: Sequence[Rule]) -> Kind:
    for needle, kind in rules:
        if needle in words:
            return kind
    return CODES.get(code, Kind.REFUSED)


def _sent(result: Any) -> Outcome:
    first = result[0] if isinstance(result, list) and result else result
    number = first.get("message_id") if isinstance(first, dict) else None
    return Outcome(Kind.SENT, message_id=number if isinstance(number, int) else None, result=result)


def _unreadable(status: int) -> Outcome:
    """No JSON: some gateway's own page, or an answer cut off on its way after the platform took the message.

    A page with 401 or 403 comes from a filter or a CDN, not from the API: it says nothing about token or person.
    """
    detail = f"{status} unreadable answer"
    if status == 429:
        return Outcome(Kind.RETRY, retry_after=WORDLESS_WAIT, detail=detail)
    if status == _TOO_LARGE:
        return Outcome(Kind.REFUSED, detail=detail)
    if 300 <= status < 500 or status == _UNAVAILABLE:
        return Outcome(Kind.RETRY, detail=detail, unreachable=status != 400)
    return Outcome(Kind.UNCERTAIN, detail=detail)


def _wait(given: Any, words: str) -> float:
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        return min(max(float(given), 0.0), _LONGEST_WAIT)
    found = _AFTER.search(words.lower())
    return min(float(found[1]), _LONGEST_WAIT) if found else WORDLESS_WAIT


def _harmless(words: str) -> str:
    """The description up to what it may quote of a message, without secrets and controls."""
    words = re.split('["“«]', words, maxsplit=1)[0][:120]
    return redact("".join(letter if letter.isprintable() else " " for letter in words)).strip()


def read(body: bytes) -> dict[str, Any] | None:
    """The answer's JSON, or None for what is no answer of the API."""
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        answer = _lenient(body)
    return answer if isinstance(answer, dict) and isinstance(answer.get("ok"), bool) else None


def _lenient(body: bytes) -> Any:
    """JSON that orjson refuses though it means something: half characters (they become "?"), numbers beyond all
    measure (they become null). One such update must not make a whole batch unreadable.
    """
    try:
        loose = json.loads(
            body.decode("utf-8", "replace"), parse_int=_whole, parse_float=_real, parse_constant=_nothing
        )
        return orjson.loads(json.dumps(loose, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= _DIGITS else None


def _real(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


def _nothing(_word: str) -> None:
    return None


_DIGITS = 19  # of the largest numbers that a database holds
