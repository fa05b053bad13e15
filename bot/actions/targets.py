"""By when a case should be done."""

from __future__ import annotations

from bot.actions.city import City
from bot.clock import HOUR
from bot.pack.catalogue import Category


def target_of(city: City, category: Category, since: int) -> int | None:
    """Hours by the clock where the category is urgent, else working days of the municipality's calendar."""
    if category.target_hours:
        return since + category.target_hours * HOUR
    if category.target_days:
        return city.calendar.after_working_days(since, category.target_days, city.pack.time.full_days)
    return None
