"""The guard that is taken off python-telegram-bot's objects."""

from __future__ import annotations

import subprocess
import sys

from telegram import Update

from handlers.context import lighten
from tests.town import Town

UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 2,
        "date": 1_795_562_000,
        "chat": {"id": 3, "type": "private"},
        "from": {"id": 3, "is_bot": False, "first_name": "x"},
        "location": {"latitude": 35.1, "longitude": 47.8},
    },
}


def test_updates_read_the_same_without_the_guard() -> None:
    guarded = Update.de_json(UPDATE, None).to_json()
    lighten()
    update = Update.de_json(UPDATE, None)
    assert update.to_json() == guarded
    assert update.message is not None
    assert update.message.location is not None
    assert update.effective_chat is not None


def test_the_library_still_has_the_guard_that_we_take_off() -> None:
    program = ["from telegram import Chat", "try: Chat(1, 'private').id = 2", "except AttributeError: print('guarded')"]
    ran = subprocess.run([sys.executable, "-c", "\n".join(program)], capture_output=True, text=True, check=True)
    assert ran.stdout == "guarded\n"


async def test_a_command_is_known_with_the_bots_name_and_in_capitals(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    citizen.says("/MAYOR@shahr137_bot")
    await citizen.sees("همه شهردار هستیم")
