"""One list of typed settings: it feeds the reader, `.env.example`, the docs and doctor. A test holds them together."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from math import inf
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from bot.errors import SettingError

ROOT = Path(__file__).parent.parent
LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: its default as text, what it means, and how its text becomes a value."""

    name: str
    default: str
    meaning: str
    read: Callable[[str], Any]
    secret: bool = False


def _text(value: str) -> str:
    return value


def _token(value: str) -> str:
    number, colon, rest = value.partition(":")
    if value and not (colon and number.isdigit() and rest and not any(c.isspace() or c == "/" for c in rest)):
        raise ValueError("write it as the platform gave it: digits, a colon, letters")
    return value


def _address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("write an address that begins with https://")
    return value.rstrip("/")


def _proxy(value: str) -> str:
    if value and not value.startswith(("http://", "socks5://")):
        raise ValueError("write http://host:port or socks5://host:port, or leave it empty")
    return value


def _path(value: str) -> Path:
    return Path(value) if Path(value).is_absolute() else ROOT / value


def _database(value: str) -> Path:
    scheme, _, path = value.partition("://")
    if scheme.startswith("postgres"):
        raise ValueError("PostgreSQL is not served yet: use sqlite:///var/shahr137.db")
    if scheme != "sqlite" or not path.startswith("/") or len(path) < 2:
        raise ValueError("write sqlite:///var/shahr137.db, or sqlite:////path from the root")
    return _path(path[1:])


def _port(value: str) -> int:
    if not value.isdecimal() or not 0 <= int(value) <= 65535:
        raise ValueError("write a number from 0 to 65535")
    return int(value)


def _rate(value: str) -> float:
    try:
        rate = float(value)
    except ValueError:
        rate = 0
    if not 0 < rate < inf:
        raise ValueError("write a number of messages a second, above 0")
    return rate


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            raise ValueError(f"write one of: {', '.join(choices)}")
        return value

    return read


SETTINGS: tuple[Setting, ...] = (
    Setting("TELEGRAM_TOKEN", "", "The bot's token on Telegram; the channel runs when it is set", _token, secret=True),
    Setting("BALE_TOKEN", "", "The bot's token on Bale; the channel runs when it is set", _token, secret=True),
    Setting("TELEGRAM_API_URL", "https://api.telegram.org", "Base of Telegram's Bot API", _address),
    Setting("BALE_API_URL", "https://tapi.bale.ai", "Base of Bale's Bot API", _address),
    Setting("TELEGRAM_PROXY", "", "http:// or socks5:// proxy to reach Telegram", _proxy, secret=True),
    Setting("BALE_PROXY", "", "http:// or socks5:// proxy to reach Bale", _proxy, secret=True),
    Setting("UPDATES", "polling", "How updates arrive", _one_of("polling")),
    Setting("DATABASE_URL", "sqlite:///var/shahr137.db", "The database", _database),
    Setting("DATA_DIR", "var", "Files and backups", _path),
    Setting("CITY", "data/qorveh", "The city pack's folder", _path),
    Setting("WEB_HOST", "127.0.0.1", "Address of the health page (and of the demo)", _text),
    Setting("WEB_PORT", "8137", "Port of the health page (and of the demo)", _port),
    Setting("TELEGRAM_RATE", "30", "Messages a second over all chats on Telegram", _rate),
    Setting("BALE_RATE", "10", "Messages a second over all chats on Bale", _rate),
    Setting("TELEGRAM_CAN", "", "Abilities switched on or off, as edit=no,copy_text=yes", _text),
    Setting("BALE_CAN", "", "Abilities switched on or off, as edit=no,copy_text=yes", _text),
    Setting("LOG_LEVEL", "info", "How much is logged", _one_of(*LEVELS)),
    Setting("LOG_FORMAT", "console", "Logs for people or for programs", _one_of("console", "json")),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values, one field a variable in lower case. Never printed: `repr` would show the tokens."""

    telegram_token: str
    bale_token: str
    telegram_api_url: str
    bale_api_url: str
    telegram_proxy: str
    bale_proxy: str
    updates: str
    database_url: Path
    data_dir: Path
    city: Path
    web_host: str
    web_port: int
    telegram_rate: float
    bale_rate: float
    telegram_can: str
    bale_can: str
    log_level: str
    log_format: str

    def __repr__(self) -> str:
        shown = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in _SECRET}
        return f"Settings({shown})"


_SECRET = frozenset(setting.name.lower() for setting in SETTINGS if setting.secret)


def load_settings(env_file: Path | None = None, **over: str) -> Settings:
    """Settings from `over`, the environment and the file `.env`, in this order. Raises SettingError for the first wrong
    one, naming the variable and the cure (never the value of a secret).
    """
    return read_settings({**_file(env_file or ROOT / ".env"), **os.environ, **over})


def read_settings(given: Mapping[str, str]) -> Settings:
    """Settings from these variables alone."""
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = given.get(setting.name, "").strip() or setting.default
        try:
            values[setting.name.lower()] = setting.read(text)
        except ValueError as error:
            raise SettingError(f"{setting.name} is not usable.", f"Please {error}.") from None
    return Settings(**values)


def example() -> str:
    """The text of `.env.example`."""
    lines = ["# Copy to .env and fill in. Only the tokens are needed; everything else has this value already."]
    for setting in SETTINGS:
        mark = "" if setting.name.endswith("_TOKEN") else "# "
        lines += ["", f"# {setting.meaning}", f"{mark}{setting.name}={setting.default}"]
    return "\n".join(lines) + "\n"


def _file(path: Path) -> dict[str, str]:
    return {name: value for name, value in dotenv_values(path).items() if value is not None} if path.exists() else {}
