"""Who is told of a case, and by which account."""

from __future__ import annotations

import orjson

from bot.actions.staff import can_take_private, desk_of, load_staff, to_ring
from bot.store import tables
from bot.store.person import Address
from bot.store.work import Work
from bot.talk import rich
from bot.talk import screen as screens
from tests.house import PLACE, STAFF, House

REPORTER, DISPATCHER, ADMIN, INSPECTOR, HEAD, OFFICER = range(101, 107)


async def rung(work: Work, private: bool, department: str = "center137") -> list[Address]:
    staff = await load_staff(work)
    return to_ring(staff, desk_of(staff, "inspection" if private else department, private), private=private)


async def told(home: House, private: bool, department: str = "center137") -> set[int]:
    async with home.work() as work:
        return {address.person_id for address in await rung(work, private, department)}


async def said(home: House) -> list[screens.Screen]:
    return [screens.load(orjson.loads(row)) for (row,) in await home.rows("SELECT screen FROM outbox ORDER BY id")]


async def test_ordinary_cases_go_to_dispatchers_and_admins_alone(home: House) -> None:
    dispatcher = await home.gives(DISPATCHER, "dispatcher")
    admin = await home.gives(ADMIN, "admin")
    await home.gives(OFFICER, "officer", "civil")
    await home.gives(INSPECTOR, "officer", "inspection")
    assert await told(home, private=False) == {dispatcher, admin}


async def test_a_department_with_people_is_told_of_its_own_and_one_without_leaves_it_to_the_centre(home: House) -> None:
    dispatcher = await home.gives(DISPATCHER, "dispatcher")
    officer = await home.gives(OFFICER, "officer", "civil")
    assert await told(home, private=False, department="civil") == {officer}
    assert await told(home, private=False, department="green") == {dispatcher}


async def test_while_nobody_of_a_department_is_at_work_the_centre_is_rung_as_well(home: House) -> None:
    dispatcher = await home.gives(DISPATCHER, "dispatcher")
    officer = await home.gives(OFFICER, "officer", "civil")
    async with home.work(OFFICER) as work:
        work.know(duty=False)
    assert await told(home, private=False, department="civil") == {officer, dispatcher}


async def test_staff_conduct_goes_to_inspection_and_not_to_the_mayors_office(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    await home.gives(HEAD, "manager", "mayor_office")
    inspector = await home.gives(INSPECTOR, "officer", "inspection")
    assert await told(home, private=True) == {inspector}


async def test_staff_conduct_goes_to_the_head_of_the_mayors_office_where_inspection_is_empty(home: House) -> None:
    await home.gives(OFFICER, "officer", "mayor_office")
    head = await home.gives(HEAD, "manager", "mayor_office")
    assert await told(home, private=True) == {head}
    async with home.work() as work:
        assert await can_take_private(work) == "mayor_office"


async def test_nobody_is_asked_to_trust_an_inspector_who_cannot_be_reached(home: House) -> None:
    await home.gives(INSPECTOR, "officer", "inspection", reachable=False)
    async with home.work() as work:
        assert await can_take_private(work) == ""
        assert await rung(work, True) == []


async def test_a_revoked_role_is_told_nothing(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    [(role,)] = await home.rows("SELECT id FROM roles")
    async with home.work() as work:
        work.set(tables.roles, role, revoked_at=1)
    assert await told(home, private=False) == set()


async def test_somebody_with_two_roles_and_two_messengers_is_told_once_where_they_were_last(home: House) -> None:
    person = await home.gives(DISPATCHER, "dispatcher")
    async with home.work(DISPATCHER) as work:
        work.add(tables.roles, person_id=person, role="admin", created_at=1)
        later = {"seen_at": work.now + 1, "chat_id": 9, "user_id": 9}
        work.add(tables.accounts, person_id=person, channel="bale", **later)
    async with home.work() as work:
        assert [(to.person_id, to.channel) for to in await rung(work, False)] == [(person, "bale")]


async def test_an_alert_has_topic_place_and_words_but_never_who_wrote(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    await home.files(REPORTER, words="چراغ سر کوچه شکسته است")
    pin, alert = await said(home)
    text = rich.visible(alert.text)
    assert "روشنایی خیابان" in text
    assert "مرکز شهر" in text
    assert "چراغ سر کوچه شکسته است" in text
    assert str(REPORTER) not in text
    assert pin.pin == (PLACE.lat, PLACE.lon)


async def test_only_the_alert_rings(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    await home.files(REPORTER)
    assert await home.rows("SELECT silent FROM outbox ORDER BY id") == [(1,), (0,)]


async def test_photos_come_as_one_album_and_a_voice_by_itself(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    await home.files(REPORTER, files=((7, "photo", 1), (8, "voice", 2), (9, "photo", 3)))
    media = [[(one.kind, one.attachment) for one in screen.media] for screen in await said(home) if screen.media]
    assert media == [[("photo", 7), ("photo", 9)], [("voice", 8)]]


async def test_a_confidential_alert_has_neither_words_nor_place_nor_files(home: House) -> None:
    await home.gives(INSPECTOR, "officer", "inspection")
    await home.files(REPORTER, STAFF, "نام کارمند", files=((7, "photo", 1),))
    [alert] = await said(home)
    assert "نام کارمند" not in rich.visible(alert.text)
    assert "مرکز شهر" not in rich.visible(alert.text)


async def test_a_very_long_text_is_cut_in_the_alert_between_words(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    await home.files(REPORTER, words="کلمه " * 800)
    text = rich.visible((await said(home))[-1].text)
    assert len(text) < 800
    assert "کلمه …" in text


async def test_an_official_who_reads_english_is_told_in_english(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    async with home.work(DISPATCHER) as work:
        work.know(lang="en")
    await home.files(REPORTER)
    assert "Street lighting" in rich.visible((await said(home))[-1].text)
