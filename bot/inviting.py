"""The command `invite`: a one-time way into a role, made beside a running service or without one."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.invite import CHANNELS, check_wish, do_invite, links_of
from bot.clock import Clock, utc
from bot.pack.load import load_pack
from bot.pack.pack import Pack
from bot.settings import Settings
from bot.store.store import Store


@dataclass(frozen=True, slots=True)
class Wish:
    """For which role; `department` and `channel` are "" where they were not named."""

    role: str
    department: str = ""
    channel: str = ""


async def invite(settings: Settings, clock: Clock, wish: Wish) -> list[str]:
    """Make an invitation; answers the lines to print: the only time that its code is seen.

    Raises OperatorError for a role or department that does not exist, before anything is opened.
    """
    pack = load_pack(settings.city)
    check_wish(pack, wish.role, wish.department)
    store = await Store.open(settings.database_url, clock, tool=True)
    try:
        code = await _stage(store, pack, wish)
        usernames = {channel: await store.get(f"bot_username_{channel}") for channel in CHANNELS}
    finally:
        await store.close(clean=False)
    tokens = {"telegram": settings.telegram_token, "bale": settings.bale_token}
    wanted = [channel for channel in CHANNELS if tokens[channel] and wish.channel in ("", channel)]
    until = utc(clock.now() + pack.limits.invite_hours * 3_600_000).astimezone(pack.time.zone)
    links = links_of({channel: usernames[channel] or "" for channel in wanted}, code)
    return [
        f"An invitation for {' in '.join(filter(None, (wish.role, wish.department)))}. "
        f"It works once, until {until:%Y-%m-%d %H:%M}. Give it to this one person only:",
        *links.values(),
        f"/start i-{code}",
    ]


async def _stage(store: Store, pack: Pack, wish: Wish) -> str:
    async with store.unit() as unit:
        work = await unit.work()
        code = do_invite(work, pack, wish.role, wish.department, wish.channel)
        unit.merge(work)
        await store.commit(unit)
    return code
