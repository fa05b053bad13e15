"""Limits on people: they come from the pack, and are told kindly."""

from __future__ import annotations

from bot.actions.city import City
from bot.clock import DAY
from bot.domain.case import REPORT
from bot.errors import Refused
from bot.store.filing import FILED, SENT
from bot.store.work import Work


def blocked_until(work: Work) -> int:
    """Until when this person may not file, in milliseconds; 0 when they may."""
    until = work.person.blocked_until
    return until if until > work.now else 0


def check_may_write(work: Work, city: City) -> None:
    """Raises Refused, with the date, for somebody who may not add to reports or write to 137 now."""
    if until := blocked_until(work):
        raise Refused("err-blocked-words", date=lambda lang: city.dates.date(lang, until))


async def reports_left(work: Work, city: City) -> tuple[int, int]:
    """How many reports this person may still file in these twenty-four hours, and when the next would be free."""
    filed = (await work.query(FILED, person=work.person.id, since=work.now - DAY, kind=REPORT))[0]
    return city.pack.limits.reports_per_day - filed.n, (filed.oldest or work.now) + DAY


async def files_left(work: Work, city: City) -> int:
    """How many files this person may still send in these twenty-four hours: as many as all their reports could hold."""
    limits = city.pack.limits
    most = limits.reports_per_day * (limits.max_photos + limits.max_videos + limits.max_voice)
    return most - (await work.query(SENT, person=work.person.id, since=work.now - DAY))[0].n
