"""Whether each platform can be reached and accepts its token. It never polls: that would disturb a running service."""

from __future__ import annotations

from collections.abc import AsyncIterator

from bot.channels.answers import read
from bot.channels.bale import Bale
from bot.channels.base import Channel
from bot.channels.errors import ChannelError, NotSent, Unanswered, Unauthorized
from bot.channels.http import Http
from bot.channels.telegram import Telegram
from bot.doctor.finding import Finding, fine, note, stop
from bot.errors import SettingError
from bot.settings import Settings


def connection(settings: Settings, key: str) -> Http | None:
    """The connection to "telegram" or "bale", not started; None without a token. Raises SettingError."""
    token: str = getattr(settings, f"{key}_token")
    if not token:
        return None
    can = getattr(settings, f"{key}_can")
    channel: Channel = Telegram(can) if key == "telegram" else Bale(can)
    return Http(channel, token, getattr(settings, f"{key}_api_url"), getattr(settings, f"{key}_proxy"))


async def tokens(settings: Settings) -> list[Finding]:
    """Each platform with a token; a service without any does not start."""
    if not (settings.telegram_token or settings.bale_token):
        return [stop("tokens", "neither TELEGRAM_TOKEN nor BALE_TOKEN is set", "Put one into .env.")]
    found: list[Finding] = []
    for key in ("telegram", "bale"):
        try:
            http = connection(settings, key)
            found += [each async for each in _token(http)] if http else []
        except SettingError as error:
            found.append(stop(key, error.what, error.cure))
    return found


async def _token(http: Http) -> AsyncIterator[Finding]:
    key = http.channel.key
    await http.start()
    try:
        me = await http.me()
        yield fine(key, f"the token is accepted; the bot is @{me['username'] or '?'}")
        if not me["username"]:
            yield note(key, "the platform does not tell the bot's name, so links can't be made", "Give the bot a name.")
        if await _has_webhook(http):
            what = "a webhook is set for this token: the service gets no updates"
            yield stop(key, what, "Call deleteWebhook once, or stop the other program that uses this token.")
    except Unauthorized:
        yield stop(key, "the token is refused", f"Get a new one from the platform and set {key.upper()}_TOKEN.")
    except ChannelError as error:
        what = f"the platform can't be reached ({error}); the service waits for it"
        yield note(key, what, f"Check the network, or set {key.upper()}_PROXY.")
    finally:
        await http.close()


async def _has_webhook(http: Http) -> bool:
    try:
        _, body = await http.ask("getWebhookInfo", {}, 10)
    except (NotSent, Unanswered):
        return False
    result = (read(body) or {}).get("result")
    return isinstance(result, dict) and bool(result.get("url"))
