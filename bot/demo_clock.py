"""What time it is in the demo: never night at its beginning, and never earlier than in the run that it goes on from."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

from bot.clock import DAY, TurnedClock, utc
from bot.domain.calendar import OfficialDays
from bot.pack.pack import Pack

_BEGIN = time(10)


def set_clock(clock: TurnedClock, pack: Pack, kept: Path) -> None:
    """Turn the clock on as the file `kept` says, if there is one, and out of the night; keep it there."""
    if kept.exists():
        clock.turn(max(0, int(kept.read_text()) - clock.turned))
    clock.turn(daytime(pack, clock.now()) - clock.now())
    keep_clock(clock, kept)


def keep_clock(clock: TurnedClock, kept: Path) -> None:
    """Write down by how much it is turned, for a demo that keeps what the last one filed."""
    kept.write_text(str(clock.turned))


def daytime(pack: Pack, now: int) -> int:
    """This moment; while citizens are to be left in peace, 10:00 of the next working day: pushes arrive then."""
    zone = pack.time.zone
    local = utc(now).astimezone(zone)
    if not _is_quiet(pack, f"{local:%H:%M}"):
        return now
    opening = pack.working_time(OfficialDays()).next_opening(now) or now + DAY
    day = utc(opening).astimezone(zone).date()
    if datetime.combine(day, _BEGIN, zone) <= local:
        day += timedelta(days=1)
    return int(datetime.combine(day, _BEGIN, zone).timestamp() * 1000)


def _is_quiet(pack: Pack, clock: str) -> bool:
    start, end = pack.time.quiet.start, pack.time.quiet.end
    return start <= clock < end if start <= end else clock >= start or clock < end
