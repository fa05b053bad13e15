"""What is added to a case: by its reporter, within limits, and the staff hears of it once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.actions.add import MEGABYTE, Addition, add_to_case
from bot.actions.attach import FileSent
from bot.actions.withdraw import withdraw_case
from bot.clock import DAY
from bot.errors import NotFound, Refused
from bot.store import cases
from tests.house import House

REPORTER, STRANGER, DISPATCHER = 101, 102, 103
PHOTO = FileSent("photo", "file")


async def adds(home: House, user: int, case_id: int, **addition: Any) -> None:
    async with home.work(user) as work:
        [case] = await work.query(cases.BY_ID, case_id=case_id)
        await add_to_case(work, home.city, case, Addition(**addition))


async def test_words_and_a_photo_of_one_message_stay_together(home: House) -> None:
    filed = await home.files(REPORTER)
    await adds(home, REPORTER, filed.id, words="از نزدیک", file=PHOTO, bot="telegram:1")
    found = await home.rows(
        "SELECT words, kind, a.case_id FROM additions JOIN attachments a ON addition_id = additions.id"
    )
    assert found == [("از نزدیک", "photo", filed.id)]


async def test_only_the_reporter_adds(home: House) -> None:
    filed = await home.files(REPORTER)
    with pytest.raises(NotFound):
        await adds(home, STRANGER, filed.id, words="من هم")
    assert await home.rows("SELECT count(*) FROM additions") == [(0,)]


async def test_a_withdrawn_report_takes_nothing(home: House) -> None:
    filed = await home.files(REPORTER)
    async with home.work(REPORTER) as work:
        await withdraw_case(work, home.city, filed.id, 1)
    with pytest.raises(Refused, match="case-final"):
        await adds(home, REPORTER, filed.id, words="باز هم")


async def test_a_file_above_the_limit_is_refused_before_it_is_fetched(home: House) -> None:
    filed = await home.files(REPORTER)
    with pytest.raises(Refused, match="report-photo-big"):
        await adds(home, REPORTER, filed.id, file=FileSent("photo", "f", 20 * MEGABYTE + 1))


async def test_a_day_takes_five_more_photos_and_the_next_day_five_again(home: House) -> None:
    filed = await home.files(REPORTER)
    for _ in range(5):
        await adds(home, REPORTER, filed.id, file=PHOTO)
    with pytest.raises(Refused, match="report-photo-many"):
        await adds(home, REPORTER, filed.id, file=PHOTO)
    home.clock.turn(DAY + 1)
    await adds(home, REPORTER, filed.id, file=PHOTO)


async def test_a_second_place_does_not_move_the_case(home: House) -> None:
    filed = await home.files(REPORTER)
    await adds(home, REPORTER, filed.id, pin=(35.2, 47.9, 0.0))
    assert await home.rows("SELECT lat, version FROM cases") == [(35.1667, 1)]
    assert await home.rows("SELECT words FROM additions") == [("35.20000, 47.90000",)]


async def test_a_place_outside_the_world_is_refused(home: House) -> None:
    filed = await home.files(REPORTER, place=None)
    with pytest.raises(Refused, match="report-place-bad"):
        await adds(home, REPORTER, filed.id, pin=(95.0, 47.9, 0.0))


async def test_pieces_that_come_together_make_one_message_to_the_dispatcher(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    filed = await home.files(REPORTER)
    for number in range(3):
        await adds(home, REPORTER, filed.id, words=f"{number}")
    told = "SELECT state, count(*) FROM outbox WHERE collapse = ? GROUP BY state ORDER BY state"
    assert await home.rows(told, f"added-{filed.id}") == [("collapsed", 2), ("waiting", 1)]


async def test_withdrawing_twice_says_that_it_was_done_before(home: House) -> None:
    filed = await home.files(REPORTER)
    async with home.work(REPORTER) as work:
        await withdraw_case(work, home.city, filed.id, 1)
    async with home.work(REPORTER) as work:
        with pytest.raises(Refused, match="err-already"):
            await withdraw_case(work, home.city, filed.id, 1)
    assert await home.rows("SELECT kind, to_state FROM events ORDER BY id") == [
        ("filed", "received"),
        ("withdrawn", "cancelled"),
    ]
