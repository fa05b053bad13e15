"""What is due by the clock: forgotten in slices, and released to the senders."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.backup import make_backup
from bot.clock import DAY, HOUR, SystemClock, TurnedClock
from bot.restore import restore
from bot.schedule import LOOK, SLICE, Schedule
from bot.settings import Settings
from bot.store import tables
from bot.store.driver import connect
from bot.store.store import Store
from bot.store.work import Arrival, Said
from bot.talk.rich import Plain
from bot.talk.screen import Screen
from bot.upkeep import release
from tests.acting import hires, settled
from tests.house import a_city
from tests.town import Town


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
async def store(settings: Settings, clock: TurnedClock) -> Any:
    opened = await Store.open(settings.database_url, clock)
    yield opened
    await opened.close()


@pytest.fixture
def schedule(store: Store, clock: TurnedClock) -> Schedule:
    return Schedule(store, clock, a_city())


async def hear(store: Store, *numbers: int) -> None:
    """Take these updates of one person in one batch, with an answer and a draft."""
    arrivals = [Arrival(number, f"body {number}", 7, 7) for number in numbers]
    async with store.unit("telegram", "telegram:1", arrivals) as unit:
        for arrival in arrivals:
            work = await unit.work(arrival)
            work.say(Screen((Plain("hello"),)))
            work.begin("report", "open", {"words": "broken lamp"})
            unit.merge(work)
        await store.commit(unit)


async def add(store: Store, table: Any, **values: Any) -> int:
    async with store.unit() as unit:
        work = await unit.work()
        added = work.add(table, **values)
        unit.merge(work)
        await store.commit(unit)
    return added


async def count(store: Store, table: str) -> int:
    found: int = (await store.look(f"SELECT count(*) FROM {table}"))[0][0]
    return found


async def test_updates_are_remembered_for_eight_days_and_then_forgotten(
    store: Store, clock: TurnedClock, schedule: Schedule
) -> None:
    await hear(store, *range(SLICE + 100))
    clock.turn(7 * DAY)
    await hear(store, 10_000)
    await schedule.forget()
    assert await count(store, "inbox") == SLICE + 101
    clock.turn(DAY + HOUR)
    await schedule.forget()
    assert await store.look("SELECT update_id FROM inbox") == [(10_000,)]


async def test_old_messages_go_unless_somebody_may_still_reply_to_them(
    store: Store, clock: TurnedClock, schedule: Schedule
) -> None:
    await hear(store, *range(LOOK + 10))
    ((person, account),) = await store.look("SELECT person_id, id FROM accounts")
    now = clock.now()
    case = {"code": "1", "person_id": person, "category": "c", "department": "d", "state": "received"}
    case_id = await add(store, tables.cases, lat=None, lon=None, accuracy=None, created_at=now, updated_at=now, **case)
    row = {"channel": "telegram", "account_id": account, "chat_id": 7, "priority": 0, "screen": "{}"}
    kept = [
        await add(store, tables.outbox, state="sent", created_at=now, case_id=case_id, **row),
        await add(store, tables.outbox, state="sent", created_at=now, collapse="human:5", **row),
        await add(store, tables.outbox, state="dead", created_at=now, **row),
    ]
    await add(store, tables.outbox, state="sent", created_at=now, **row)
    await store.at_once()
    clock.turn(9 * DAY)
    await schedule.forget()
    waiting = "SELECT count(*) FROM outbox WHERE state = 'waiting'"
    assert await store.look(waiting) == [(LOOK + 10,)]
    assert await store.look("SELECT id FROM outbox WHERE state <> 'waiting' ORDER BY id") == [(id_,) for id_ in kept]


async def test_an_old_draft_is_emptied_and_its_version_stays_so_that_old_buttons_are_known(
    store: Store, clock: TurnedClock, schedule: Schedule
) -> None:
    await hear(store, 1, 2)
    clock.turn(29 * DAY)
    await schedule.forget()
    assert await store.look("SELECT step, version FROM dialogues") == [("open", 2)]
    clock.turn(2 * DAY)
    await schedule.forget()
    assert await store.look("SELECT step, draft, version FROM dialogues") == [("", "{}", 2)]


async def test_expired_ways_in_and_old_guesses_go_and_used_invitations_stay(
    store: Store, clock: TurnedClock, schedule: Schedule
) -> None:
    await hear(store, 1)
    ((person,),) = await store.look("SELECT id FROM people WHERE id > 0")
    now = clock.now()
    await add(store, tables.invitations, hash="used", role="admin", created_at=now, expires_at=now, used_at=now)
    await add(store, tables.invitations, hash="unused", role="admin", created_at=now, expires_at=now)
    await add(store, tables.link_codes, hash="x", person_id=person, expires_at=now)
    await add(store, tables.guesses, person_id=person, kind="code", at=now)
    clock.turn(9 * DAY)
    await schedule.forget()
    assert await store.look("SELECT hash FROM invitations") == [("used",)]
    assert (await count(store, "link_codes"), await count(store, "guesses")) == (0, 0)


async def test_what_a_restore_held_is_handed_to_the_senders_only_when_the_operator_says_so(
    settings: Settings, clock: TurnedClock, tmp_path: Path
) -> None:
    store = await Store.open(settings.database_url, clock)
    await hear(store, 1, 2, 3)
    await store.close()
    make_backup(settings, SystemClock(), tmp_path / "b.tar.gz")
    restore(settings, tmp_path / "b.tar.gz")
    store = await Store.open(settings.database_url, clock)
    told: list[Said] = []
    store.told.append(lambda said, toasts: told.extend(said))
    schedule = Schedule(store, clock, a_city())
    await schedule.release()
    assert told == []
    release(settings, "send")
    await schedule.release()
    await schedule.release()
    assert len(told) == 3
    assert await store.look("SELECT DISTINCT state FROM outbox") == [("waiting",)]
    assert await store.get("release") == "done"
    await store.close()


async def test_one_row_that_cannot_be_read_keeps_no_other_released_message_back(
    settings: Settings, clock: TurnedClock
) -> None:
    store = await Store.open(settings.database_url, clock)
    await hear(store, 1, 2, 3)
    with closing(connect(settings.database_url)) as connection:
        connection.execute("UPDATE outbox SET state = 'held'")
        connection.execute("UPDATE outbox SET screen = '{' WHERE id = (SELECT min(id) FROM outbox)")
        connection.commit()
    told: list[Said] = []
    store.told.append(lambda said, toasts: told.extend(said))
    release(settings, "send")
    await Schedule(store, clock, a_city()).release()
    assert len(told) == 2
    await store.close()


async def test_a_released_message_reaches_the_citizen_while_the_service_runs(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    heard = len(reporter.inbox)
    await town.app.store.at_once()
    async with town.app.store.unit() as unit:
        work = await unit.work()
        row = (await town.rows("SELECT channel, account_id, chat_id, priority, screen FROM outbox LIMIT 1"))[0]
        names = ("channel", "account_id", "chat_id", "priority", "screen")
        work.add(tables.outbox, state="held", created_at=0, **dict(zip(names, row, strict=True)))
        unit.merge(work)
        await town.app.store.commit(unit)
    release(town.settings, "send")
    await reporter.answer()
    assert len(reporter.inbox) == heard + 1


class Wakings:
    """APScheduler's place: keeps what it is asked to wake."""

    def __init__(self) -> None:
        self.asked: list[tuple[Callable[[], Awaitable[None]], str]] = []

    def add_job(self, job: Callable[[], Awaitable[None]], trigger: str, **_when: object) -> None:
        self.asked.append((job, trigger))


async def test_a_jump_of_the_clock_by_a_year_leaves_no_missed_times_to_count(schedule: Schedule) -> None:
    wakings = Wakings()
    schedule._wake(wakings, schedule.release, 0, 5_000)
    await wakings.asked[0][0]()
    assert [trigger for _, trigger in wakings.asked] == ["date", "date"]


async def test_admins_are_told_when_the_clock_jumps_by_a_year(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    await town.app.schedule.due()
    town.clock.turn(366 * DAY)
    await town.app.schedule.due()
    await town.app.schedule.due()
    told = await admin.sees("ساعت")
    assert "۳۶۶" in told.text
    await settled(town)
    assert sum("۳۶۶" in message.text for message in admin.inbox) == 1
