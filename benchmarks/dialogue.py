"""The dialogue as our bot holds it: what it says to each step. Recorded anew for each run; the others say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import orjson

from benchmarks.steps import Step

_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Answer:
    """One call that a step led to. `params` without chat and message."""

    method: str
    params: dict[str, str]

    @property
    def rows(self) -> list[list[dict[str, Any]]]:
        """The inline buttons."""
        markup = orjson.loads(self.params.get("reply_markup", "{}"))
        return list(markup.get("inline_keyboard", []))

    def shown(self) -> bytes:
        """The members of the message that the platform returns for it: what is seen, and the inline buttons."""
        body: dict[str, Any] = {"text": _TAG.sub("", self.params.get("text", ""))}
        if self.rows:
            body["reply_markup"] = {"inline_keyboard": self.rows}
        return orjson.dumps(body)[1:]


@dataclass(slots=True)
class Turn:
    """A step and its answers, in order."""

    step: Step
    answers: list[Answer] = field(default_factory=list)


def read_answer(method: str, body: bytes) -> Answer:
    """A call as it came."""
    params = dict(parse_qsl(body.decode(), keep_blank_values=True))
    for name in ("chat_id", "message_id", "callback_query_id", "reply_parameters"):
        params.pop(name, None)
    return Answer(method, params)


def write(turns: list[Turn], path: Path) -> None:
    """Write the dialogue as JSON for the other bots (`benchmarks.peers.script`)."""
    told = [
        {"does": turn.step.does, "what": turn.step.what, "answers": [_told(each) for each in turn.answers]}
        for turn in turns
    ]
    path.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2))


def _told(answer: Answer) -> dict[str, Any]:
    return {"method": answer.method, "params": answer.params}


def calls(turns: list[Turn]) -> int:
    """How many calls a whole dialogue takes."""
    return sum(len(turn.answers) for turn in turns)
