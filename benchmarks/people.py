"""The people of the benchmark: each holds the dialogue once, then somebody new takes their place."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import orjson

from benchmarks.dialogue import Turn, read_answer
from benchmarks.platform import PRESS_BASE, Stage, markup_in, now_date
from benchmarks.steps import Step

_NUMBERS = itertools.count(700_000_001)  # nobody comes twice
_BOT = {"id": 137, "is_bot": True, "first_name": "Shahr137", "username": "shahr137_bot"}


@dataclass(slots=True)
class Person:
    """Where somebody is in the dialogue. `boards`: the inline keyboards that they were shown, by message."""

    number: int
    step: int = 0
    heard: int = 0
    at: float = 0.0
    said: int = 0  # answers that were messages
    boards: dict[int, list[list[dict[str, Any]]]] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """What was counted since it was made. `waits`: seconds from an act to its first answer."""

    steps: int = 0
    reports: int = 0
    waits: list[float] = field(default_factory=list)


class People:
    """Plays people on a platform. `turns` knows how many answers each step gets; recording adds what it hears."""

    def __init__(self, platform: Stage, turns: list[Turn], recording: bool = False) -> None:
        self._platform = platform
        self._turns = turns
        self._recording = recording
        self._shown = [[a.shown() for a in t.answers if a.method != "answerCallbackQuery"] for t in turns]
        self._need = [len(turn.answers) for turn in turns]
        self._presses = any(turn.step.does == "presses" for turn in turns)
        self._people: dict[int, Person] = {}
        self._restless = False
        self.heard_at = 0.0
        self.ready: deque[Person] = deque()
        self.tally = Tally()
        platform.listener = self

    def somebody(self) -> Person:
        """Somebody new."""
        person = Person(next(_NUMBERS))
        self._people[person.number] = person
        return person

    def restless(self, number: int) -> None:
        """From now on so many people act without pause."""
        self._restless = True
        for _ in range(number):
            self.act(self.somebody())

    def calm(self) -> None:
        """Nobody acts by themselves any more."""
        self._restless = False

    @property
    def stalled(self) -> int:
        """How many wait for an answer for longer than two seconds."""
        late = time.perf_counter() - 2
        return sum(1 for person in self._people.values() if person.at and person.at < late)

    @property
    def waiting(self) -> int:
        """How many wait for an answer."""
        return sum(1 for person in self._people.values() if person.at)

    def act(self, person: Person) -> None:
        """The person's next step."""
        step = self._turns[person.step].step
        person.heard = person.said = 0
        person.at = time.perf_counter()
        self._platform.push(self._press(person, step) if step.does == "presses" else self._words(person, step))

    def heard(self, person: int, method: str, body: bytes, message_id: int) -> bytes:
        """An answer came."""
        somebody = self._people.get(person)
        if somebody is None:
            return message(person, message_id, b'"text":""}')
        self.heard_at = time.perf_counter()
        if not somebody.heard:
            self.tally.waits.append(self.heard_at - somebody.at)
        somebody.heard += 1
        shown = self._note(somebody, method, body, message_id)
        if not self._recording and somebody.heard == self._need[somebody.step]:
            self._advance(somebody)
        return message(person, message_id, shown)

    def _note(self, person: Person, method: str, body: bytes, message_id: int) -> bytes:
        if self._presses and b"inline_keyboard" in body:
            person.boards[message_id] = markup_in(body)["inline_keyboard"]
        if self._recording:
            answer = read_answer(method, body)
            self._turns[person.step].answers.append(answer)
            return answer.shown()
        shown, number = self._shown[person.step], person.said
        person.said += bool(message_id)
        return shown[number] if number < len(shown) else b'"text":""}'

    def _advance(self, person: Person) -> None:
        person.at = 0.0
        person.step += 1
        self.tally.steps += 1
        if person.step == len(self._turns):
            self.tally.reports += 1
            del self._people[person.number]
            person = self.somebody()
        if self._restless:
            self.act(person)
        else:
            self.ready.append(person)

    async def record(self) -> None:
        """Hold the dialogue once and note what each step is answered with."""
        person = self.somebody()
        for number in range(len(self._turns)):
            person.step = number
            self.act(person)
            await self._silence()
            person.at = 0.0
            if not self._turns[number].answers:
                raise RuntimeError(f"step {number + 1} ({self._turns[number].step.what}) got no answer")

    async def _silence(self, seconds: float = 0.7, most: float = 5.0) -> None:
        """Until nothing was heard for so long."""
        end = time.perf_counter() + most
        self.heard_at = time.perf_counter()
        for _ in range(int(most / 0.05)):
            await asyncio.sleep(0.05)
            if time.perf_counter() > min(self.heard_at + seconds, end):
                return

    def _words(self, person: Person, step: Step) -> dict[str, Any]:
        head = {"message_id": self._platform.new_message(), "from": _user(person), "chat": _chat(person.number)}
        return {"message": {**head, "date": now_date(), **step.body(person.number)}}

    def _press(self, person: Person, step: Step) -> dict[str, Any]:
        message_id, rows, data = self._button(person, step)
        markup = {"inline_keyboard": rows}
        message = {"message_id": message_id, "from": _BOT, "chat": _chat(person.number), "date": now_date()}
        press = {"id": str(person.number * PRESS_BASE + person.step), "from": _user(person), "chat_instance": "-1"}
        return {"callback_query": {**press, "data": data, "message": {**message, "text": "…", "reply_markup": markup}}}

    def _button(self, person: Person, step: Step) -> tuple[int, list[list[dict[str, Any]]], str]:
        for message_id in sorted(person.boards, reverse=True):
            for button in (button for row in person.boards[message_id] for button in row):
                if step.finds(button):
                    return message_id, person.boards[message_id], button["callback_data"]
        raise RuntimeError(f"no button {step.what!r} among {list(person.boards.values())}")


def _user(person: Person) -> dict[str, Any]:
    return {"id": person.number, "is_bot": False, "first_name": "شهروند", "language_code": "fa"}


def _chat(number: int) -> dict[str, Any]:
    return {"id": number, "first_name": "شهروند", "type": "private"}


_HEAD = orjson.dumps({"from": _BOT, "chat": {"first_name": "شهروند", "type": "private"}})[1:-2]


def message(person: int, message_id: int, shown: bytes) -> bytes:
    head = b'{"ok":true,"result":{"message_id":%d,"date":%d,' % (message_id, now_date())
    return head + _HEAD + b',"id":%d},' % person + shown + b"}"
