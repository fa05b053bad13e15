"""A town of people who have started the bot, and an announcement to all of them, made by the program's own steps."""

from __future__ import annotations

from pathlib import Path

from bot.actions.broadcasts import Announcement, do_broadcast
from bot.clock import SystemClock
from bot.domain.broadcast import Audience
from bot.store import tables
from bot.store.store import Store
from bot.store.work import Work
from bot.talk.rich import Bold, Plain
from bot.talk.screen import Screen

FIRST = 1_000_001  # the chat of the first person; the others follow
_MANY = 10_000  # rows of one commit
HEAD, WORDS = (
    "قطع آب",
    "آب محله‌های مرکز شهر، شهرک معلم و خیابان طالقانی فردا از ساعت ۹ تا ۱۴ برای تعمیر خط اصلی قطع می‌شود. لطفاً "
    "آب آشامیدنی خود را از پیش ذخیره کنید و شیرها را بسته نگه دارید. اگر کار زودتر تمام شود، همین‌جا خبر می‌دهیم.",
)
SCREEN = Screen((Bold(HEAD), Plain("\n\n"), Plain(WORDS)))
HTML = f"<b>{HEAD}</b>\n\n{WORDS}"


async def populate(path: Path, people: int) -> None:
    """A new database with so many people on Telegram."""
    store = await Store.open(path, SystemClock(), tool=True)
    try:
        for first in range(FIRST, FIRST + people, _MANY):
            async with store.unit() as unit:
                work = await unit.work()
                for chat in range(first, min(first + _MANY, FIRST + people)):
                    _move_in(work, chat)
                unit.merge(work)
                await store.commit(unit)
    finally:
        await store.close()


def _move_in(work: Work, chat: int) -> None:
    person = work.add(tables.people, lang="fa", created_at=1)
    work.add(tables.accounts, person_id=person, channel="telegram", user_id=chat, chat_id=chat)


async def announce(path: Path) -> int:
    """Let the service of this database tell everybody, as soon as it looks; answers the broadcast's id.

    It is one of safety, which is sent at night as well.
    """
    store = await Store.open(path, SystemClock(), tool=True)
    try:
        async with store.unit() as unit:
            work = await unit.work()
            made = do_broadcast(work, Announcement("safety", HEAD, {"fa": SCREEN}, Audience()))
            unit.merge(work)
            await store.commit(unit)
        return made
    finally:
        await store.close()
