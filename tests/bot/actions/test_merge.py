"""Reports that become one, and one that becomes several: nobody is lost on the way, and each is told once."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.actions.merge import list_near, merge_case, merge_near
from bot.actions.split import split_case
from bot.domain.case import State
from bot.domain.draft import Place
from bot.errors import Refused
from bot.store import cases, tables
from tests.house import LAMP, STAFF, House, house
from tests.moves import case_of, done, moves
from tests.shared import heard, joins, set_case

FIRST, SECOND, THIRD, FOURTH, DISPATCHER, OFFICER, COLLEAGUE, INSPECTOR = range(101, 109)
TOLD = "چون یک مشکل است"


def at(metres: float) -> Place:
    return Place(35.1667 + metres / 111_195, 47.8047, area="center")


async def merges(home: House, user: int, case_id: int, into_id: int) -> int:
    async with home.work(user) as work:
        [case], [into] = [await work.query(cases.BY_ID, case_id=each) for each in (case_id, into_id)]
        return (await merge_case(work, home.city, case, into))[1]


async def why(home: House, user: int, case_id: int, into_id: int) -> str:
    before = await home.rows("SELECT * FROM cases")
    with pytest.raises(Refused) as refused:
        await merges(home, user, case_id, into_id)
    assert await home.rows("SELECT * FROM cases") == before
    reason: Any = refused.value.args_.get("reason", lambda _lang: refused.value.text)
    return str(reason("en"))


async def shared_by(home: House, case_id: int) -> set[int]:
    sql = (
        "SELECT a.user_id FROM supporters s JOIN accounts a ON a.person_id = s.person_id"
        " WHERE s.case_id = ? AND s.left_at = 0"
    )
    rows = [user for (user,) in await home.rows(sql, case_id)]
    [(count,)] = await home.rows("SELECT supporters FROM cases WHERE id = ?", case_id)
    assert count == len(rows) == len(set(rows))
    return set(rows)


async def test_everybody_of_the_one_shares_the_other_and_is_told_once(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    old, new = await home.files(FIRST), await home.files(SECOND)
    await joins(home, old.id, SECOND, THIRD)
    await joins(home, new.id, THIRD, FOURTH)
    assert await merges(home, DISPATCHER, old.id, new.id) == 3
    assert await shared_by(home, new.id) == {FIRST, THIRD, FOURTH}
    assert await shared_by(home, old.id) == set()
    after = await case_of(home, old.id)
    assert (after.state, after.merged_into, after.holder_id) == (State.MERGED, new.id, None)
    told = {user: sum(TOLD in line for line in await heard(home, user)) for user in (FIRST, SECOND, THIRD, FOURTH)}
    assert told == {FIRST: 1, SECOND: 1, THIRD: 1, FOURTH: 0}
    events = await home.rows("SELECT kind, data FROM events WHERE kind IN ('merged', 'gathered') ORDER BY kind")
    assert [orjson.loads(data)["code"] for _, data in events] == [old.code, new.code]


async def test_what_cannot_become_one_says_why_and_stays(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    await home.gives(OFFICER, "officer", "civil")
    await home.gives(INSPECTOR, "officer", "inspection")
    old, new, gone = [await home.files(FIRST) for _ in range(3)]
    private, other = await home.files(SECOND, STAFF), await home.files(SECOND, STAFF)
    pothole = await home.files(THIRD, "pothole")
    await set_case(home, gone.id, state=State.CLOSED)
    assert await why(home, DISPATCHER, old.id, old.id) == "this is the same report"
    assert await why(home, DISPATCHER, old.id, gone.id) == "one of the two is closed"
    assert await why(home, DISPATCHER, gone.id, old.id) == "one of the two is closed"
    assert await why(home, DISPATCHER, old.id, private.id) == "there is no report with this code"
    assert await why(home, INSPECTOR, private.id, other.id) == "one of the two is confidential"
    assert await why(home, OFFICER, pothole.id, new.id) == "there is no report with this code"
    await done(home, OFFICER, pothole.id)
    assert await why(home, OFFICER, pothole.id, pothole.id) == "this is the same report"
    assert await why(home, DISPATCHER, pothole.id, old.id) == "desk-not-now"


async def test_what_a_colleague_has_open_is_theirs(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    await home.gives(COLLEAGUE, "dispatcher")
    old, new = await home.files(FIRST, place=at(0)), await home.files(SECOND, place=at(10))
    await moves(home, COLLEAGUE, old.id, "claim")
    assert await why(home, DISPATCHER, old.id, new.id) == "desk-claimed-by"
    async with home.work(DISPATCHER) as work:
        [into] = await work.query(cases.BY_ID, case_id=new.id)
        assert await list_near(work, home.city, into) == []
        with pytest.raises(Refused):
            await merge_near(work, home.city, into)


async def test_a_colleague_whose_work_goes_is_told(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    await home.gives(OFFICER, "officer", "civil")
    old, new = await home.files(FIRST, "pothole"), await home.files(SECOND, "pothole")
    await moves(home, OFFICER, old.id, "accept")
    await merges(home, DISPATCHER, old.id, new.id)
    assert "دست شما بود" in (await heard(home, OFFICER))[-1]


async def test_who_comes_to_work_that_is_said_to_be_done_is_asked_too(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    old, new = await home.files(FIRST), await home.files(SECOND)
    await done(home, DISPATCHER, new.id)
    await merges(home, DISPATCHER, old.id, new.id)
    assert "اگر حل نشده، بگویید" in (await heard(home, FIRST))[-1]


async def test_all_near_ones_come_with_one_act(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    into = await home.files(FIRST, place=at(0))
    near = [await home.files(user, place=at(10 * number)) for number, user in enumerate((SECOND, THIRD, THIRD), 1)]
    await home.files(FOURTH, place=at(70))
    await home.files(FOURTH, "pothole", place=at(5))
    async with home.work(DISPATCHER) as work:
        [case] = await work.query(cases.BY_ID, case_id=into.id)
        assert [round(metres) for _, metres in await list_near(work, home.city, case)] == [10, 20, 30]
        after, told = await merge_near(work, home.city, case)
    assert (told, after.supporters) == (2, 2)
    assert await shared_by(home, into.id) == {SECOND, THIRD}
    assert [(await case_of(home, each.id)).merged_into for each in near] == [into.id] * 3
    [line] = [line for line in await heard(home, THIRD) if TOLD in line]
    assert line.count("،") >= 1  # both codes of theirs, in one message


async def test_whoever_left_the_one_comes_back_with_the_other(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    old, new = await home.files(FIRST), await home.files(SECOND)
    await joins(home, old.id, THIRD)
    await joins(home, new.id, THIRD)
    [(row,)] = await home.rows("SELECT id FROM supporters WHERE case_id = ?", new.id)
    async with home.work() as work:
        work.set(tables.supporters, row, left_at=1)
        work.set(tables.cases, new.id, supporters=0)
    await merges(home, DISPATCHER, old.id, new.id)
    assert await shared_by(home, new.id) == {FIRST, THIRD}


_people = st.sampled_from([FIRST, SECOND, THIRD, FOURTH])
_reports = st.lists(st.tuples(_people, st.sets(_people)), min_size=2, max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reports=_reports, merged=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=5))
async def test_whoever_is_merged_with_whom_nobody_is_lost_or_counted_twice(
    tmp_path_factory: pytest.TempPathFactory, reports: list[tuple[int, set[int]]], merged: list[tuple[int, int]]
) -> None:
    async with house(tmp_path_factory.mktemp("merge")) as home:
        await home.gives(DISPATCHER, "dispatcher")
        made, with_it = [], []
        for reporter, others in reports:
            filed = await home.files(reporter, LAMP)
            await joins(home, filed.id, *(others - {reporter}))
            made.append(filed.id)
            with_it.append((reporter, others | {reporter}))
        for one, other in merged:
            old, new = one % len(made), other % len(made)
            states = [(await case_of(home, made[each])).state for each in (old, new)]
            if old == new or State.MERGED in states:
                continue
            await merges(home, DISPATCHER, made[old], made[new])
            with_it[new] = (with_it[new][0], with_it[new][1] | with_it[old][1])
            with_it[old] = (with_it[old][0], set())
        for case_id, (reporter, people) in zip(made, with_it, strict=True):
            assert await shared_by(home, case_id) == people - {reporter}


async def splits(home: House, user: int, case_id: int, *parts: str) -> list[str]:
    async with home.work(user) as work:
        [case] = await work.query(cases.BY_ID, case_id=case_id)
        return (await split_case(work, home.city, case, parts))[1]


PARTS = ("چراغ کوچه خاموش است", "چاله بزرگ وسط خیابان است", "زباله‌ها را نبرده‌اند")


async def test_each_further_problem_gets_its_own_code_with_the_same_people_and_place(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    await home.gives(OFFICER, "officer", "civil")
    filed = await home.files(FIRST, words="چراغ و چاله و زباله")
    await joins(home, filed.id, SECOND)
    codes = await splits(home, DISPATCHER, filed.id, *PARTS)
    rows = await home.rows(
        "SELECT code, words, category, lat, state, person_id, public FROM cases WHERE id <> ? ORDER BY id", filed.id
    )
    before = await case_of(home, filed.id)
    assert [row[:2] for row in rows] == [(codes[0], PARTS[1]), (codes[1], PARTS[2])]
    assert rows[0][2] == "pothole"
    assert {row[3:] for row in rows} == {(before.lat, State.RECEIVED, before.person_id, 0)}
    assert (before.words, before.code, before.state) == ("چراغ و چاله و زباله", filed.code, State.RECEIVED)
    assert await home.rows("SELECT words FROM remarks") == [(PARTS[0],)]
    for (case_id,) in await home.rows("SELECT id FROM cases"):
        assert await shared_by(home, case_id) == {SECOND}
    for user in (FIRST, SECOND):
        told = [line for line in await heard(home, user) if "جدا شد" in line or "کدهای تازه" in line]
        assert len(told) == 1
        assert "چاله" not in told[0]
    assert any("چاله" in line for line in await heard(home, OFFICER))


async def test_what_is_no_splitting_is_refused_and_nothing_new_is_made(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    await home.gives(COLLEAGUE, "dispatcher")
    await home.gives(INSPECTOR, "officer", "inspection")
    filed, private = await home.files(FIRST), await home.files(FIRST, STAFF)
    for parts in ((), PARTS[:1], ("؟", "دو"), ("یک",) * 7):
        with pytest.raises(Refused):
            await splits(home, DISPATCHER, filed.id, *parts)
    with pytest.raises(Refused):
        await splits(home, INSPECTOR, private.id, *PARTS)
    await moves(home, COLLEAGUE, filed.id, "claim")
    with pytest.raises(Refused):
        await splits(home, DISPATCHER, filed.id, *PARTS)
    await done(home, COLLEAGUE, filed.id)
    with pytest.raises(Refused):
        await splits(home, COLLEAGUE, filed.id, *PARTS)
    assert await home.rows("SELECT count(*) FROM cases") == [(2,)]


async def test_words_that_name_no_topic_go_to_the_centre_and_none_to_inspection(home: House) -> None:
    await home.gives(DISPATCHER, "dispatcher")
    await home.gives(INSPECTOR, "officer", "inspection")
    filed = await home.files(FIRST)
    await splits(home, DISPATCHER, filed.id, "یک چیز", "الف ب پ ت", "کارمند بد برخورد کرد و رشوه خواست")
    rows = await home.rows("SELECT category, private FROM cases WHERE id <> ? ORDER BY id", filed.id)
    assert rows[0] == ("other", 0)
    assert rows[1][1] == 0
