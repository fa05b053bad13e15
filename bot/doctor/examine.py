"""The whole examination, in the order in which a start would fail."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from bot.clock import Clock, SystemClock
from bot.doctor import database, surroundings
from bot.doctor.city import pack
from bot.doctor.finding import Finding, fine, note, stop
from bot.doctor.tokens import tokens
from bot.errors import SettingError
from bot.lock import holder
from bot.settings import ROOT, Settings, load_settings
from bot.store.condition import look


async def examine(
    env_file: Path = ROOT / ".env", environ: Mapping[str, str] = os.environ, clock: Clock | None = None
) -> list[Finding]:
    """Everything that was found. Changes nothing and sends nothing; asks each platform who the bot is."""
    found = [*surroundings.variables(env_file, environ), *surroundings.secrets(env_file)]
    try:
        settings = load_settings(env_file)
    except SettingError as error:
        return [*found, stop("settings", error.what, f"{error.cure} The rest can be looked at once it is mended.")]
    found.append(fine("settings", "all can be read"))
    found += await tokens(settings)
    city, findings = pack(settings.city)
    found += findings
    found += _database(settings)
    found += surroundings.disk(settings)
    found += surroundings.exposure(settings)
    if city is not None:
        found += surroundings.time(city.time.zone, (clock or SystemClock()).now())
    found += surroundings.libraries(_features())
    return found


def _database(settings: Settings) -> list[Finding]:
    path = settings.database_url
    running = holder(path)
    found = [*database.driver(), *database.lost(path)]
    if path.exists() and path.stat().st_size:
        found += database.state(path, look(path), running)
    elif len(found) == 1:
        found.append(note("database", f"there is none at {path} yet", "The first start makes it."))
    return found if running else [*found, *surroundings.address(settings)]


def _features() -> list[str]:
    from PIL import features

    return [name for name in ("raqm", "fribidi") if features.check(name)]
