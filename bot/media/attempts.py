"""What becomes of one file that is due: kept, given up, or tried again after a growing pause."""

from __future__ import annotations

import structlog

from bot.channels.errors import ChannelError, FileRefused
from bot.clock import HOUR, MINUTE, SECOND, Clock
from bot.errors import CityError, NotFound, StorageFull
from bot.media.cleaning import Unclean
from bot.media.fetch import Fetcher, Spoiled
from bot.media.vault import TooLarge
from bot.store import attachments
from bot.store.attachments import PendingRow, WantedRow
from bot.store.driver import Busy
from bot.store.store import Store

log = structlog.get_logger(__name__)
TRIES = 8  # over about eight hours


def pause(attempts: int) -> int:
    """Milliseconds before the next try: 10 s, 40 s, 160 s … at most four hours."""
    return int(min(10 * SECOND * 4 ** (attempts - 1), 4 * HOUR))


class Attempts:
    """Tries a file that is claimed. Errors of one file are caught here; their word stands in its row."""

    def __init__(self, store: Store, clock: Clock, fetcher: Fetcher) -> None:
        self._store = store
        self._clock = clock
        self._fetcher = fetcher

    async def fetch(self, row: PendingRow) -> None:
        """Never raises. What can't even be written down comes again when its lease ends."""
        try:
            await self._tried(row)
        except Exception as error:
            log.error("a file could not be settled", attachment=row.id, error=type(error).__name__)

    async def _tried(self, row: PendingRow) -> None:
        try:
            await self._fetcher.fetch(row)
        except TooLarge:
            await self._fetcher.fail(row, "too_large")
        except FileRefused:
            await self._fetcher.fail(row, "refused")
        except (Unclean, Spoiled) as error:
            await self._fetcher.fail(row, str(error))
        except (ChannelError, TimeoutError) as error:
            await self._again(row, "unreachable", getattr(error, "retry_after", None) or 0)
        except (OSError, StorageFull, Busy):  # our disk or database: not the file's fault, so it is not counted
            await self._later(row, row.attempts - 1, MINUTE, "storage")
        except Exception:
            log.exception("a file failed", attachment=row.id)
            await self._again(row, "internal", 0)

    async def _again(self, row: PendingRow, error: str, seconds: float) -> None:
        if row.attempts >= TRIES:
            await self._fetcher.fail(row, error)
        else:
            await self._later(row, row.attempts, max(pause(row.attempts), int(seconds * SECOND)), error)

    async def _later(self, row: PendingRow, attempts: int, milliseconds: int, error: str) -> None:
        due = self._clock.now() + milliseconds
        await self._store.at_once(attachments.LATER, id_=row.id, attempts=attempts, due_at=due, error=error)

    async def not_made(self, row: WantedRow, error: Exception) -> None:
        """A wanted file could not be made; for somebody who is not there any more it never will be. Never raises."""
        log.error("a wanted file failed", wanted=row.id, kind=row.kind, exc_info=error)
        state = "failed" if row.attempts >= TRIES or isinstance(error, NotFound) else "wanted"
        due = self._clock.now() + pause(row.attempts)
        try:
            await self._store.at_once(
                attachments.LATER_WANTED, id_=row.id, state=state, due_at=due, error=type(error).__name__
            )
        except CityError as trouble:
            log.error("a wanted file could not be settled", wanted=row.id, error=type(trouble).__name__)
