"""Corners that once went wrong: each named after what happened to whom."""

from __future__ import annotations

import pytest

from bot.actions.attach import FileSent
from bot.actions.move import move_case
from bot.actions.pushes import show_late
from bot.actions.similar import similar_to
from bot.actions.split import split_case
from bot.actions.withdraw import withdraw_case
from bot.domain.case import State, Who
from bot.domain.draft import Draft, Place
from bot.errors import NotFound, Refused
from bot.store import cases, tables
from bot.store.near import SIMILAR
from tests.house import LAMP, STAFF, House
from tests.moves import case_of, done, loses, moves, refusal, takes_back, turns
from tests.shared import joins

REPORTER, SUPPORTER, DISPATCHER, OTHER, INSPECTOR, OFFICER = range(301, 307)
WHY = "مدرکی پیدا نشد و شاهدی نبود."


async def test_a_report_that_became_confidential_is_handed_to_no_supporter(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    await home.gives(INSPECTOR, "officer", "inspection")
    filed = await home.files(REPORTER, words="کارمند رشوه خواست")
    reporter = (await case_of(home, filed.id)).person_id
    await joins(home, filed.id, SUPPORTER)
    case = await moves(home, DISPATCHER, filed.id, "recategorise", category=STAFF)
    async with home.work(REPORTER) as work:
        await withdraw_case(work, home.city, filed.id, case.version)
    after = await case_of(home, filed.id)
    assert (after.person_id, after.state) == (reporter, State.CANCELLED)


async def test_whoever_lost_the_role_within_the_minute_takes_nothing_back(home: House) -> None:
    await home.gives(OFFICER, "officer", "civil")
    await home.gives(DISPATCHER, "dispatcher")
    case = (await home.files(REPORTER, "pothole")).id
    await moves(home, OFFICER, case, "accept")
    await loses(home, OFFICER)
    with pytest.raises(NotFound):
        await takes_back(home, OFFICER, case)
    assert (await case_of(home, case)).state == State.IN_PROGRESS


async def test_a_late_picture_goes_with_the_done_that_is_taken_back(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    filed = await home.files(REPORTER)
    await done(home, DISPATCHER, filed.id)
    async with home.work(DISPATCHER) as work:
        case = await work.first(cases.BY_ID, case_id=filed.id)
        assert case is not None
        await show_late(work, home.city, case, FileSent("photo", "late"), "telegram:1")
    await takes_back(home, DISPATCHER, filed.id)
    assert await home.rows("SELECT case_id, after FROM attachments") == [(None, 0)]
    waiting = "SELECT count(*) FROM outbox WHERE state = 'waiting' AND collapse LIKE 'move-%-late-%'"
    assert await home.rows(waiting) == [(0,)]


async def test_two_who_split_one_report_at_once_get_one_success(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    filed = await home.files(REPORTER)
    before = await case_of(home, filed.id)
    async with home.work(DISPATCHER) as work:
        await split_case(work, home.city, before, ["چراغ کوچه خاموش است", "جوی آب گرفته است"])
    assert (await case_of(home, filed.id)).version > before.version


async def test_the_parts_of_one_report_do_not_ask_why_it_comes_back(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    for user in range(400, 400 + home.city.pack.limits.recurring_count - 1):
        filed = await home.files(user)
    async with home.work(DISPATCHER) as work:
        case = await work.first(cases.BY_ID, case_id=filed.id)
        assert case is not None
        await split_case(work, home.city, case, ["چراغ کوچه خاموش است"] * 3)
    assert await home.rows("SELECT count(*) FROM cases WHERE channel = 'place'") == [(0,)]


async def test_a_confidential_refusal_that_nobody_else_could_review_is_not_left_under_review(home: House) -> None:
    await home.gives(INSPECTOR, "officer", "inspection")
    await home.gives(DISPATCHER, "admin")
    filed = await home.files(REPORTER, STAFF)
    await moves(home, INSPECTOR, filed.id, "refuse", words=WHY, reason="other")
    assert await refusal(home, REPORTER, filed.id, "contest") == "review-nobody"
    await home.gives(OTHER, "officer", "inspection")
    assert await refusal(home, REPORTER, filed.id, "contest") == ""


async def test_a_pin_at_a_pole_looks_at_no_square(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft(((0, "چراغ"),), place=Place(89.9999999, 10.0, far=True, sure=True), category=LAMP)
    async with home.work(REPORTER) as work:
        asked: list[object] = []
        real = work.query

        async def query(statement: object, **params: object) -> list[object]:
            asked.append(statement)
            return await real(statement, **params)  # type: ignore[arg-type]

        monkeypatch.setattr(work, "query", query)
        assert await similar_to(work, home.city, draft) == []
    assert SIMILAR not in asked


async def test_a_body_that_the_pack_has_no_more_can_still_be_passed_on_to(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    filed = await home.files(REPORTER)
    await moves(home, DISPATCHER, filed.id, "external", org="power")
    async with home.work() as work:
        work.set(tables.cases, filed.id, org="gone")
    await moves(home, DISPATCHER, filed.id, "pass-on", reference="۱۲۳")
    assert (await case_of(home, filed.id)).reference == "۱۲۳"


async def test_the_end_of_a_claim_makes_no_card_stale(home: House) -> None:
    await home.gives(OFFICER, "officer", "civil")
    case = (await home.files(REPORTER, "pothole")).id
    claimed = await moves(home, OFFICER, case, "claim")
    home.clock.turn(31 * 60_000)
    await turns(home, 0)
    after = await case_of(home, case)
    assert (after.claimed_by, after.version) == (None, claimed.version)


async def test_no_arrow_that_needs_a_right_is_made_without_one(home: House) -> None:
    filed = await home.files(REPORTER)
    async with home.work(REPORTER) as work:
        case = await work.first(cases.BY_ID, case_id=filed.id)
        assert case is not None
        with pytest.raises(Refused):
            await move_case(work, home.city, frozenset({Who.REPORTER}), case, "accept")
