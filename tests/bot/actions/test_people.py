"""Officials come and leave: what they held goes back to its desk, and somebody always remains."""

from __future__ import annotations

import contextlib

import orjson
import pytest

from bot.actions.erase import erase
from bot.actions.fields import Fields
from bot.actions.invite import Accepted, accept_invitation, do_invite
from bot.actions.move import as_whom, move_case
from bot.actions.people import Revoked, revoke
from bot.errors import NotFound, Refused
from bot.store.cases import BY_ID
from bot.store.work import Arrival
from bot.talk import rich
from bot.talk import screen as screens
from tests.house import STAFF, House

REPORTER, DISPATCHER, ADMIN, SECOND, OFFICER, MANAGER, INSPECTOR, HEAD = range(101, 109)


async def role_of(home: House, user: int, role: str = "") -> int:
    """The id of a role that this person has or had."""
    sql = "SELECT r.id FROM roles r JOIN accounts a ON a.person_id = r.person_id WHERE a.user_id = ? AND r.role LIKE ?"
    [(found,)] = await home.rows(sql, user, role or "%")
    return int(found)


async def revokes(home: House, by: int, user: int, role: str = "") -> Revoked:
    id_ = await role_of(home, user, role)
    async with home.work(by) as work:
        return await revoke(work, home.city, id_)


async def joins(home: House, user: int, role: str, department: str = "") -> Accepted:
    async with home.work() as work:
        code = do_invite(work, home.city.pack, role, department)
    async with home.work(user) as work:
        return await accept_invitation(work, home.city, code, f"name {user}")


async def moves(home: House, user: int, case_id: int, *arrows: tuple[str, Fields]) -> None:
    for arrow, fields in arrows:
        async with home.work(user) as work:
            [case] = await work.query(BY_ID, case_id=case_id)
            await move_case(work, home.city, as_whom(work, case), case, arrow, fields)


async def said_to(home: House, user: int) -> str:
    """Everything that was said to this person so far."""
    rows = await home.rows(
        "SELECT screen FROM outbox o JOIN accounts a ON a.id = account_id WHERE user_id = ? ORDER BY o.id", user
    )
    return "\n".join(rich.visible(screens.load(orjson.loads(row)).text) for (row,) in rows)


async def at_civil(home: House) -> int:
    """A case that the centre has sent to the department of roads, which has nobody yet."""
    filed = await home.files(REPORTER)
    await moves(home, DISPATCHER, filed.id, ("route", Fields(department="civil")))
    return filed.id


@pytest.fixture
async def office(home: House) -> House:
    """A dispatcher and two admins."""
    await home.gives(DISPATCHER, "dispatcher")
    await home.gives(ADMIN, "admin")
    await home.gives(SECOND, "admin")
    return home


async def test_the_first_officer_brings_the_cases_home_and_both_sides_read_how_many(office: House) -> None:
    case = await at_civil(office)
    assert await office.rows("SELECT desk FROM cases") == [("center137",)]
    accepted = await joins(office, OFFICER, "officer", "civil")
    assert [(each.department, each.desk, each.count) for each in accepted.brought] == [("civil", "civil", 1)]
    assert await office.rows("SELECT desk FROM cases WHERE id = ?", case) == [("civil",)]
    assert "به میز آن واحد رفت" in await said_to(office, DISPATCHER)
    assert (await joins(office, MANAGER, "manager", "civil")).brought == ()


async def test_what_a_revoked_officer_held_is_back_and_with_the_last_of_them_at_the_centre(office: House) -> None:
    await joins(office, OFFICER, "officer", "civil")
    case = await at_civil(office)
    await moves(office, OFFICER, case, ("accept", Fields()))
    revoked = await revokes(office, ADMIN, OFFICER)
    assert (revoked.name, revoked.released) == (f"name {OFFICER}", 1)
    assert await office.rows("SELECT state, desk, holder_id FROM cases") == [("referred", "center137", None)]
    assert "پایان یافت" in await said_to(office, OFFICER)
    assert "دیگر کسی نیست" in await said_to(office, DISPATCHER)
    assert f"name {OFFICER} دیگر" in _plain(await said_to(office, SECOND))
    async with office.work(OFFICER) as work:
        assert not work.person.official


async def test_who_moves_on_to_another_department_keeps_what_they_hold_there(office: House) -> None:
    await joins(office, OFFICER, "officer", "civil")
    await joins(office, OFFICER, "manager", "green")
    green = (await office.files(REPORTER)).id
    roads = await at_civil(office)
    await moves(office, DISPATCHER, green, ("route", Fields(department="green")))
    for case in (green, roads):
        await moves(office, OFFICER, case, ("accept", Fields()))
    assert (await revokes(office, ADMIN, OFFICER, "officer")).released == 1
    held = await office.rows("SELECT id FROM cases WHERE holder_id IS NOT NULL")
    assert held == [(green,)]


async def test_the_last_admin_cannot_be_taken_away_and_two_cannot_take_each_other(home: House) -> None:
    await home.gives(ADMIN, "admin")
    await home.gives(SECOND, "admin")
    roles = {user: await role_of(home, user) for user in (ADMIN, SECOND)}
    arrivals = [Arrival(number, str(number), number, number) for number in (ADMIN, SECOND)]
    async with home.store.unit("telegram", "batch", arrivals) as unit:
        for arrival, other, wins in zip(arrivals, (SECOND, ADMIN), (True, False), strict=True):
            work = await unit.work(arrival)
            with contextlib.nullcontext() if wins else pytest.raises(Refused):
                await revoke(work, home.city, roles[other])
            unit.merge(work)
        await home.store.commit(unit)
    with pytest.raises(Refused, match="admin-last"):
        await revokes(home, ADMIN, ADMIN)
    assert await home.rows("SELECT count(*) FROM roles WHERE revoked_at = 0") == [(1,)]


async def test_an_admin_who_cannot_be_reached_counts_for_none(home: House) -> None:
    await home.gives(ADMIN, "admin")
    await home.gives(SECOND, "admin", reachable=False)
    with pytest.raises(Refused, match="admin-last"):
        await revokes(home, ADMIN, ADMIN)
    await revokes(home, ADMIN, SECOND)


async def test_the_last_inspector_stays_while_somebody_waits_for_them_to_read(office: House) -> None:
    await joins(office, INSPECTOR, "officer", "inspection")
    await office.files(REPORTER, STAFF)
    with pytest.raises(Refused, match="admin-last-inspector"):
        await revokes(office, ADMIN, INSPECTOR)
    await joins(office, HEAD, "manager", "mayor_office")
    await revokes(office, ADMIN, INSPECTOR)
    assert await office.rows("SELECT desk FROM cases") == [("mayor_office",)]
    assert "محرمانه" in await said_to(office, HEAD)
    with pytest.raises(Refused, match="admin-last-inspector"):
        await revokes(office, ADMIN, HEAD)


async def test_a_manager_takes_officers_of_their_own_department_alone(office: House) -> None:
    await joins(office, MANAGER, "manager", "civil")
    await joins(office, OFFICER, "officer", "green")
    for other in (OFFICER, DISPATCHER, MANAGER, ADMIN):
        with pytest.raises(Refused, match="err-not-allowed"):
            await revokes(office, MANAGER, other)
    await joins(office, HEAD, "officer", "civil")
    await revokes(office, MANAGER, HEAD)


@pytest.mark.parametrize("who", [REPORTER, OFFICER, DISPATCHER])
async def test_nobody_else_takes_anything_from_anybody(office: House, who: int) -> None:
    await joins(office, OFFICER, "officer", "civil")
    with pytest.raises(Refused, match="err-not-allowed"):
        await revokes(office, who, SECOND)


async def test_a_role_is_taken_once(office: House) -> None:
    await revokes(office, ADMIN, DISPATCHER)
    with pytest.raises(Refused, match="err-already"):
        await revokes(office, SECOND, DISPATCHER)
    async with office.work(ADMIN) as work:
        with pytest.raises(NotFound):
            await revoke(work, office.city, 999_999)


async def test_what_the_revoked_were_asked_at_the_desk_is_over(office: House) -> None:
    async with office.work(DISPATCHER) as work:
        work.begin("desk-form", "words", {"case": 1})
        work.know(official_view=True)
    await revokes(office, ADMIN, DISPATCHER)
    async with office.work(DISPATCHER) as work:
        assert not work.dialogue("desk-form")
        assert (work.person.focus, bool(work.person.official_view)) == ("", False)


async def test_the_last_admin_does_not_delete_themselves_out_of_the_system(home: House) -> None:
    await home.gives(ADMIN, "admin")
    async with home.work(ADMIN) as work:
        with pytest.raises(Refused, match="admin-last"):
            await erase(work, home.city)
    assert await home.rows("SELECT count(*) FROM accounts") == [(1,)]


async def test_an_official_who_deletes_their_data_leaves_no_case_behind(office: House) -> None:
    await joins(office, OFFICER, "officer", "civil")
    case = await at_civil(office)
    await moves(office, OFFICER, case, ("accept", Fields()))
    async with office.work(OFFICER) as work:
        await erase(work, office.city)
    assert await office.rows("SELECT state, desk, holder_id FROM cases") == [("referred", "center137", None)]
    assert f"name {OFFICER} دیگر" in _plain(await said_to(office, ADMIN))


async def test_every_change_of_a_role_leaves_its_row_without_a_name(office: House) -> None:
    await joins(office, OFFICER, "officer", "civil")
    await revokes(office, ADMIN, OFFICER)
    rows = await office.rows("SELECT kind, person_id, about_id, data FROM staff_events ORDER BY id")
    assert [kind for kind, *_ in rows] == ["invited", "accepted", "revoked"]
    assert rows[2][1] != rows[2][2] == rows[1][1]
    assert all(f"name {OFFICER}" not in str(row) for row in rows)
    assert orjson.loads(rows[2][3]) == {"role": "officer", "department": "civil"}


def _plain(text: str) -> str:
    return text.translate(str.maketrans("", "", "\u2066\u2067\u2068\u2069\u200f"))
