"""One person on two messengers: the code, the joining, the parting."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import orjson

from bot.actions.city import City
from bot.clock import HOUR, MINUTE
from bot.domain.link import hashed, new_code
from bot.errors import Refused
from bot.store import links, tables
from bot.store.links import CodeRow
from bot.store.people import ROLES_OF
from bot.store.person import Address, Role
from bot.store.work import Priority, Work
from bot.talk.menu import main_menu


def make_code(work: Work, city: City) -> str:
    """A new code of who wrote, for the pack's minutes; earlier ones of theirs are no longer good."""
    code = new_code()
    work.add(
        tables.link_codes,
        hash=hashed(code),
        person_id=work.person.id,
        expires_at=work.now + city.pack.limits.link_code_minutes * MINUTE,
    )
    work.do(links.WITHDRAW, person_id=work.person.id, now=work.now, hash=hashed(code))
    return code


async def load_code(work: Work, city: City, code: str) -> CodeRow:
    """Whose code this is. Raises Refused: wrong, over, one's own, or too many wrong ones.

    A wrong one is counted while there is a code that could be guessed: most are slips in a tracking code.
    """
    await _check_guesses(work, city)
    row = await work.first(links.CODE, hash=hashed(code), now=work.now)
    if row is None:
        if await work.first(links.LIVE, now=work.now):
            work.add(tables.guesses, person_id=work.person.id, kind="link", at=work.now)
        raise Refused("set-link-bad")
    if row.person_id == work.person.id:
        raise Refused("set-link-same")
    return row


async def _check_guesses(work: Work, city: City) -> None:
    limits, since = city.pack.limits, work.now - HOUR
    mine = await work.query(links.MY_GUESSES, since=since, person_id=work.person.id)
    everybody = await work.query(links.ALL_GUESSES, since=since)
    for guesses, most in ((mine[0], limits.code_guesses_per_hour), (everybody[0], limits.code_guesses_per_hour_all)):
        if guesses.n >= most:
            again = (guesses.first_at or work.now) + HOUR
            raise Refused("err-code-limit", clock=partial(_clock, city, again))


def _clock(city: City, at: int, lang: str) -> str:
    return city.dates.clock(lang, at)


@dataclass(frozen=True, slots=True)
class Linked:
    """Whom the person now is too, and the roles of both."""

    address: Address
    roles: tuple[Role, ...]


async def link(work: Work, city: City, hash_: str) -> Linked:
    """Join who wrote to the person whose code this is, who is told. Raises Refused when it is over meanwhile."""
    row = await work.first(links.CODE, hash=hash_, now=work.now)
    if row is None or row.person_id == work.person.id:
        raise Refused("set-link-bad")
    both = orjson.dumps([row.person_id, work.person.id]).decode()
    held = tuple(Role(each.role, each.department) for each in await work.query(ROLES_OF, ids=both))
    work.set(tables.link_codes, row.id, used_at=work.now)
    for statement in links.MERGE:
        work.do(statement, kept=row.person_id, gone=work.person.id, now=work.now)
    reader = city.reader(row.address)
    keys = main_menu(reader, held)
    work.say(reader.screen(reader.rich("set-link-ok"), keys=keys), row.address, priority=Priority.PUSH)
    work.reload_people()
    return Linked(row.address, held)


async def unlink(work: Work, city: City) -> None:
    """Part who wrote from their other accounts: cases and roles stay here, each other account is somebody new.

    Raises Refused where nothing is linked.
    """
    me = work.person
    others = await work.query(links.LINKED, person_id=me.id, account_id=me.account_id)
    if not others:
        raise Refused("err-old-button")
    reader = city.reader(me)
    for other in others:
        same = {"lang": me.lang, "area": me.area, "simple": me.simple, "blocked_until": me.blocked_until}
        person_id = work.add(tables.people, created_at=work.now, **same)
        work.set(tables.accounts, other.account_id, person_id=person_id)
        address = Address(other.account_id, other.channel, other.chat_id, person_id, me.lang or "fa", me.simple)
        screen = reader.screen(reader.rich("set-link-off"), keys=main_menu(reader))
        work.say(screen, address, priority=Priority.PUSH)
    work.reload_people()
