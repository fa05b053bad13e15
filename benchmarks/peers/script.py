"""The dialogue that the other bots hold: what our bot was heard to say, as plain data."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

URL = os.environ.get("BENCH_URL", "")
TOKEN = os.environ.get("BENCH_TOKEN", "")


@dataclass(frozen=True, slots=True)
class Reply:
    """One call. method: sendMessage, editMessageText or answerCallbackQuery. `rows`: labels and data of its buttons;
    `keys`: labels of its reply keyboard, with what they ask for."""

    method: str
    text: str
    html: bool
    rows: list[list[tuple[str, str]]]
    keys: list[list[tuple[str, bool]]]
    hint: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A step (says, pins, presses) and what it is answered with. `data`: of the button that is pressed."""

    does: str
    what: str
    data: str
    replies: list[Reply]


def load() -> list[Turn]:
    """The dialogue that BENCH_DIALOGUE names. Raises ValueError for a call that the peers don't know."""
    turns: list[Turn] = []
    for row in json.loads(Path(os.environ["BENCH_DIALOGUE"]).read_text("utf-8")):
        data = _data(turns, row["what"]) if row["does"] == "presses" else ""
        turns.append(Turn(row["does"], row["what"], data, [_reply(each) for each in row["answers"]]))
    return turns


def _data(turns: list[Turn], what: str) -> str:
    for turn in reversed(turns):
        for label, data in (button for reply in turn.replies for row in reply.rows for button in row):
            if what in label or what in data:
                return data
    raise ValueError(f"no button {what!r}")


def _reply(answer: dict[str, Any]) -> Reply:
    method, params = answer["method"], answer["params"]
    if method not in ("sendMessage", "editMessageText", "answerCallbackQuery"):
        raise ValueError(f"the peers do not know {method}")
    markup = json.loads(params.get("reply_markup", "{}"))
    rows = [[(b["text"], b.get("callback_data", "")) for b in row] for row in markup.get("inline_keyboard", [])]
    keys = [[(k["text"], "request_location" in k) for k in row] for row in markup.get("keyboard", [])]
    hint = markup.get("input_field_placeholder", "")
    return Reply(method, params.get("text", ""), params.get("parse_mode") == "HTML", rows, keys, hint)
