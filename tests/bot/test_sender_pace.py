"""Messages out within limits: priorities, 429, outages, refused tokens, presses first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.limits import Limits
from bot.sender import KEEP
from bot.store.work import Priority, Said
from bot.talk.rich import Plain
from bot.talk.screen import Screen
from tests.faults.hand_clock import quiet, until
from tests.faults.office import TOKEN, Office, office, reads, texts


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as made:
        made.start()
        yield made


@pytest.fixture
async def slow(tmp_path: Path) -> AsyncIterator[Office]:
    """An office that may send one message a second."""
    async with office(tmp_path, rate=1.0) as made:
        yield made


def arrived(post: Office) -> int:
    return post.platform.calls.counts["sendmessage", 200]


async def test_the_bot_keeps_to_its_rate(slow: Office) -> None:
    slow.start()
    for number in range(4):
        await slow.says(slow.person(str(number)), "hello")
    await until(lambda: arrived(slow) == 1)
    await slow.passing(2.05)
    assert arrived(slow) == 3


async def test_a_token_that_comes_while_the_sender_looks_is_used(tmp_path: Path) -> None:
    """A kill once left six people without their codes: the token came between choosing and going to sleep."""
    async with office(tmp_path, rate=1.0) as post:
        people = [post.person(str(number)) for number in range(6)]
        for person in people:
            await post.says(person, "your code")
        post.clock.creep = 0.35
        post.start()
        await until(lambda: all(texts(person) for person in people))


async def test_a_reply_overtakes_pushes_and_a_push_overtakes_a_broadcast(slow: Office) -> None:
    reporter, officer, neighbour = slow.person(), slow.person("officer"), slow.person("neighbour")
    await slow.pushes(neighbour, "news", priority=Priority.BROADCAST)
    await slow.pushes(officer, "a new case")
    await slow.says(reporter, "your code")
    slow.start()
    await reads(reporter, "your code")
    await slow.passing(1.1)
    await reads(officer, "a new case")
    assert texts(neighbour) == []
    await slow.passing(1.1)
    await reads(neighbour, "news")


async def test_a_reply_goes_first_however_many_pushes_are_in_memory(slow: Office) -> None:
    """After an outage 3,000 people waited for their answers until 10,000 pushes had gone out."""
    reporter, to = slow.person(), await slow.address(slow.person("officer"))
    async with slow.acting(reporter) as work:
        for chat in range(KEEP):
            screen = Screen((Plain("a new case"),))
            work.deliver(Said(work.new_id(), to.channel, to.account_id, 10**9 + chat, Priority.PUSH, screen))
    slow.sender.heard(accepted=False)
    slow.start()
    await slow.settled()
    await slow.says(reporter, "your code")
    slow.sender.heard(accepted=True)
    await reads(reporter, "your code")


async def test_pushes_to_one_chat_come_slowly_and_hold_up_no_other(post: Office) -> None:
    officer, other = post.person("officer"), post.person("other")
    await post.pushes(officer, *(str(number) for number in range(7)))
    await post.pushes(other, "hello")
    await reads(other, "hello")
    await quiet()
    assert texts(officer) == ["0", "1", "2", "3"]
    await post.passing(2.2)
    assert texts(officer) == ["0", "1", "2", "3", "4", "5"]


async def test_no_more_than_sixteen_pushes_are_in_flight(post: Office) -> None:
    fault = post.platform.faults.add("hang", "sendMessage")
    for number in range(20):
        await post.pushes(post.person(str(number)), "hello")
    await until(lambda: fault.hits == 16)
    await quiet()
    assert fault.hits == 16
    states = await post.states()
    assert states.count("sending") == 16


async def test_during_a_chats_pause_nothing_goes_to_it_and_everything_to_others(post: Office) -> None:
    reporter, other = post.person(), post.person("other")
    await post.says(reporter, "1", "2", "3")
    await reads(reporter, "1", "2", "3")
    post.platform.faults.add("429", "sendMessage", times=1, retry_after=9)
    await post.says(reporter, "4", "5")
    await until(lambda: post.platform.calls.counts["sendmessage", 429] == 1)
    await post.says(other, "hello")
    await reads(other, "hello")
    await post.passing(8.9)
    assert texts(reporter) == ["1", "2", "3"]
    await post.passing(1.2)
    await reads(reporter, "1", "2", "3", "4", "5")
    assert post.platform.calls.early == 0


async def test_during_the_bots_pause_nobody_is_written_to(post: Office) -> None:
    reporter, other = post.person(), post.person("other")
    post.platform.faults.add("429", "sendMessage", times=1, retry_after=5, scope="bot")
    await post.says(reporter, "1")
    await until(lambda: post.platform.calls.counts["sendmessage", 429] == 1)
    await post.says(other, "hello")
    await post.passing(4.9)
    assert texts(reporter) + texts(other) == []
    await post.passing(0.5)
    await reads(reporter, "1")
    await reads(other, "hello")
    assert post.platform.calls.early == 0


async def test_a_429_without_words_pauses_five_seconds(post: Office) -> None:
    reporter = post.person()
    fault = post.platform.faults.add("429", "sendMessage", times=1)
    await post.says(reporter, "1")
    await until(lambda: fault.hits == 1)
    await post.passing(4.9)
    assert texts(reporter) == []
    await post.passing(0.5)
    await reads(reporter, "1")


async def test_the_platforms_own_limits_lose_nothing_and_are_not_run_against(post: Office) -> None:
    post.platform.limits = Limits(bot_rate=20, bot_burst=20)
    people = [post.person(str(number)) for number in range(60)]
    for person in people:
        await post.pushes(person, "news", priority=Priority.BROADCAST)
    await post.passing(8)
    assert [texts(person) for person in people] == [["news"]] * 60
    assert post.platform.calls.early == 0


async def test_a_press_is_answered_before_all_that_waits(slow: Office) -> None:
    slow.start()
    reporter = slow.person()
    await slow.says(slow.person("other"), "1", "2", "3")
    await until(lambda: arrived(slow) == 1)
    press = slow.platform.bot.press(reporter.id, "x", old_client=False)
    async with slow.acting(reporter, press.id) as work:
        work.toast("done")
    assert await press.answer() == "done"
    assert arrived(slow) == 1


async def test_the_answer_to_an_old_press_is_dropped(post: Office) -> None:
    await post.stop()
    reporter = post.person()
    press = post.platform.bot.press(reporter.id, "x", old_client=False)
    async with post.acting(reporter, press.id) as work:
        work.toast("done")
    post.clock.advance(11)
    post.start()
    await post.says(reporter, "hello")
    await reads(reporter, "hello")
    assert not press.answered


async def test_a_program_that_shows_no_answers_gets_the_words_as_a_message(tmp_path: Path) -> None:
    async with office(tmp_path, "bale") as post:
        post.start()
        reporter = post.person()
        press = post.platform.bot.press(reporter.id, "x", old_client=True)
        async with post.acting(reporter, press.id) as work:
            work.toast("done")
        await reads(reporter, "done")


async def test_an_outage_loses_nothing_and_one_message_tries_whether_it_is_over(post: Office) -> None:
    people = [post.person(str(number)) for number in range(20)]
    post.platform.goes_down()
    for person in people:
        await post.says(person, "hello")
    await until(lambda: post.sender.trouble.startswith("unreachable"))
    await post.passing(60, step=1)
    assert len(post.sender._flying) <= 1
    await post.become(*["waiting"] * 20)
    post.platform.comes_back()
    post.sender.heard(True)
    await post.passing(1.5)
    for person in people:
        await reads(person, "hello")
    assert post.sender.trouble == ""
    assert [message.silent for person in people for message in person.inbox] == [False] * 20


async def test_a_refused_token_is_not_used_again_until_intake_finds_it_accepted(post: Office) -> None:
    reporter = post.person()
    post.platform.revoke(TOKEN)
    await post.says(reporter, "hello")
    await until(lambda: post.sender.trouble == "the token is not accepted")
    await post.says(post.person("other"), "hello")
    await post.passing(300, step=10)
    assert post.platform.calls.count("sendmessage") == 1
    post.platform.revoked.clear()
    post.sender.heard(True)
    await reads(reporter, "hello")


async def test_what_has_no_row_waits_for_its_turn_too(slow: Office) -> None:
    slow.start()
    people = [slow.person(str(number)) for number in range(3)]
    for person in people:
        slow.sender.warn(person.id, "nothing can be stored")
    await until(lambda: arrived(slow) == 1)
    await quiet()
    assert arrived(slow) == 1
    await slow.passing(2.5)
    assert arrived(slow) == 3


async def test_at_a_stop_nothing_more_begins(post: Office) -> None:
    reporter = post.person()
    await post.sender.drain(1)
    await post.says(reporter, "hello")
    await quiet()
    assert texts(reporter) == []
    assert await post.states() == ["waiting"]
