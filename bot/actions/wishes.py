"""What people want to be told, and how: by kind at once, in the daily summary, or not at all; or nothing whatever."""

from __future__ import annotations

from collections.abc import Mapping

from bot.actions.city import City
from bot.domain.broadcast import Kind
from bot.errors import Refused
from bot.store.wishes import WANTED_OF, WISH
from bot.store.work import Work

NOW, DAILY, OFF = "now", "daily", "off"


async def wishes(work: Work, city: City) -> Mapping[str, str]:
    """The mode of each kind for who wrote: their own choice, else the kind's default."""
    chosen = {row.topic: row.mode for row in await work.query(WANTED_OF, person_id=work.person.id)}
    return {kind: chosen.get(kind, default(city, kind)) for kind in city.pack.broadcast}


def default(city: City, kind: str) -> str:
    """For whoever chose nothing."""
    return NOW if city.pack.broadcast[kind].on_by_default else OFF


def modes(kind: str) -> tuple[str, ...]:
    """What may be chosen for a kind. A warning that comes in the evening's summary warns nobody."""
    return (NOW, OFF) if kind == Kind.SAFETY else (NOW, DAILY, OFF)


def wish(work: Work, city: City, kind: str, mode: str) -> None:
    """Let a kind come so from now on. Raises Refused for a kind or mode that there is not."""
    if kind not in city.pack.broadcast or mode not in modes(kind):
        raise Refused("err-old-button")
    choose(work, kind, mode)


def choose(work: Work, topic: str, mode: str) -> None:
    """Keep what who wrote wants of a topic, whatever they wanted before."""
    person_id = work.person.id
    work.do(WISH, id=work.new_id(), person_id=person_id, topic=topic, mode=mode, updated_at=work.now)


def set_near(work: Work, *, near: bool) -> None:
    """Of the news of neighbourhoods those of one's own alone. Raises Refused for whoever has told none."""
    if near and not work.person.area:
        raise Refused("set-near-nowhere")
    work.know(near=near)


def stop(work: Work) -> None:
    """Nothing comes any more but answers."""
    work.know(stopped_at=work.now)


def start_again(work: Work) -> None:
    """Everything comes as it was chosen."""
    work.know(stopped_at=0)
