"""The operator's corrections of a channel's table."""

from __future__ import annotations

import pytest

from bot.channels.abilities import Abilities
from bot.channels.bale import Bale
from bot.channels.telegram import Telegram
from bot.errors import SettingError


def test_corrections_change_only_what_they_name() -> None:
    can = Abilities().parse(" edit=no , copy_text = no", "BALE_CAN")
    assert can == Abilities(edit=False, copy_text=False)


def test_an_empty_setting_changes_nothing() -> None:
    assert Abilities(commands=False).parse("", "BALE_CAN") == Abilities(commands=False)


@pytest.mark.parametrize("text", ["fly=yes", "edit=maybe", "edit", "=yes"])
def test_a_wrong_correction_names_the_variable(text: str) -> None:
    with pytest.raises(SettingError, match="BALE_CAN"):
        Abilities().parse(text, "BALE_CAN")


def test_a_channel_names_its_own_variable() -> None:
    with pytest.raises(SettingError, match="TELEGRAM_CAN"):
        Telegram("fly=yes")


def test_bale_has_no_commands_and_no_html_until_the_operator_says_so() -> None:
    assert (Bale().can.commands, Bale().can.html) == (False, False)
    assert Bale("commands=yes").can.commands
