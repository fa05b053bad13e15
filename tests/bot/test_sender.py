"""Messages out: order, outcomes, second copies, dead letters, restarts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.actions.erase import erase
from bot.store import tables
from bot.store.statements import Statement
from bot.store.work import Priority
from bot.talk.rich import Plain
from bot.talk.screen import Media, Screen
from tests.faults.hand_clock import quiet, until
from tests.faults.office import Office, office, reads, texts
from tests.house import a_city


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as made:
        made.start()
        yield made


async def test_a_chat_reads_what_was_said_in_the_order_of_saying(post: Office) -> None:
    reporter = post.person()
    await post.says(reporter, *(str(number) for number in range(8)))
    await reads(reporter, *(str(number) for number in range(8)))


async def test_a_result_that_finds_no_commit_is_written_within_fifty_milliseconds(post: Office) -> None:
    reporter = post.person()
    await post.says(reporter, "hello")
    await reads(reporter, "hello")
    await until(lambda: post.store.riding)
    assert await post.states() == ["sending"]
    await quiet()
    post.clock.advance(0.05)
    await until(lambda: not post.store.riding)
    await quiet(0.01)
    assert await post.states() == ["sent"]


async def test_a_result_rides_with_the_next_commit(post: Office) -> None:
    reporter = post.person()
    await post.says(reporter, "hello")
    await reads(reporter, "hello")
    await until(lambda: post.store.riding)
    await post.address(reporter)
    assert await post.states() == ["sent"]


async def test_what_was_taken_without_an_answer_comes_once_more_and_silently(post: Office) -> None:
    reporter = post.person()
    post.platform.faults.add("lost", "sendMessage", times=1)
    await post.says(reporter, "hello")
    await reads(reporter, "hello")
    await post.become("waiting")
    await post.passing(3)
    await reads(reporter, "hello", "hello")
    await post.become("sent")
    assert [message.silent for message in reporter.inbox] == [False, True]


@pytest.mark.parametrize("kind", ["lost", "late502", "half", "wrong"])
async def test_there_is_never_a_third_copy(post: Office, kind: str) -> None:
    reporter = post.person()
    post.platform.faults.add(kind, "sendMessage")  # type: ignore[arg-type]
    await post.says(reporter, "hello")
    await until(lambda: texts(reporter))
    await post.passing(10)
    assert await post.states() == ["uncertain"]
    assert texts(reporter) == ["hello", "hello"]


async def test_after_an_uncertain_part_the_later_parts_still_go(post: Office) -> None:
    reporter = post.person()
    post.platform.faults.add("lost", "sendMessage", times=2)
    await post.says(reporter, "first", "second")
    await until(lambda: texts(reporter))
    await post.passing(4)
    await reads(reporter, "first", "first", "second")


async def test_a_server_error_is_tried_again_after_growing_pauses_and_keeps_the_order(post: Office) -> None:
    reporter = post.person()
    fault = post.platform.faults.add("500", "sendMessage", times=3)
    await post.says(reporter, "first", "second")
    await until(lambda: fault.hits == 1)
    await post.passing(1.9)
    assert fault.hits == 1
    await post.passing(4)
    assert fault.hits == 2
    await post.passing(13)
    await reads(reporter, "first", "second")


async def test_a_message_that_fails_for_ever_becomes_a_dead_letter(post: Office) -> None:
    reporter = post.person()
    post.platform.faults.add("500", "sendMessage")
    await post.says(reporter, "hello")
    await post.passing(13 * 601, step=601)
    await post.become("dead")


async def test_a_message_that_is_refused_becomes_a_dead_letter_and_the_next_one_goes(post: Office) -> None:
    reporter = post.person()
    post.platform.faults.add("refuse", "sendMessage", times=1)
    await post.says(reporter, "bad", "good")
    await reads(reporter, "good")
    await post.become("dead", "sent")


async def test_who_blocked_the_bot_is_unreachable_until_they_write_again(post: Office) -> None:
    reporter = post.person()
    await post.address(reporter)
    reporter.blocks()
    await post.pushes(reporter, "hello")
    await post.become("unreachable")
    assert await post.store.look("SELECT reachable FROM accounts") == [(0,)]
    reporter.unblocks()
    await post.says(reporter, "back")
    assert await post.store.look("SELECT reachable FROM accounts") == [(1,)]
    await reads(reporter, "back")


async def test_answers_to_a_flood_collapse_into_the_last_but_a_code_always_arrives(post: Office) -> None:
    reporter = post.person()
    for number in range(5):
        async with post.acting(reporter, flooding=True) as work:
            work.say(Screen((Plain(f"answer {number}"),)))
    async with post.acting(reporter, flooding=True) as work:
        row = {"category": "", "department": "", "state": "received", "created_at": 0, "updated_at": 0}
        case = work.add(tables.cases, code="1", person_id=work.person.id, **row)
        work.say(Screen((Plain("the code"),)), case=case)
    await reads(reporter, "the code")
    await post.passing(2)
    await reads(reporter, "the code", "answer 4")


async def test_an_album_gets_one_answer(post: Office) -> None:
    reporter = post.person()
    for number in range(4):
        await post.says(reporter, f"photo {number}", collapse="report", after=700)
    await post.passing(1)
    await reads(reporter, "photo 3")
    await post.become("collapsed", "collapsed", "collapsed", "sent")


async def test_all_parts_of_one_long_answer_survive_their_collapse_key(post: Office) -> None:
    reporter = post.person()
    long = "\n\n".join("x" * 1500 for _ in range(5))
    await post.says(reporter, long, collapse="report", after=100)
    await post.passing(1)
    await until(lambda: len(texts(reporter)) == 3)


async def test_what_was_in_flight_when_the_process_died_comes_once_more_and_silently(post: Office) -> None:
    reporter = post.person()
    await post.says(reporter, "hello")
    await reads(reporter, "hello")
    await until(lambda: post.store.riding)
    await post.kill()
    post.start()
    await reads(reporter, "hello", "hello")
    assert reporter.last.silent
    await until(lambda: post.store.riding)
    await post.kill()
    post.start()
    await post.become("uncertain")
    await quiet()
    assert texts(reporter) == ["hello", "hello"]


async def test_what_waited_when_the_process_ended_is_sent_by_the_next(post: Office) -> None:
    reporter = post.person()
    await post.stop()
    await post.says(reporter, "hello")
    post.renew()
    post.start()
    await reads(reporter, "hello")
    assert not reporter.last.silent


async def test_a_picture_on_its_way_holds_up_nobody_and_follows(post: Office) -> None:
    reporter = post.person()
    async with post.acting(reporter) as work:
        row = {"kind": "photo", "bot": "bale:731", "file_id": "x", "created_at": work.now}
        number = work.add(tables.attachments, person_id=work.person.id, **row)
    await post.says(reporter, "look", media=(Media("photo", number),))
    await post.says(reporter, "words")
    await reads(reporter, "words")
    stored = post.folder / "files" / "ab" / "abc"
    stored.parent.mkdir(parents=True)
    stored.write_bytes(b"\xff\xd8\xff")
    await post.become("waiting", "sent")
    async with post.store.unit() as unit:
        job = await unit.work()
        job.set(tables.attachments, number, state="stored", sha256="abc", mime="image/jpeg")
        unit.merge(job)
        await post.store.commit(unit)
    await post.passing(4)
    await reads(reporter, "words", "look")


@pytest.mark.parametrize("state", ["failed", "dropped"])
async def test_the_words_arrive_where_their_picture_never_will(post: Office, state: str) -> None:
    reporter = post.person()
    async with post.acting(reporter) as work:
        row = {"kind": "photo", "bot": "bale:731", "file_id": "x", "created_at": work.now, "state": state}
        number = work.add(tables.attachments, person_id=work.person.id, **row)
    await post.says(reporter, "look", media=(Media("photo", number),))
    await post.says(reporter, "", media=(Media("photo", number),))
    await reads(reporter, "look")
    await post.become("sent", "dead")


async def test_rows_that_are_due_later_do_not_keep_the_rest_in_the_database(post: Office) -> None:
    await post.stop()
    patient, reporter = post.person("patient"), post.person()
    async with post.acting(patient) as work:
        for _ in range(2_100):
            work.say(Screen((Plain("tomorrow"),)), after=86_400_000)
    await post.says(reporter, "now")
    post.renew()
    post.start()
    await reads(reporter, "now")


async def test_a_message_said_while_the_rest_is_read_is_not_forgotten(post: Office) -> None:
    await post.stop()
    reporter, other = post.person(), post.person("other")
    async with post.acting(other) as work:
        for _ in range(2_100):
            work.say(Screen((Plain("tomorrow"),)), after=86_400_000)
    post.renew()
    post.sender._beyond[Priority.REPLY] = True
    await post.says(reporter, "between")
    post.start()
    await reads(reporter, "between")


async def test_a_row_that_cannot_be_read_becomes_a_dead_letter_and_does_not_end_each_start(post: Office) -> None:
    await post.stop()
    reporter = post.person()
    await post.says(reporter, "bad", "good")
    async with post.store.unit() as unit:
        job = await unit.work()
        job.do(Statement(update(tables.outbox).where(tables.outbox.c.screen.contains("bad")).values(screen="{")))
        unit.merge(job)
        await post.store.commit(unit)
    post.renew()
    post.start()
    await reads(reporter, "good")
    await post.become("dead", "sent")


async def test_what_was_said_of_an_erased_person_is_not_tried_again_though_it_was_on_its_way(post: Office) -> None:
    dispatcher, citizen = post.person("dispatcher"), post.person("citizen")
    to, whose = await post.address(dispatcher), (await post.address(citizen)).person_id
    post.platform.faults.add("500", "sendMessage", times=1)
    async with post.store.unit() as unit:
        job = await unit.work()
        row = {"person_id": whose, "code": "1", "category": "c", "department": "d", "state": "received"}
        place = {"lat": None, "lon": None, "accuracy": None}
        case = job.add(tables.cases, created_at=job.now, updated_at=job.now, **row, **place)
        job.say(Screen((Plain("their words"),)), to, case=case)
        unit.merge(job)
        await post.store.commit(unit)
    await until(lambda: post.store.riding)
    async with post.acting(citizen) as work:
        await erase(work, a_city())
    await post.passing(5)
    await quiet()
    assert texts(dispatcher) == []
    assert await post.states() == ["collapsed"]
