"""Plays a story in the phones of the page. It makes no pauses: the page asks for each step when it is time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Literal

from bot.sandbox.message import JSON
from bot.sandbox.phones import Phone
from bot.sandbox.story import PATIENCE, Step
from bot.sandbox.world import Sandbox

State = Literal["idle", "acting", "waiting", "stuck", "over"]


class Player:
    """`idle` until the first step; `waiting` for the next one to be asked for; `stuck` when somebody did not find what
    the step needs; `over` after the last.
    """

    def __init__(self, sandbox: Sandbox, phones: Mapping[str, Phone]) -> None:
        self._sandbox = sandbox
        self._phones = phones
        self._steps: Sequence[Step] = ()
        self._at = -1
        self._state: State = "idle"
        self._acting: asyncio.Task[None] | None = None

    def offer(self, steps: Sequence[Step]) -> None:
        """The page may play this from now on. KeyError when a step names a phone that is not there."""
        for step in steps:
            self._phones[step.phone]
        self._steps = steps
        self._tell("idle")

    def play(self, number: int) -> None:
        """Begin a step, counted from 0: the next one, or the first whenever none is being done.

        AssertionError for any other: two windows may ask for the same one.
        """
        assert self._state != "acting", "a step is being done"
        assert 0 <= number < len(self._steps), "there is no such step"
        assert number == 0 or (self._state == "waiting" and number == self._at + 1), "another step comes next"
        if number == 0:
            for step in self._steps:
                self._phones[step.phone].person.unread.clear()  # only what comes in the story counts in it
        self._at = number
        self._tell("acting")
        self._acting = asyncio.create_task(self._act(self._steps[number]))

    def stop(self) -> None:
        """Leave the story where it is."""
        if self._acting is None or self._state == "idle":
            return
        self._acting.cancel()
        self._at = -1
        self._tell("idle")

    async def _act(self, step: Step) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await step.act(self._phones[step.phone].person)
        except (AssertionError, TimeoutError):
            self._tell("stuck")
        else:
            self._tell("over" if self._at == len(self._steps) - 1 else "waiting")

    def _tell(self, state: State) -> None:
        self._state = state
        self._sandbox.publish({"event": "story", **self.as_json()})

    def as_json(self) -> JSON:
        """{steps [{phone, caption}], at, state}: `at` is the step that was begun last, -1 before the first."""
        steps = [{"phone": step.phone, "caption": step.caption} for step in self._steps]
        return {"steps": steps, "at": self._at, "state": self._state}
