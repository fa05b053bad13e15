"""The command `invite`, without a network and beside a service."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.errors import OperatorError
from bot.inviting import Wish, invite
from bot.settings import Settings, read_settings
from bot.store.store import Store

TOKENS = {"TELEGRAM_TOKEN": "137:sandbox-telegram", "BALE_TOKEN": "731:sandbox-bale"}


def settings_in(folder: Path, **more: str) -> Settings:
    return read_settings({"DATABASE_URL": f"sqlite:///{folder}/x.db", **more})


async def knows(settings: Settings, **usernames: str) -> None:
    store = await Store.open(settings.database_url, SystemClock())
    for channel, username in usernames.items():
        await store.put(f"bot_username_{channel}", username)
    await store.close()


async def test_without_a_network_the_command_to_type_is_printed(tmp_path: Path) -> None:
    lines = await invite(settings_in(tmp_path), SystemClock(), Wish("dispatcher"))
    assert re.fullmatch(r"/start i-[A-Za-z0-9_-]{27}", lines[-1])
    assert len(lines) == 2


async def test_each_configured_channel_whose_bot_is_known_gets_its_link(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, **TOKENS)
    await knows(settings, telegram="one_bot", bale="two_bot")
    _, telegram, bale, typed = await invite(settings, SystemClock(), Wish("manager", "civil"))
    code = typed.removeprefix("/start ")
    assert telegram == f"https://t.me/one_bot?start={code}"
    assert bale == f"https://ble.ir/two_bot?start={code}"


async def test_an_invitation_for_one_channel_has_one_link(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, **TOKENS)
    await knows(settings, telegram="one_bot", bale="two_bot")
    lines = await invite(settings, SystemClock(), Wish("admin", channel="bale"))
    assert [line for line in lines if line.startswith("https")] == [lines[1]]
    assert "ble.ir" in lines[1]


async def test_a_code_that_begins_with_a_dash_still_fits_a_start_link(tmp_path: Path) -> None:
    lines = await invite(settings_in(tmp_path), SystemClock(), Wish("editor"))
    assert len(lines[-1].removeprefix("/start ")) <= 64


async def test_a_wrong_wish_opens_no_database(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="There is no role"):
        await invite(settings_in(tmp_path), SystemClock(), Wish("boss"))
    assert not settings_in(tmp_path).database_url.exists()
