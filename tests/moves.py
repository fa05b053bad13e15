"""People of a house who move cases at once, as their buttons would."""

from __future__ import annotations

from typing import Any

from bot.actions.fields import Fields
from bot.actions.move import CLOCK, as_whom, move_case
from bot.actions.take_back import take_back
from bot.errors import Refused
from bot.schedule import Schedule
from bot.store import cases, tables
from bot.store.cases import CaseRow
from tests.house import House

SENTENCE = "لامپ تیر عوض شد و سیم آن هم تعمیر شد."


async def case_of(home: House, case_id: int) -> CaseRow:
    """A case as it is."""
    async with home.work() as work:
        case = await work.first(cases.BY_ID, case_id=case_id)
    assert case is not None
    return case


async def moves(home: House, user: int, case_id: int, arrow: str, **fields: Any) -> CaseRow:
    """This person moves a case; 0 is the clock. Raises Refused; then nothing has changed."""
    async with home.work(user) as work:
        case = await work.first(cases.BY_ID, case_id=case_id)
        assert case is not None
        who = as_whom(work, case) if user else CLOCK
        return await move_case(work, home.city, who, case, arrow, Fields(**fields))


async def refusal(home: House, user: int, case_id: int, arrow: str, **fields: Any) -> str:
    """The text id of the reason for which this person may not; "" where they may."""
    before = await case_of(home, case_id)
    try:
        await moves(home, user, case_id, arrow, **fields)
    except Refused as refused:
        home.city.texts.line("fa", refused.text, **refused.args_)  # type: ignore[arg-type]
        assert await case_of(home, case_id) == before
        return refused.text
    return ""


async def done(home: House, user: int, case_id: int) -> CaseRow:
    """Accepted where it is not yet, and said to be done without a picture."""
    if (await case_of(home, case_id)).holder_id is None:
        await moves(home, user, case_id, "accept")
    return await moves(home, user, case_id, "done", words=SENTENCE, no_photo="هوا تاریک بود")


async def takes_back(home: House, user: int, case_id: int, version: int = 0) -> CaseRow:
    """This person takes the last move back, by the button that it left."""
    case = await case_of(home, case_id)
    async with home.work(user) as work:
        return await take_back(work, home.city, case, version or case.version)


async def turns(home: House, milliseconds: int) -> None:
    """Time goes on, and what is due is done."""
    home.clock.turn(milliseconds)
    await Schedule(home.store, home.clock, home.city).due()


async def loses(home: House, user: int) -> None:
    """All roles of this person are taken from them."""
    rows = await home.rows(
        "SELECT r.id FROM roles r JOIN accounts a ON a.person_id = r.person_id WHERE a.user_id = ?", user
    )
    async with home.work() as work:
        for (role,) in rows:
            work.set(tables.roles, role, revoked_at=work.now)


async def told(home: House, user: int) -> list[str]:
    """All that has been said to this person so far, each message as it is kept."""
    sql = "SELECT o.screen FROM outbox o JOIN accounts a ON a.id = o.account_id WHERE a.user_id = ? ORDER BY o.id"
    return [screen for (screen,) in await home.rows(sql, user)]
