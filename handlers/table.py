"""Who answers what: each dialogue file says which verbs, labels and steps are its own; here they stand together."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from telegram import Update

from handlers.context import Context

Handle = Callable[[Update, Context], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Offer:
    """A button that a module offers on a page of buttons; to some roles alone, or to everybody. `place`: its order."""

    place: int
    text: str
    verb: str
    roles: tuple[str, ...] = ()


Try = Callable[[Update, Context], Coroutine[Any, Any, bool]]


def modules() -> tuple[ModuleType, ...]:
    """The dialogues, in no order that matters."""
    from handlers.admin import home, invitations, log, news_form, people, portal, poster_form, posters
    from handlers.admin import mayor as mayor_new
    from handlers.admin import news as news_desk
    from handlers.admin.cast import audience, run, send, taking, write
    from handlers.admin.cast import home as casts
    from handlers.admin.keep import card as keep_card
    from handlers.admin.keep import form as keep_form
    from handlers.citizen import (
        add,
        city,
        claim,
        contact,
        heard,
        human,
        joined,
        last_word,
        link,
        mayor,
        menu,
        mine,
        mydata,
        news,
        news_search,
        programmes,
        projects,
        settings,
        share,
        smalltalk,
        suggest,
        suggestions,
        wishes,
        withdraw,
    )
    from handlers.citizen import help as help_
    from handlers.citizen.report import choose, end, entry, join, same, scan
    from handlers.official import block, card, desk, form, invite, moves, near, phone, search, sheet, stray

    return (
        contact,
        menu,
        help_,
        share,
        mayor,
        news,
        news_search,
        settings,
        wishes,
        mydata,
        link,
        human,
        heard,
        mine,
        claim,
        joined,
        withdraw,
        suggest,
        suggestions,
        desk,
        card,
        moves,
        form,
        stray,
        near,
        phone,
        search,
        block,
        sheet,
        invite,
        home,
        mayor_new,
        news_desk,
        news_form,
        casts,
        write,
        audience,
        send,
        run,
        taking,
        people,
        invitations,
        log,
        posters,
        poster_form,
        portal,
        last_word,
        entry,
        choose,
        join,
        end,
        same,
        scan,
        add,
        city,
        projects,
        programmes,
        keep_card,
        keep_form,
        smalltalk,
    )


@cache
def verbs() -> dict[str, Handle]:
    """Button verbs (`VERBS` of each module)."""
    return dict(_all("VERBS"))


@cache
def labels() -> dict[str, Handle]:
    """Text ids of the menu's keys (`LABELS`)."""
    return dict(_all("LABELS"))


@cache
def dialogues() -> dict[str, Handle]:
    """Names of dialogues that take the next message (`DIALOGUES`)."""
    return dict(_all("DIALOGUES"))


@cache
def offers(name: str) -> tuple[Offer, ...]:
    """What `ADMIN_OFFERS` (of the admins' home) or `CITY_OFFERS` (of "our city") say, in the order of their places."""
    return tuple(sorted((offer for module in modules() for offer in getattr(module, name, ())), key=lambda o: o.place))


@cache
def links() -> dict[str, Handle]:
    """First letters of deep links (`LINKS`): the rest of the payload is in `context.press.argument`."""
    return dict(_all("LINKS"))


@cache
def chain(name: str) -> tuple[Try, ...]:
    """What is tried in order until one answers true: `ON_REPLY`, `ON_CODE` (within a dialogue), `ON_TEXT`, `ON_EDIT`,
    and last `ON_ANYTHING`.
    """
    return tuple(getattr(module, name) for module in modules() if hasattr(module, name))


@cache
def commands() -> dict[str, Handle]:
    """Commands (`COMMANDS`)."""
    return dict(_all("COMMANDS"))


def _all(name: str) -> Iterator[tuple[str, Handle]]:
    seen: set[str] = set()
    for module in modules():
        for key, handle in getattr(module, name, {}).items():
            if key in seen:
                raise LookupError(f"{name}: {key} stands in two modules")
            seen.add(key)
            yield key, handle
