"""`doctor --live CHAT`: a real platform against the channel's table of abilities."""

from __future__ import annotations

from dataclasses import asdict

from bot.channels.http import Http
from bot.doctor.tokens import connection
from bot.doctor.trials import BY_HAND, TRIALS, Ask, Trier
from bot.errors import OperatorError, SettingError
from bot.settings import Settings


async def try_live(settings: Settings, channel: str, chat: int, ask: Ask) -> list[str]:
    """Walk through the trials; answers what was seen and the line to set where the table is wrong.

    Sends to `chat` alone, once `ask` said yes. Raises SettingError without a token, OperatorError when not wanted.
    """
    http = connection(settings, channel)
    if http is None:
        raise SettingError(f"{channel.upper()}_TOKEN is not set.", "Put it into .env.")
    title = http.channel.title
    if not ask(f"This sends some fifteen messages to chat {chat} on {title}, and asks what you see there. Go on?"):
        raise OperatorError("Nothing was sent.", "Answer y to go on.")
    await http.start()
    trier = Trier(http, chat, ask)
    try:
        me = await trier.call("getMe")
        if not me.ok:
            raise OperatorError(f"{title} can't be tried: {me}.", "Mend it first: python bot.py doctor")
        seen = {name: await trial(trier) for name, trial in TRIALS.items()}
    finally:
        await http.close()
    lines = [f"{name}: {what}" for name, (_, what) in seen.items()]
    lines += [f"by hand: {what}" for what in BY_HAND]
    return [*lines, _verdict(http, {name: can for name, (can, _) in seen.items()})]


def _verdict(http: Http, seen: dict[str, bool | None]) -> str:
    """What to write into `.env`: the whole corrections of the table, whatever is set there now."""
    table = asdict(type(http.channel)().can)
    differ = {name: seen[name] for name in table if seen.get(name) is not None and seen[name] != table[name]}
    variable = f"{http.channel.key.upper()}_CAN"
    if not differ:
        return f"The table of {http.channel.title} is right: {variable} stays empty."
    return f"{variable}=" + ",".join(f"{name}={'yes' if can else 'no'}" for name, can in differ.items())
