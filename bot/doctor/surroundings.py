"""What stands around the program: `.env`, time zones, disk, port, the libraries of pictures."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo

from dotenv import dotenv_values

from bot.clock import utc
from bot.doctor.finding import Finding, fine, note, stop
from bot.errors import SettingError
from bot.settings import SETTINGS, Settings
from bot.web.server import bind

NAMES = tuple(setting.name for setting in SETTINGS)
OURS = ("TELEGRAM_", "BALE_")
MB = 1 << 20
LOW, FULL = 1_000 * MB, 50 * MB  # free bytes: time to act, too late
TEHRAN = timedelta(hours=3, minutes=30)  # all year round since 2022


def variables(env_file: Path, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Variables that no setting reads: whoever wrote TELEGRAM_TOKN thinks that it is set."""
    written = dotenv_values(env_file) if env_file.exists() else {}
    from_outside = [name for name in environ if name.startswith(OURS)]
    for name in sorted({*written, *from_outside} - set(NAMES)):
        where = ".env" if name in written else "the environment"
        near = get_close_matches(name, NAMES, n=1)
        cure = f"Rename it to {near[0]}, or remove it." if near else "Remove it; docs/settings.md lists all."
        yield note("settings", f"{name} in {where} is read by nobody", cure)
    for name in sorted(set(written) & set(environ) & set(NAMES)):
        if written[name] != environ[name]:
            yield note("settings", f"{name} stands in .env and in the environment", "The environment's value counts.")


def secrets(env_file: Path) -> Iterator[Finding]:
    """Whether others on this machine can read the tokens."""
    if env_file.exists() and stat.S_IMODE(env_file.stat().st_mode) & 0o077:
        yield note("settings", f"{env_file} can be read by others, and holds the tokens", f"chmod 600 {env_file}")


def address(settings: Settings) -> Iterator[Finding]:
    """The port of a service that does not run."""
    try:
        bind(settings.web_host, settings.web_port).close()
    except SettingError as error:
        yield stop("web", error.what, error.cure)


def exposure(settings: Settings) -> Iterator[Finding]:
    if settings.web_host not in ("127.0.0.1", "::1", "localhost"):
        yield note("web", f"the health page can be seen from outside (WEB_HOST={settings.web_host})", "See operations.")


def disk(settings: Settings) -> Iterator[Finding]:
    """Room, and whether we may write there."""
    folders = {settings.data_dir: "DATA_DIR", settings.database_url.parent: "DATABASE_URL"}
    for folder, name in folders.items():
        place = _existing(folder)
        free = shutil.disk_usage(place).free
        if not os.access(place, os.W_OK | os.X_OK):
            yield stop("disk", f"{place} ({name}) can't be written", "Give it to the service's user: chown.")
        elif free < FULL:
            yield stop("disk", f"{place} ({name}) has {free // MB} MB left", "Make room: nothing more can be stored.")
        elif free < LOW:
            yield note("disk", f"{place} ({name}) has {free // MB} MB left", "Make room soon.")
        else:
            yield fine("disk", f"{place} ({name}) has {free / MB / 1024:.1f} GB left")


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())


def time(zone: ZoneInfo, now: int) -> Iterator[Finding]:
    """The zone's offset, today and in July: old tables still give Iran a summer time."""
    today = utc(now)
    july = datetime(today.year, 7, 15, 12, tzinfo=UTC)
    wrong = [day for day in (today, july) if day.astimezone(zone).utcoffset() != TEHRAN]
    if zone.key == "Asia/Tehran" and wrong:
        yield stop(
            "time", f"{zone} is not +03:30 on {wrong[0]:%d %B}: old tables of time zones", "Install tzdata anew."
        )
    else:
        here = today.astimezone(zone)
        yield fine("time", f"{here:%Y-%m-%d %H:%M} in {zone} (UTC{here:%z}); compare it with your watch")


def libraries(has: Iterable[str]) -> Iterator[Finding]:
    """`has`: which of raqm and fribidi Pillow found. Without them Persian in pictures falls apart."""
    if missing := sorted({"raqm", "fribidi"} - set(has)):
        what = f"Pillow has no {' and no '.join(missing)}: pictures with Persian words are left out"
        yield note("pictures", what, "sudo apt-get install libfribidi0")
