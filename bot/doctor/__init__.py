"""Looks at everything that the service needs, and says what to do."""

from bot.doctor.examine import examine
from bot.doctor.finding import Finding
from bot.doctor.live import try_live

__all__ = ["Finding", "examine", "try_live"]
