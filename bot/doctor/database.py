"""The database and what has gone wrong in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.doctor.finding import Finding, fine, note, stop
from bot.domain.rights import INSPECTION, MAYOR_OFFICE
from bot.errors import DatabaseError
from bot.store.condition import Condition
from bot.store.driver import VERSION, version_is_safe
from bot.store.schema import HEAD
from bot.store.soundness import check_not_lost

ODD = {
    "dead": ("could not be sent", "The log says why (message_refused); they are not tried again."),
    "uncertain": ("were perhaps sent twice or not at all", "Nothing: a platform did not say whether it took them."),
    "held": ("are held by a restore", "Look at: python bot.py release"),
}
MANY = 1_000


def driver() -> Iterator[Finding]:
    if version_is_safe():
        yield fine("database", f"SQLite {VERSION}")
    else:
        what = f"SQLite {VERSION} is older than 3.51.3: commands beside the service can, very rarely, damage the file"
        yield note("database", what, "Install pysqlite3 (a wheel exists for Linux x86-64), or stop the service first.")


def lost(path: Path) -> Iterator[Finding]:
    """A database that was here and is not any more."""
    try:
        check_not_lost(path)
    except DatabaseError as error:
        yield stop("database", error.what, error.cure)


def state(path: Path, found: Condition, holder: str) -> Iterator[Finding]:
    """`holder`: the process that serves this database, "" when none does."""
    if found.trouble:
        yield stop("database", f"{path}: {found.trouble}", "Restore a backup: python bot.py restore FILE")
    elif found.version > HEAD:
        yield stop(
            "database", f"it is of version {found.version}, newer than this program ({HEAD})", "Start the newer."
        )
    elif found.version != HEAD:
        what = f"it is of version {found.version or 'none'}, this program of {HEAD}"
        yield note("database", what, "The next start brings it up to date; make a backup before.")
    else:
        yield fine("database", f"{path}, {path.stat().st_size / 1e6:.1f} MB, version {HEAD}, no damage found")
        yield from troubles(found)
        yield from staff(found)
    if holder:
        yield fine("service", f"it runs (process {holder})")
    elif found.unclean:
        yield note("service", "it does not run, and did not stop in order", "Start it: it looks at the database first.")
    else:
        yield note("service", "it does not run", "Start it: python bot.py run, or systemctl start shahr137")


def troubles(found: Condition) -> Iterator[Finding]:
    """What waits for a human."""
    if found.failed:
        what = f"{found.failed} updates could not be handled; what people wrote is kept"
        yield note("updates", what, "See python bot.py retry --list; after a mend: python bot.py retry")
    for (channel, name), n in sorted(found.odd.items()):
        yield note("messages", f"{n} on {channel} {ODD[name][0]}", ODD[name][1])
    for channel, n in sorted(found.waiting.items()):
        if n > MANY:
            yield note("messages", f"{n} wait on {channel}", "See /health whether the platform can be reached.")


def staff(found: Condition) -> Iterator[Finding]:
    """Whether anybody is told of what citizens report."""
    if not {row.role for row in found.staff} & {"dispatcher", "admin"}:
        what = "no dispatcher and no admin is on file: nobody is told of a report"
        yield note("people", what, "python bot.py invite dispatcher")
    heads = {row.department for row in found.staff if row.role in ("manager", "officer")}
    managers = {row.department for row in found.staff if row.role == "manager"}
    if INSPECTION not in heads and MAYOR_OFFICE not in managers:
        what = "nobody is on file who may read reports on staff conduct: they are refused with the number 137"
        yield note("people", what, f"python bot.py invite manager --department {INSPECTION}")
