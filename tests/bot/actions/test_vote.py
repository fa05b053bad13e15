"""Supporters vote on work that is said to be done; where the reporter is silent their majority decides."""

from __future__ import annotations

import pytest

from bot.actions.support import vote
from bot.domain.case import State
from bot.errors import NotFound, Refused
from tests.house import House
from tests.moves import case_of, done, moves
from tests.shared import heard, joins, runs, votes

REPORTER, FIRST, SECOND, THIRD, OFFICER, MANAGER, DISPATCHER, STRANGER = range(101, 109)


async def said_to_be_done(home: House, *supporters: int) -> int:
    await home.gives(DISPATCHER, "dispatcher")
    await home.gives(OFFICER, "officer", "civil")
    await home.gives(MANAGER, "manager", "civil")
    filed = await home.files(REPORTER, "pothole")
    await joins(home, filed.id, *supporters)
    await done(home, OFFICER, filed.id)
    return filed.id


async def test_supporters_are_asked_and_hear_no_word_of_the_reporter(home: House) -> None:
    await said_to_be_done(home, FIRST)
    told = "\n".join(await heard(home, FIRST))
    assert "گزارشی که شما هم داشتید" in told
    assert "لامپ تیر عوض شد" in told
    assert "چراغ" not in told


@pytest.mark.parametrize(
    ("answers", "state", "how"),
    [
        (("solved", "solved", "unsolved"), State.CLOSED, "voted"),
        (("half", "unsolved", "solved"), State.REOPENED, ""),
        (("solved", "half", "cannot-tell"), State.CLOSED, "no-answer"),
        (("", "", ""), State.CLOSED, "no-answer"),
        (("", "", "solved"), State.CLOSED, "voted"),
    ],
)
async def test_in_the_reporters_silence_the_majority_decides(
    home: House, answers: tuple[str, ...], state: State, how: str
) -> None:
    case_id = await said_to_be_done(home, FIRST, SECOND, THIRD)
    for user, answer in zip((FIRST, SECOND, THIRD), answers, strict=True):
        if answer:
            await votes(home, user, case_id, answer)
    assert (await case_of(home, case_id)).state == State.DONE
    await runs(home, "silence", case_id)
    after = await case_of(home, case_id)
    assert (after.state, after.closed_how) == (state, how)


async def test_the_reporters_answer_counts_and_not_the_majority(home: House) -> None:
    case_id = await said_to_be_done(home, FIRST, SECOND)
    for user in (FIRST, SECOND):
        await votes(home, user, case_id, "unsolved")
    await moves(home, REPORTER, case_id, "solved")
    assert (await case_of(home, case_id)).closed_how == "agreed"


async def test_a_superior_hears_of_each_no_without_a_name_and_of_no_other_answer(home: House) -> None:
    case_id = await said_to_be_done(home, FIRST)
    before = len(await heard(home, MANAGER))
    for answer in ("solved", "half", "half", "unsolved", "cannot-tell"):
        await votes(home, FIRST, case_id, answer)
    told = (await heard(home, MANAGER))[before:]
    assert ["نیمه‌کاره" in told[0], "حل نشده" in told[1], len(told)] == [True, True, 2]
    assert not any(str(FIRST) in line for line in told)


async def test_a_vote_is_one_a_person_and_may_be_changed(home: House) -> None:
    case_id = await said_to_be_done(home, FIRST)
    for answer in ("unsolved", "solved"):
        await votes(home, FIRST, case_id, answer)
    assert await home.rows("SELECT vote FROM supporters") == [("solved",)]


async def test_what_was_said_of_earlier_work_is_not_said_of_the_next(home: House) -> None:
    case_id = await said_to_be_done(home, FIRST)
    await votes(home, FIRST, case_id, "solved")
    await moves(home, REPORTER, case_id, "half")
    await done(home, OFFICER, case_id)
    assert await home.rows("SELECT vote FROM supporters") == [("",)]
    await runs(home, "silence", case_id)
    assert (await case_of(home, case_id)).closed_how == "no-answer"


async def test_only_a_supporter_votes_and_only_on_the_question_that_is_open(home: House) -> None:
    case_id = await said_to_be_done(home, FIRST)
    version = (await case_of(home, case_id)).version
    for user in (STRANGER, REPORTER, DISPATCHER):
        async with home.work(user) as work:
            with pytest.raises(NotFound):
                await vote(work, home.city, case_id, "solved", version)
    for answer, drawn in (("solved", version - 1), ("closed", version)):
        async with home.work(FIRST) as work:
            with pytest.raises(Refused):
                await vote(work, home.city, case_id, answer, drawn)
    await moves(home, REPORTER, case_id, "solved")
    with pytest.raises(Refused):
        await votes(home, FIRST, case_id, "unsolved")
    assert await home.rows("SELECT vote FROM supporters") == [("",)]


async def test_the_doer_is_not_the_judge_as_a_supporter_either(home: House) -> None:
    case_id = await said_to_be_done(home, OFFICER)
    with pytest.raises(Refused):
        await votes(home, OFFICER, case_id, "solved")
