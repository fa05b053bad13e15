"""Hostile JSON through intake and every real handler: row 33."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

import orjson

from bot.app import App
from bot.clock import TurnedClock
from bot.intake import Intake
from bot.sandbox.platform import Platform
from bot.sandbox.server import serve
from bot.sandbox.world import Sandbox
from tests.faults.report import Figure, Run
from tests.scenarios.people import CENTRE
from tests.town import learned, settings_for

JSON = dict[str, Any]
BATCH = 100


def deep(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = {"a": [value]}
    return value


HOSTILE: tuple[Any, ...] = (
    None,
    True,
    "",
    0,
    -1,
    2**31,
    2**52,
    2**63,
    2**64 - 1,
    -(2**63),
    1e308,
    5.5,
    [],
    {},
    [None],
    "\0",
    "a\ud800b",
    "\u202eevil\u202c",
    "e" + "\u0301" * 4_096,
    "x" * 4_096,
    "\u2066" * 500,
    "<b>&amp;*_`[](",
    "/start " + "a" * 64,
    "/start i-" + "b" * 60,
    "r-send:1:",
    "r-cat:0:street_light",
    "😀" * 2_000,
    deep(90),
    {"id": 7, "type": "private"},
    [[{"text": 1}]],
)


def recorded() -> list[JSON]:
    """Real updates of all kinds, as both platforms deliver them."""
    sandbox = Sandbox()
    found = []
    for platform in (sandbox.telegram, sandbox.bale):
        _live(platform)
        found += [orjson.loads(each.body) for each in platform.bot.updates._waiting]
    return found


def _live(platform: Platform) -> None:
    alice, bob = platform.person("Alice"), platform.person("Bob")
    alice.starts("c-street_light")
    written = alice.says("چراغ کوچه ما خاموشه")
    alice.edits(written, "چراغ کوچه ما دو شب است که خاموشه")
    alice.replies(written, "همین")
    alice.sends_photo(b"\xff\xd8\xff", "چاله")
    alice.sends_album([b"1", b"2"], "دو عکس")
    alice.sends_document(b"%PDF")
    alice.sends_video(b"mp4", "فیلم")
    alice.sends_voice()
    alice.sends_sticker()
    alice.sends_pin(*CENTRE, accuracy=30)
    alice.sends_venue(*CENTRE)
    alice.sends_contact()
    alice.sends_dice()
    alice.sends_poll()
    alice.forwards("خبر", bob)
    alice.blocks()
    alice.unblocks()
    bob.says("hello", chat=platform.group())
    bob.says("/help", chat=platform.group())
    bob.says("hello", chat=platform.channel())
    for data in ("r-send:1:", "x", "m-back:0:", "v-list:0:", "lang:0:fa"):
        message = {"message_id": 5, "date": 1, "chat": {"id": alice.id, "type": "private"}, "text": "?"}
        query = {"id": "7", "from": alice.as_user(), "message": message, "chat_instance": "1", "data": data}
        platform.bot.updates.push("callback_query", query)


class Mutator:
    """Changes one to four places of a recorded update: removes, replaces, doubles, renames."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._recorded = recorded()

    def batch(self, first: int, size: int) -> Iterator[JSON]:
        for number in range(first, first + size):
            update = copy.deepcopy(self._dice.choice(self._recorded))
            for _ in range(self._dice.choice([1, 1, 2, 4])):
                self._change(update)
            if self._dice.random() < 0.97:
                update["update_id"] = number
            yield update

    def _change(self, update: JSON) -> None:
        places = list(_places(update))
        if not places:
            return
        holder, key = self._dice.choice(places)
        match self._dice.randrange(5):
            case 0 if isinstance(holder, dict):
                del holder[key]
            case 1:
                holder[key] = [holder[key]] * 3
            case 2 if isinstance(holder, dict):
                holder[f"{key}\u202e"] = holder.pop(key)
            case _:
                holder[key] = copy.deepcopy(self._dice.choice(HOSTILE))


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield value, key
        yield from _places(inner)


async def row_33(run: Run) -> list[Figure]:
    """After every batch somebody honest is still answered."""
    count = run.pick(600, 20_000)
    sandbox, crashes, blocked, fed = Sandbox(), list[str](), 0, 0
    async with serve(sandbox) as server:
        settings = settings_for(server, run.room("mutants"))
        async with App(settings, TurnedClock(), learned=learned()) as app:
            mutators = [(intake, Mutator(seed)) for seed, intake in enumerate(app.intakes)]
            for intake in app.intakes:
                intake.warmed = None
                await intake._get_ready()
            for start in range(0, count, BATCH * len(mutators)):
                for intake, mutator in mutators:
                    fed += BATCH
                    batch = [*mutator.batch(1_000_000 + start, BATCH), _honest(1_000_000 + start + BATCH)]
                    crashes += await _taken(intake, batch)
                    blocked += not await _answered(app, intake, batch[-1]["update_id"])
            ((kept,),) = await app.store.look("SELECT count(*) FROM failed_updates")
    measured = f"{fed} mutated updates: {len(crashes)} crashes, {blocked} blocked queues, {kept} kept as failed"
    measured += "".join(f"; {each}" for each in sorted(set(crashes))[:5])
    return [Figure(33, "hostile update JSON", "0 crashes, 0 blocked queues", measured, not crashes and not blocked)]


async def _taken(intake: Intake, batch: list[JSON]) -> list[str]:
    try:
        await intake.take(batch)
    except Exception as error:
        return [f"{type(error).__name__}: {error}"[:200]]
    return []


async def _answered(app: App, intake: Intake, number: int) -> bool:
    sql = "SELECT count(*) FROM inbox WHERE bot = ? AND update_id = ?"
    return bool(await app.store.look(sql, [intake.bot, number]) == [(1,)])


def _honest(number: int) -> JSON:
    chat, person = {"id": 900, "type": "private"}, {"id": 900, "is_bot": False, "first_name": "Honest"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": person, "text": "چراغ کوچه ما خاموشه"}
    return {"update_id": number, "message": message}
