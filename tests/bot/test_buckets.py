"""Token buckets, and the pace of a whole channel."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buckets import Bucket
from bot.pace import CHAT_BURST, Pace
from bot.store.work import Priority, Said
from bot.talk.screen import Screen


def to(chat: int, priority: Priority = Priority.PUSH) -> Said:
    return Said(1, "telegram", chat, chat, priority, Screen())


@given(st.lists(st.floats(0, 2), max_size=200))
def test_no_second_lets_more_through_than_burst_and_rate(gaps: list[float]) -> None:
    bucket, now, taken = Bucket(5, 3, 0.0), 0.0, []
    for gap in gaps:
        now += gap
        if not bucket.wait(now):
            bucket.take(now)
            taken.append(now)
    for start in taken:
        assert len([at for at in taken if start <= at < start + 1]) <= 5 + 3


def test_after_the_wait_that_it_names_a_token_is_there() -> None:
    bucket = Bucket(4, 1, 0.0)
    bucket.take(0.0)
    assert bucket.wait(0.0) == 0.25
    assert bucket.wait(0.25) == 0


def test_a_pause_lets_nothing_through_and_nothing_is_saved_up_meanwhile() -> None:
    bucket = Bucket(10, 10, 0.0)
    bucket.pause(0.0, 7)
    assert bucket.wait(3.0) == 4.0
    assert 0 < bucket.wait(7.0) <= 0.1
    bucket.take(7.1)
    assert bucket.wait(7.1) > 0


def test_a_longer_pause_is_not_shortened_by_a_shorter_one() -> None:
    bucket = Bucket(10, 10, 0.0)
    bucket.pause(0.0, 60)
    bucket.pause(1.0, 2)
    assert bucket.wait(3.0) == 57.0


def test_a_rate_that_was_too_high_comes_back_little_by_little() -> None:
    bucket = Bucket(30, 30, 0.0)
    bucket.slow()
    assert bucket.rate == 27
    bucket.wait(50.0)
    assert 28 < bucket.rate < 30
    bucket.wait(5_000.0)
    assert bucket.rate == 30


def test_a_platform_that_is_never_content_still_gets_a_quarter() -> None:
    bucket = Bucket(30, 30, 0.0)
    for _ in range(100):
        bucket.slow()
    assert bucket.rate == 7.5


def test_a_chat_is_written_to_once_a_second_after_a_few_at_once_but_a_reply_does_not_wait() -> None:
    pace = Pace(30, 0.0)
    for _ in range(int(CHAT_BURST)):
        assert pace.chat_wait(to(1), 0.0) == 0
        pace.take(1, 0.0)
    assert pace.chat_wait(to(1), 0.0) == pytest.approx(1.0)
    assert pace.chat_wait(to(1, Priority.REPLY), 0.0) == 0
    assert pace.chat_wait(to(2), 0.0) == 0


def test_what_nobody_asked_for_gathers_and_leaves_a_reserve() -> None:
    pace = Pace(30, 0.0)
    for _ in range(19):
        pace.take(1, 0.0)
    assert pace.unasked_wait(0.0) == pytest.approx(1 / 30)
    assert pace.unasked_wait(0.0, begun=True) == 0
    assert pace.unasked_wait(1 / 30 + 1e-9) == 0
    for _ in range(6):
        pace.take(1, 0.0)
    assert pace.unasked_wait(0.0, begun=True) > 0
    assert pace.wait(0.0) == 0


def test_a_platform_that_takes_one_message_a_second_gets_broadcasts_too() -> None:
    pace = Pace(1, 0.0)
    assert pace.unasked_wait(0.0) == 0
    pace.take(1, 0.0)
    assert pace.unasked_wait(0.0) == 1


def test_a_429_after_more_messages_than_a_chat_may_get_pauses_that_chat_alone() -> None:
    pace = Pace(30, 0.0)
    for _ in range(4):
        pace.take(1, 0.0)
    pace.too_fast(20, 0.0, 1)
    assert pace.chat_wait(to(1, Priority.REPLY), 1.0) == 19
    assert pace.wait(1.0) == 0


@pytest.mark.parametrize("messages", [1, 2, 3])
def test_a_429_to_a_chat_that_got_no_more_than_it_may_means_the_whole_bot(messages: int) -> None:
    pace = Pace(30, 0.0)
    for _ in range(messages):
        pace.take(1, 0.0)
    pace.too_fast(20, 0.0, 1)
    assert pace.wait(1.0) == 19


def test_a_second_chat_that_hears_429_while_the_first_waits_means_the_whole_bot() -> None:
    pace = Pace(30, 0.0)
    for chat in (1, 2):
        for _ in range(4):
            pace.take(chat, 0.0)
    pace.too_fast(20, 0.0, 1)
    assert pace.wait(0.0) == 0
    pace.too_fast(30, 0.5, 2)
    assert pace.wait(1.0) == 29.5


def test_an_outage_pauses_longer_each_time_up_to_half_a_minute_however_many_messages_meet_it() -> None:
    pace, now, pauses = Pace(30, 0.0), 0.0, []
    for _ in range(7):
        for _ in range(16):
            pace.out_of_reach(now)
        pauses.append(pace.wait(now))
        now += pauses[-1]
    assert pauses == [2, 4, 8, 16, 30, 30, 30]
    assert pace.probing


def test_when_intake_hears_the_platform_an_outage_is_tried_again_within_a_second() -> None:
    pace = Pace(30, 0.0)
    for at in (0.0, 2.0, 6.0, 14.0):
        pace.out_of_reach(at)
    assert pace.heard(15.0)
    assert pace.wait(15.0) == 1.0
    assert not pace.heard(15.5)
    pace.arrived()
    assert pace.wait(15.5) == 0
    assert not pace.probing


def test_a_refused_token_stops_everything_until_intake_finds_it_accepted() -> None:
    pace = Pace(30, 0.0)
    pace.halt()
    pace.arrived()
    assert pace.quiet(1e9) == inf
    assert pace.heard(1e9)
    assert pace.quiet(1e9) <= 0


def test_a_pause_of_the_platform_is_not_shortened_by_hearing_it() -> None:
    pace = Pace(30, 0.0)
    pace.too_fast(60, 0.0)
    pace.heard(1.0)
    assert pace.quiet(1.0) == 59


def test_chats_that_mean_nothing_any_more_are_forgotten() -> None:
    pace, now = Pace(1e9, 0.0), 0.0
    for chat in range(30_000):
        now += 0.01
        pace.take(chat, now)
    assert len(pace._chats) <= 10_001
