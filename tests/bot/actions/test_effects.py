"""What each arrow changes, and what it refuses: the odd corners of the table."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import DAY, HOUR, MINUTE
from bot.domain.case import State
from bot.errors import Refused
from bot.store import tables
from tests.house import LAMP, STAFF, House, house
from tests.moves import SENTENCE, case_of, done, moves, refusal, told, turns
from tests.town import at_work

REPORTER, CENTRE, CIVIL, COLLEAGUE, HEAD, GREEN, INSPECTOR, MAYORS, SUPPORTER = range(101, 110)
POTHOLE, TREE, WIRE, OTHER = "pothole", "tree_danger", "power_hazard", "other"
WHY = "این کار در محدوده واحد ما نیست."


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    """A city at work: the centre, two departments, one of them with a manager, inspection, the mayor's office."""
    async with house(tmp_path) as made:
        made.clock.turn(at_work().turned)
        await made.gives(CENTRE, "dispatcher")
        await made.gives(CIVIL, "officer", "civil")
        await made.gives(COLLEAGUE, "officer", "civil")
        await made.gives(HEAD, "manager", "civil")
        await made.gives(GREEN, "officer", "green")
        await made.gives(INSPECTOR, "officer", "inspection")
        await made.gives(MAYORS, "manager", "mayor_office")
        yield made


async def filed(home: House, category: str = POTHOLE) -> int:
    return (await home.files(REPORTER, category)).id


async def person(home: House, user: int) -> int:
    [(found,)] = await home.rows("SELECT person_id FROM accounts WHERE user_id = ?", user)
    number: int = found
    return number


def closing_on(home: House, *, weekday: int, after: int = 7) -> int:
    """Noon of the next day of this weekday (Monday is 0), a week ahead."""
    zone = home.city.pack.time.zone
    day = datetime.fromtimestamp(home.clock.now() / 1000, UTC).astimezone(zone).date() + timedelta(days=after)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=zone).timestamp() * 1000)


# extending


async def test_no_target_falls_on_a_holiday_on_a_friday_or_into_the_past(home: House) -> None:
    case = await filed(home)
    friday = closing_on(home, weekday=4)
    for day in (friday, home.clock.now() - HOUR):
        assert await refusal(home, CIVIL, case, "extend", date=day, words=SENTENCE) == "desk-extend-past"
    sunday = closing_on(home, weekday=6)
    assert (await moves(home, CIVIL, case, "extend", date=sunday, words=SENTENCE)).target_at == sunday


# the reporter's last word, and how long it lasts


async def test_a_refusal_is_contested_within_its_days_and_not_a_moment_later(home: House) -> None:
    first, second = await filed(home), await filed(home)
    for case in (first, second):
        await moves(home, CIVIL, case, "refuse", reason="budget", words=SENTENCE)
    ended = (await case_of(home, second)).ended_at
    home.clock.turn(home.city.pack.limits.review_days * DAY - MINUTE)
    assert (await moves(home, REPORTER, first, "contest")).state == State.CONTESTED
    home.clock.turn(ended + home.city.pack.limits.review_days * DAY - home.clock.now() + MINUTE)
    assert await refusal(home, REPORTER, second, "contest") == "review-late"


async def test_a_refusal_is_reviewed_once_and_never_by_who_decided(home: House) -> None:
    case = await filed(home)
    await moves(home, CIVIL, case, "refuse", reason="law", words=SENTENCE)
    assert (await moves(home, REPORTER, case, "contest")).desk == "civil"
    assert await refusal(home, CIVIL, case, "keep", words=SENTENCE) == "desk-review-own"
    await moves(home, HEAD, case, "keep", words=SENTENCE)
    assert await refusal(home, REPORTER, case, "contest") == "review-once"


async def test_the_refusal_of_the_only_manager_is_reviewed_by_the_centre(home: House) -> None:
    case = await filed(home)
    await moves(home, HEAD, case, "refuse", reason="law", words=SENTENCE)
    assert (await moves(home, REPORTER, case, "contest")).desk == "center137"
    changed = await moves(home, CENTRE, case, "change")
    assert (changed.state, changed.desk, changed.ended_at) == (State.REOPENED, "civil", 0)


async def test_what_has_ended_is_opened_again_within_its_days_and_not_a_moment_later(home: House) -> None:
    first, second = await filed(home), await filed(home)
    for case in (first, second):
        await done(home, CIVIL, case)
        await moves(home, REPORTER, case, "solved")
    ended = (await case_of(home, second)).ended_at
    home.clock.turn(home.city.pack.limits.reopen_days * DAY - MINUTE)
    assert (await moves(home, REPORTER, first, "reopen")).reopened == 1
    home.clock.turn(ended + home.city.pack.limits.reopen_days * DAY - home.clock.now() + MINUTE)
    assert await refusal(home, REPORTER, second, "reopen") == "case-reopen-late"


async def test_without_a_superior_what_is_not_solved_comes_to_the_centre(home: House) -> None:
    await home.gives(999, "officer", "transport")
    async with home.work() as work:
        for (role,) in await home.rows("SELECT id FROM roles WHERE department = 'mayor_office'"):
            work.set(tables.roles, role, revoked_at=1)
    case = await filed(home, "traffic_light")
    await done(home, 999, case)
    back = await moves(home, REPORTER, case, "unsolved")
    assert (back.state, back.desk, back.holder_id) == (State.REOPENED, "center137", None)


# sending on


async def test_after_two_referrals_the_centre_decides_and_that_stays(home: House) -> None:
    case = await filed(home)
    assert (await moves(home, CIVIL, case, "refer", department="green", words=WHY)).referrals == 1
    assert (await moves(home, GREEN, case, "refer", department="civil", words=WHY)).referrals == 2
    third = await moves(home, CIVIL, case, "refer", department="green", words=WHY)
    assert (third.department, third.desk, third.referrals, third.state) == ("center137", "center137", 2, "referred")
    assert await refusal(home, CENTRE, case, "refer", department="green", words=WHY) == "desk-refer-same"
    assert (await moves(home, CENTRE, case, "route", department="green")).decided
    assert await refusal(home, GREEN, case, "refer", department="civil", words=WHY) == "desk-refer-decided"
    assert (await moves(home, CENTRE, case, "route", department="civil")).decided


async def test_the_first_assignment_of_the_centre_is_no_referral_and_decides_nothing(home: House) -> None:
    case = await filed(home, OTHER)
    routed = await moves(home, CENTRE, case, "route", department="green")
    assert (routed.referrals, routed.decided, routed.desk) == (0, False, "green")


async def test_nobody_refers_to_where_it_is_nor_to_inspection(home: House) -> None:
    case = await filed(home)
    assert await refusal(home, CIVIL, case, "refer", department="civil", words=WHY) == "desk-refer-same"
    assert await refusal(home, CENTRE, case, "route", department="civil") == "desk-refer-same"
    for user, arrow in ((CIVIL, "refer"), (CENTRE, "route")):
        assert await refusal(home, user, case, arrow, department="inspection", words=WHY) == "err-old-button"


async def test_a_confidential_report_leaves_inspection_neither_for_a_unit_nor_for_another_body(home: House) -> None:
    case = await filed(home, STAFF)
    for arrow, fields in (("refer", {"department": "civil", "words": WHY}), ("external", {"org": "power"})):
        assert await refusal(home, INSPECTOR, case, arrow, **fields) == "desk-private-stays"


async def test_what_another_body_has_taken_on_is_routed_back_without_that_body(home: House) -> None:
    case = await filed(home, WIRE)
    await moves(home, CENTRE, case, "external", org="power")
    assert await refusal(home, REPORTER, case, "solved") == "err-not-allowed"
    await moves(home, CENTRE, case, "pass-on", reference="12/345")
    assert await refusal(home, CENTRE, case, "pass-on", reference="9") == "err-already"
    back = await moves(home, CENTRE, case, "route", department="civil")
    assert (back.state, back.org, back.reference) == (State.REFERRED, "", "")


# another topic


async def test_a_report_that_becomes_confidential_leaves_every_other_desk_and_list(home: House) -> None:
    case = await filed(home)
    await moves(home, CIVIL, case, "accept")
    async with home.work(SUPPORTER) as work:
        work.add(tables.supporters, case_id=case, person_id=work.person.id, created_at=1)
        work.set(tables.cases, case, supporters=1, public=True, published=True)
    secret = await moves(home, CENTRE, case, "recategorise", category=STAFF)
    assert (secret.desk, secret.holder_id, secret.state) == ("inspection", None, State.REFERRED)
    assert (secret.private, secret.public, secret.published) == (True, False, False)
    assert await refusal(home, CENTRE, case, "note", words="چرا؟") == "err-not-allowed"
    assert await told(home, SUPPORTER) == []
    await done(home, INSPECTOR, case)
    assert await told(home, SUPPORTER) == []
    assert len(await told(home, CIVIL)) == 2  # that it came, and where it is; nothing since


async def test_a_report_that_stops_being_confidential_comes_to_the_desk_of_its_topic(home: House) -> None:
    case = await filed(home, STAFF)
    await moves(home, INSPECTOR, case, "accept")
    open_ = await moves(home, INSPECTOR, case, "recategorise", category=TREE)
    assert (open_.desk, open_.private, open_.urgent, open_.holder_id) == ("green", False, True, None)
    assert open_.target_at == open_.created_at + 12 * HOUR


async def test_nothing_becomes_confidential_while_nobody_could_read_it(home: House) -> None:
    for user in (INSPECTOR, MAYORS):
        async with home.work() as work:
            for (role,) in await home.rows(
                "SELECT r.id FROM roles r JOIN accounts a ON a.person_id = r.person_id WHERE a.user_id = ?", user
            ):
                work.set(tables.roles, role, revoked_at=1)
    case = await filed(home)
    assert await refusal(home, CENTRE, case, "recategorise", category=STAFF) == "desk-private-nobody"


async def test_another_topic_of_the_same_unit_leaves_it_with_who_holds_it(home: House) -> None:
    case = await filed(home)
    held = await moves(home, CIVIL, case, "accept")
    moved = await moves(home, CIVIL, case, "recategorise", category="manhole")
    assert (moved.holder_id, moved.state, moved.urgent) == (held.holder_id, State.IN_PROGRESS, True)
    assert await refusal(home, CIVIL, case, "recategorise", category="manhole") == "desk-recategorise-same"


async def test_a_question_that_another_unit_asked_is_not_waited_for_after_the_topic_changed(home: House) -> None:
    case = await filed(home)
    await moves(home, CIVIL, case, "ask", words="کدام کوچه؟")
    moved = await moves(home, CIVIL, case, "recategorise", category=TREE)
    assert (moved.state, moved.resume, moved.paused_at, moved.desk) == (State.REFERRED, "", 0, "green")


# urgency


async def test_urgent_brings_the_target_near_and_never_further_away(home: House) -> None:
    case = await filed(home)
    usual = (await case_of(home, case)).target_at
    urgent = await moves(home, CIVIL, case, "urgent")
    assert urgent.target_at is not None
    assert home.clock.now() + 23 * HOUR < urgent.target_at <= home.clock.now() + 24 * HOUR
    assert await refusal(home, CIVIL, case, "urgent") == "err-already"
    calm = await moves(home, CIVIL, case, "not-urgent")
    assert (calm.urgent, calm.target_at) == (False, usual)
    assert await refusal(home, CIVIL, case, "not-urgent") == "err-already"
    near = await filed(home, "manhole")
    target = (await case_of(home, near)).target_at
    await moves(home, CIVIL, near, "not-urgent")
    assert (await moves(home, CIVIL, near, "urgent")).target_at == target


async def test_an_urgent_one_stands_before_all_others_at_once(home: House) -> None:
    first, second = await filed(home), await filed(home)
    assert (await case_of(home, first)).rank < (await case_of(home, second)).rank
    await moves(home, CIVIL, second, "urgent")
    assert (await case_of(home, second)).rank < (await case_of(home, first)).rank


# asking


async def test_the_target_moves_by_as_long_as_the_question_was_open(home: House) -> None:
    case = await filed(home)
    before = (await case_of(home, case)).target_at
    assert before is not None
    await moves(home, CIVIL, case, "accept")
    asked = await moves(home, CIVIL, case, "ask", words="کدام کوچه؟")
    assert (asked.state, asked.resume, asked.target_at) == (State.NEED_INFO, State.IN_PROGRESS, before)
    home.clock.turn(2 * DAY)
    answered = await moves(home, REPORTER, case, "answer", words="کوچه سوم")
    assert (answered.state, answered.resume, answered.paused_at) == (State.IN_PROGRESS, "", 0)
    assert answered.target_at is not None
    assert 2 * DAY <= answered.target_at - before < 2 * DAY + MINUTE


async def test_an_unanswered_question_is_repeated_once_and_then_the_work_goes_on(home: House) -> None:
    limits, case = home.city.pack.limits, await filed(home)
    await moves(home, CIVIL, case, "ask", words="کدام کوچه؟")
    said = len(await told(home, REPORTER))
    await turns(home, limits.question_reminder_days * DAY)
    await turns(home, HOUR)
    assert len(await told(home, REPORTER)) == said + 1
    await turns(home, (limits.question_days - limits.question_reminder_days) * DAY)
    assert (await case_of(home, case)).state == State.RECEIVED
    assert len(await told(home, REPORTER)) == said + 2
    assert await refusal(home, REPORTER, case, "answer", words="دیر شد") == "ask-already"


async def test_an_answered_question_is_not_asked_again(home: House) -> None:
    case = await filed(home)
    await moves(home, CIVIL, case, "ask", words="کدام کوچه؟")
    await moves(home, REPORTER, case, "answer", words="کوچه سوم")
    await turns(home, 10 * DAY)
    assert not [said for said in await told(home, REPORTER) if "هنوز منتظر پاسخ" in said]


# claims and hands


async def test_a_claim_keeps_colleagues_away_until_it_is_over_but_not_the_manager(home: House) -> None:
    case = await filed(home)
    await moves(home, CIVIL, case, "claim")
    for arrow in ("accept", "claim", "release"):
        assert await refusal(home, COLLEAGUE, case, arrow) == "desk-claimed-by"
    await moves(home, HEAD, case, "claim")
    await turns(home, home.city.pack.limits.claim_minutes * MINUTE + MINUTE)
    over = await case_of(home, case)
    assert (over.claimed_by, over.claimed_until) == (None, 0)
    assert (await moves(home, COLLEAGUE, case, "accept")).holder_id == await person(home, COLLEAGUE)


async def test_an_earlier_claim_that_ends_does_not_end_a_later_one(home: House) -> None:
    case, minutes = await filed(home), home.city.pack.limits.claim_minutes
    await moves(home, CIVIL, case, "claim")
    home.clock.turn(10 * MINUTE)
    await moves(home, CIVIL, case, "release")
    await moves(home, COLLEAGUE, case, "claim")
    await turns(home, (minutes - 5) * MINUTE)
    assert (await case_of(home, case)).claimed_by == await person(home, COLLEAGUE)


async def test_nothing_is_handed_to_who_is_off_duty_or_works_elsewhere(home: House) -> None:
    case = await filed(home)
    async with home.work(COLLEAGUE) as work:
        work.know(duty=False)
    for user, text in ((COLLEAGUE, "desk-assign-off"), (GREEN, "err-old-button"), (REPORTER, "err-old-button")):
        assert await refusal(home, CIVIL, case, "hand", colleague=await person(home, user)) == text
    assert await refusal(home, CIVIL, case, "hand", colleague=0) == "desk-assign-ask"
    handed = await moves(home, CIVIL, case, "hand", colleague=await person(home, HEAD))
    assert handed.holder_id == await person(home, HEAD)
    assert await refusal(home, CIVIL, case, "accept") == "desk-claimed-by"


# what is owed after a refusal


async def test_the_day_that_a_refusal_names_is_told_also_after_it_was_contested_and_kept(home: House) -> None:
    case = await filed(home)
    day = closing_on(home, weekday=6, after=21)
    await moves(home, CIVIL, case, "refuse", reason="budget", words=SENTENCE, date=day)
    await moves(home, REPORTER, case, "contest")
    await moves(home, HEAD, case, "keep", words=SENTENCE)
    said = len(await told(home, HEAD))
    await turns(home, 30 * DAY)
    assert len(await told(home, HEAD)) == said + 1


async def test_a_day_that_a_refusal_named_which_no_longer_stands_is_not_told(home: House) -> None:
    case = await filed(home)
    day = closing_on(home, weekday=6, after=21)
    await moves(home, CIVIL, case, "refuse", reason="budget", words=SENTENCE, date=day)
    await moves(home, REPORTER, case, "contest")
    await moves(home, HEAD, case, "change")
    await moves(home, CIVIL, case, "refuse", reason="law", words=SENTENCE)
    said = len(await told(home, HEAD))
    await turns(home, 30 * DAY)
    assert len(await told(home, HEAD)) == said


@pytest.mark.parametrize("arrow", ["silence", "not-asked", "unanswered", "voted-solved", "voted-open"])
async def test_nobody_plays_the_clock(home: House, arrow: str) -> None:
    case = await filed(home)
    await done(home, CIVIL, case)
    for user in (REPORTER, CENTRE, CIVIL, HEAD, MAYORS):
        with pytest.raises(Refused):
            await moves(home, user, case, arrow)


async def test_who_cannot_be_reached_is_not_asked_and_not_called_silent(home: House) -> None:
    case = await filed(home, LAMP)
    await done(home, CENTRE, case)
    async with home.work(REPORTER) as work:
        work.set(tables.accounts, work.person.account_id, reachable=False)
    for _ in range(8):
        await turns(home, DAY)
    assert (await case_of(home, case)).closed_how == "not-asked"


async def test_a_reminder_that_comes_after_days_off_leaves_as_much_time_as_one_in_time(home: House) -> None:
    limits, asked, finished = home.city.pack.limits, await filed(home), await filed(home)
    await moves(home, CIVIL, asked, "ask", words="کدام کوچه؟")
    await done(home, COLLEAGUE, finished)
    said = len(await told(home, REPORTER))
    await turns(home, (limits.silence_days + 1) * DAY)
    assert len(await told(home, REPORTER)) == said + 2
    assert [(await case_of(home, case)).state for case in (asked, finished)] == [State.NEED_INFO, State.DONE]
    await turns(home, 3 * DAY - HOUR)
    assert [(await case_of(home, case)).state for case in (asked, finished)] == [State.NEED_INFO, State.DONE]
    await turns(home, 2 * HOUR)
    assert [(await case_of(home, case)).state for case in (asked, finished)] == [State.RECEIVED, State.CLOSED]
