"""Suggestions in a house: where they stand, where they don't, and who may do what with them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.actions.erase import erase
from bot.actions.merge import check_pair
from bot.actions.people import revoke
from bot.actions.suggest import agree, disagree, suggest
from bot.clock import DAY
from bot.domain.case import State
from bot.domain.draft import Draft, Place
from bot.domain.rights import CENTRE
from bot.errors import NotFound, Refused
from bot.store import cases, tables
from bot.store.cases import CaseRow
from bot.store.near import nearest
from bot.store.standing import OPEN_CASES
from bot.store.suggestions import SHOWN_COUNT, SHOWN_OLDER, SuggestionRow
from tests.house import House, a_city
from tests.moves import SENTENCE, case_of, loses, moves, refusal, takes_back, told

AUTHOR, FRIEND, STRANGER, CENTRE137, GARDENER, HEAD, SECOND, ADMIN = range(101, 109)
IDEA = "نیمکت‌های سایه‌دار در بوستان بگذارید"
SPOT = Place(35.1667, 47.8047, area="center")


async def suggests(home: House, user: int = AUTHOR, *, public: bool = True, **draft: Any) -> CaseRow:
    made = Draft(((0, draft.pop("words", IDEA)),), public=public, **draft)
    async with home.work(user) as work:
        case = await suggest(work, home.city, "citizen", made)
    return await case_of(home, case.id)


async def published(home: House) -> CaseRow:
    case = await suggests(home)
    await moves(home, CENTRE137, case.id, "publish")
    return await case_of(home, case.id)


async def shown(home: House) -> list[SuggestionRow]:
    async with home.work() as work:
        rows = await work.query(SHOWN_OLDER, key=2**62, most=9)
        assert (await work.query(SHOWN_COUNT, key=0))[0].n == len(rows)
        return rows


@pytest.fixture(autouse=True)
async def _staff(home: House) -> None:
    await home.gives(CENTRE137, "dispatcher")
    await home.gives(GARDENER, "officer", "green")
    await home.gives(HEAD, "manager", "green")


async def test_it_comes_to_the_centre_without_a_target_time(home: House) -> None:
    case = await suggests(home, place=SPOT)
    assert (case.desk, case.department, case.state, case.target_at) == (CENTRE, CENTRE, "received", None)
    assert (case.kind, case.category, case.standing) == ("suggestion", "suggestion", "citizen")
    assert await home.rows("SELECT job FROM timers") == []
    assert IDEA in (await told(home, CENTRE137))[-1]


async def test_it_is_similar_to_nothing_and_no_work_for_the_street(home: House) -> None:
    case = await suggests(home, place=SPOT)
    report = (await home.files(AUTHOR)).id
    async with home.work() as work:
        found = await nearest(work, (35.1667, 47.8047), 9)
    assert [each.case.id for each in found] == [report]
    pair = (await case_of(home, report), await case_of(home, case.id))
    async with home.work(CENTRE137) as work:
        for one, other in (pair, pair[::-1]):
            with pytest.raises(Refused, match="desk-merge-bad"):
                check_pair(work, home.city, one, other)


async def test_it_is_counted_among_no_reports(home: House) -> None:
    case = await suggests(home)
    filed = await home.files(AUTHOR)
    async with home.work(AUTHOR) as work:
        me = work.person.id
        assert (await work.query(OPEN_CASES, person_id=me))[0].n == 1
        assert (await work.query(cases.EARLIER, person_id=me, case_id=filed.id))[0].n == 0
        mine = await work.query(cases.MINE_OLDER, person_id=me, key=2**62, most=9)
    assert {row.id for row in mine} == {case.id, filed.id}


async def test_a_refusal_is_answered_by_another_and_stays_when_it_is_kept(home: House) -> None:
    case = await suggests(home)
    await moves(home, CENTRE137, case.id, "route", department="green")
    await moves(home, GARDENER, case.id, "decline", words=SENTENCE)
    assert await refusal(home, FRIEND, case.id, "contest") == "err-not-allowed"
    await moves(home, AUTHOR, case.id, "contest")
    assert await refusal(home, GARDENER, case.id, "keep", words=SENTENCE) == "desk-review-own"
    assert await refusal(home, HEAD, case.id, "re-plan", words="نه") == "desk-reason-short"
    await moves(home, HEAD, case.id, "keep", words=SENTENCE)
    assert await refusal(home, AUTHOR, case.id, "contest") == "review-once"


async def test_after_the_review_asked_for_more_study_it_is_open_again(home: House) -> None:
    case = await suggests(home)
    await moves(home, CENTRE137, case.id, "route", department="green")
    await moves(home, GARDENER, case.id, "decline", words=SENTENCE)
    await moves(home, AUTHOR, case.id, "contest")
    after = await moves(home, HEAD, case.id, "re-study", words=SENTENCE)
    assert (after.state, after.desk, after.holder_id) == (State.REOPENED, "green", None)
    assert (await moves(home, GARDENER, case.id, "adopt", words=SENTENCE)).closed_how == "accepted"
    assert await refusal(home, AUTHOR, case.id, "reopen") == "ask-already"


async def test_contesting_comes_too_late_after_the_packs_days(home: House) -> None:
    case = await suggests(home)
    await moves(home, CENTRE137, case.id, "decline", words=SENTENCE)
    home.clock.turn((home.city.pack.limits.review_days + 1) * DAY)
    assert await refusal(home, AUTHOR, case.id, "contest") == "review-late"


async def test_an_answer_is_taken_back_within_a_minute(home: House) -> None:
    case = await suggests(home)
    await moves(home, CENTRE137, case.id, "adopt", words=SENTENCE)
    after = await takes_back(home, CENTRE137, case.id)
    assert (after.state, after.closed_how, after.ended_at, after.doer_id) == ("received", "", 0, None)


async def test_whoever_goes_leaves_what_they_study_to_their_desk(home: House) -> None:
    await home.gives(SECOND, "officer", "green")
    await home.gives(ADMIN, "admin")
    case = await suggests(home)
    await moves(home, CENTRE137, case.id, "route", department="green")
    await moves(home, GARDENER, case.id, "study", words=SENTENCE)
    [(role,)] = await home.rows(
        "SELECT r.id FROM roles r JOIN accounts a ON a.person_id = r.person_id WHERE a.user_id = ?", GARDENER
    )
    async with home.work(ADMIN) as work:
        await revoke(work, home.city, role)
    after = await case_of(home, case.id)
    assert (after.state, after.holder_id, after.desk) == ("referred", None, "green")


async def test_only_the_centre_lets_everybody_read_it(home: House) -> None:
    case = await suggests(home)
    await moves(home, CENTRE137, case.id, "route", department="green")
    assert await refusal(home, GARDENER, case.id, "publish") == "desk-only-centre"
    assert await shown(home) == []
    await moves(home, CENTRE137, case.id, "publish")
    assert [row.words for row in await shown(home)] == [IDEA]
    await moves(home, CENTRE137, case.id, "keep-private", words=SENTENCE)
    assert await shown(home) == []


async def test_without_consent_it_is_never_published(home: House) -> None:
    case = await suggests(home, public=False)
    assert await refusal(home, CENTRE137, case.id, "publish") == "err-already"


@pytest.mark.parametrize("end", ["withdraw", "hide-words", "erase"])
async def test_what_is_gone_is_read_by_nobody(home: House, end: str) -> None:
    case = await published(home)
    if end == "erase":
        async with home.work(AUTHOR) as work:
            await erase(work, home.city)
    else:
        await moves(home, AUTHOR if end == "withdraw" else CENTRE137, case.id, end)
    assert await shown(home) == []
    async with home.work(FRIEND) as work:
        with pytest.raises(NotFound):
            await agree(work, home.city, case.id)


async def test_people_agree_once_and_hear_the_answer_without_its_reason(home: House) -> None:
    case = await published(home)
    async with home.work(FRIEND) as work:
        assert (await agree(work, home.city, case.id)).supporters == 1
    async with home.work(FRIEND) as work:
        with pytest.raises(Refused, match="suggest-agreed"):
            await agree(work, home.city, case.id)
        assert await work.query(cases.MINE_OLDER, person_id=work.person.id, key=2**62, most=9) == []
    await moves(home, CENTRE137, case.id, "plan", words=SENTENCE)
    assert SENTENCE in (await told(home, AUTHOR))[-1]
    assert SENTENCE not in "".join(await told(home, FRIEND))
    assert home.city.texts.line("fa", "suggest-status-planned") in (await told(home, FRIEND))[-1]
    async with home.work(STRANGER) as work:
        with pytest.raises(Refused, match="suggest-answered"):
            await agree(work, home.city, case.id)


async def test_who_agrees_no_more_hears_no_more(home: House) -> None:
    case = await published(home)
    async with home.work(FRIEND) as work:
        await agree(work, home.city, case.id)
    async with home.work(FRIEND) as work:
        assert (await disagree(work, case.id)).supporters == 0
    async with home.work(FRIEND) as work:
        with pytest.raises(Refused, match="suggest-not-agreed"):
            await disagree(work, case.id)
    await moves(home, CENTRE137, case.id, "decline", words=SENTENCE)
    assert await told(home, FRIEND) == []


async def test_a_report_is_none_of_the_published_suggestions(home: House) -> None:
    report = (await home.files(AUTHOR, "pothole")).id
    async with home.work() as work:
        work.set(tables.cases, report, public=True, published=True)
    async with home.work(FRIEND) as work:
        with pytest.raises(NotFound):
            await agree(work, home.city, report)


async def test_somebody_blocked_suggests_and_agrees_nothing(home: House) -> None:
    case = await published(home)
    async with home.work(FRIEND) as work:
        work.set(tables.people, work.person.id, blocked_until=home.clock.now() + DAY)
    async with home.work(FRIEND) as work:
        with pytest.raises(Refused, match="suggest-blocked"):
            await agree(work, home.city, case.id)
    with pytest.raises(Refused, match="suggest-blocked"):
        await suggests(home, FRIEND)


async def test_what_was_taken_back_leaves_its_place_in_the_week(home: House) -> None:
    for _ in range(home.city.pack.limits.suggestions_per_week):
        case = await suggests(home)
    with pytest.raises(Refused, match="suggest-limit"):
        await suggests(home)
    await moves(home, AUTHOR, case.id, "withdraw")
    assert await suggests(home)


async def test_without_people_at_the_centre_it_waits_there(home: House) -> None:
    await loses(home, CENTRE137)
    assert (await suggests(home)).desk == CENTRE


def test_citizens_read_all_of_it_in_their_own_language() -> None:
    texts = a_city().texts
    read = {text for text in texts.ids("fa") if text.startswith("suggest-") and "-desk-" not in text}
    for lang in ("en", "ckb", "az"):
        assert read - texts.ids(lang) <= {"suggest-moderate"}, lang  # the centre reads Persian or English
