"""The mayor's next message: put in the place of the last one by an admin, word for word; all of them are kept."""

from __future__ import annotations

import re
from hashlib import sha256

from bot.actions.showing import note
from bot.errors import Refused
from bot.store import tables
from bot.store.mayor import NEWEST, ONE, MayorRow
from bot.store.work import Work

MOST = 12_000  # letters: three or four messages
_GAP = re.compile(r"\n\s*\n")


def check_replaces(work: Work) -> None:
    """Raises Refused for whoever may not speak in the mayor's name."""
    if not work.person.has("admin"):
        raise Refused("err-not-allowed")


def paragraphs(words: str) -> list[str]:
    """The paragraphs and, last, the signature."""
    return [part for part in _GAP.split(words) if part.strip()]


def check_whole(words: str) -> None:
    """Raises Refused for a text without a signature of its own, or for more than fits."""
    if len(paragraphs(words)) < 2:
        raise Refused("mayor-replace-short")
    if len(words) > MOST:
        raise Refused("mayor-replace-long", count=len(words), max=MOST)


def replace_message(work: Work, words: str, dated_at: int) -> int:
    """From now on this is the mayor's message, without a letter of ours. `dated_at`: milliseconds, 0 for no date.

    Raises Refused as `check_replaces` and `check_whole`.
    """
    check_replaces(work)
    check_whole(words)
    digest = sha256(words.encode()).hexdigest()
    row = {"words": words, "dated": str(dated_at or ""), "sha256": digest, "author_id": work.person.id}
    message_id = work.add(tables.mayor_messages, created_at=work.now, **row)
    note(work, "mayor", message_id, "replaced", sha256=digest)
    return message_id


async def current(work: Work) -> MayorRow | None:
    """What took the place of the pack's message; None while that one stands."""
    return await work.first(NEWEST)


async def earlier(work: Work, message_id: int) -> MayorRow | None:
    """One of the history, for admins. Raises Refused."""
    check_replaces(work)
    return await work.first(ONE, message_id=message_id)
