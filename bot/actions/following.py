"""Following what the city does: chosen by a tap, told through one announcement to all who chose it."""

from __future__ import annotations

from collections.abc import Callable

from bot.actions.broadcasts import Announcement, do_broadcast
from bot.actions.city import City
from bot.actions.wishes import NOW, OFF, choose
from bot.domain.broadcast import Audience, Kind
from bot.errors import Refused
from bot.store.following import SOMEBODY, WANT
from bot.store.work import Work
from bot.talk.reader import Reader
from bot.talk.screen import Screen

_KINDS = {"project": Kind.NEWS, "programme": Kind.CULTURE}
NEWS = "news"  # as what is told of news: no account of it comes to who caused it
Say = Callable[[Reader], Screen]


def topic_of(owner: str, owner_id: int) -> str:
    """What somebody who follows this wants: `project-12`."""
    return f"{owner}-{owner_id}"


async def follows(work: Work, topic: str) -> bool:
    """Whether who wrote follows it."""
    found = await work.first(WANT, person_id=work.person.id, topic=topic)
    return found is not None and found.mode == "now"


def follow(work: Work, topic: str, *, on: bool) -> None:
    """From now on, or no longer. Raises Refused for who asked that no message come at all."""
    if on and work.person.stopped_at:
        raise Refused("set-stopped")
    choose(work, topic, NOW if on else OFF)


async def tell_followers(
    work: Work, city: City, of: tuple[str, int], title: str, say: Say, expires_at: int = 0
) -> None:
    """One message to each who follows this, in their language; nothing where nobody does. Rights are the caller's."""
    topic = topic_of(*of)
    if not await work.query(SOMEBODY, topic=topic):
        return
    languages = city.pack.languages.offered
    screens = {lang: say(Reader(city.texts, city.dates, lang)) for lang in languages}
    kind, audience = _KINDS[of[0]], Audience(topic=topic)
    do_broadcast(work, Announcement(str(kind), title, screens, audience, relation=NEWS, expires_at=expires_at))
