"""Settings: typed, named in each error with the cure, and silent about secrets."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingError
from bot.settings import ROOT, SETTINGS, Settings, load_settings, read_settings

SECRET = "137:abc-the-secret"


def test_without_anything_set_every_setting_has_its_default() -> None:
    settings = read_settings({})
    assert settings.database_url == ROOT / "var" / "shahr137.db"
    assert (settings.web_host, settings.web_port) == ("127.0.0.1", 8137)
    assert (settings.telegram_rate, settings.bale_rate) == (30, 10)


def test_each_variable_is_one_field_in_the_same_order() -> None:
    assert [field.name for field in fields(Settings)] == [setting.name.lower() for setting in SETTINGS]


def test_an_empty_variable_is_as_good_as_none() -> None:
    assert read_settings({"WEB_PORT": " ", "CITY": ""}) == read_settings({})


@pytest.mark.parametrize(
    ("name", "wrong", "cure"),
    [
        ("TELEGRAM_TOKEN", "abc", "digits, a colon"),
        ("BALE_TOKEN", "12:a/b", "digits, a colon"),
        ("TELEGRAM_TOKEN", "12:a b", "digits, a colon"),
        ("TELEGRAM_API_URL", "api.telegram.org", "https://"),
        ("BALE_PROXY", "socks4://host:1", "socks5://"),
        ("UPDATES", "webhook", "polling"),
        ("DATABASE_URL", "postgresql://host/city", "sqlite:///"),
        ("DATABASE_URL", "var/shahr137.db", "sqlite:///"),
        ("WEB_PORT", "65536", "65535"),
        ("WEB_PORT", "-1", "65535"),
        ("BALE_RATE", "0", "above 0"),
        ("TELEGRAM_RATE", "many", "above 0"),
        ("LOG_LEVEL", "loud", "debug"),
        ("LOG_FORMAT", "xml", "json"),
    ],
)
def test_a_wrong_value_is_one_line_with_the_variable_and_the_cure(name: str, wrong: str, cure: str) -> None:
    with pytest.raises(SettingError) as raised:
        read_settings({name: wrong})
    assert name in str(raised.value)
    assert cure in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("rate", ["nan", "inf", "-inf"])
def test_a_rate_that_no_clock_can_keep_is_refused(rate: str) -> None:
    with pytest.raises(SettingError, match="BALE_RATE"):
        read_settings({"BALE_RATE": rate})


def refusal(name: str, text: str) -> str:
    """What is said of this value, "" when it is taken."""
    try:
        read_settings({name: text})
    except SettingError as error:
        return str(error)
    return ""


@given(st.sampled_from(sorted(setting.name for setting in SETTINGS)), st.text())
def test_whatever_is_written_is_read_or_refused_by_name(name: str, text: str) -> None:
    said = refusal(name, text)
    assert not said or name in said


def test_a_refused_secret_is_not_repeated() -> None:
    with pytest.raises(SettingError) as raised:
        read_settings({"TELEGRAM_TOKEN": "the secret without a number"})
    assert "the secret" not in str(raised.value)


def test_settings_that_are_printed_show_no_secret() -> None:
    shown = repr(read_settings({"TELEGRAM_TOKEN": SECRET, "BALE_PROXY": "http://user:the-secret@host:1"}))
    assert "secret" not in shown
    assert "web_port" in shown


def test_relative_paths_start_at_the_project_and_absolute_ones_stay() -> None:
    settings = read_settings({"DATABASE_URL": "sqlite:////srv/city.db", "DATA_DIR": "elsewhere"})
    assert settings.database_url == Path("/srv/city.db")
    assert settings.data_dir == ROOT / "elsewhere"


def test_the_environment_goes_before_the_file_and_a_call_before_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("WEB_PORT=1\nWEB_HOST=0.0.0.0\nLOG_LEVEL=debug\n")
    monkeypatch.setenv("WEB_PORT", "2")
    monkeypatch.setenv("LOG_LEVEL", "error")
    settings = load_settings(env_file, LOG_LEVEL="warning")
    assert (settings.web_host, settings.web_port, settings.log_level) == ("0.0.0.0", 2, "warning")
