"""What many get: rendered once, its file uploaded once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.actions.broadcasts import Announcement, do_broadcast
from bot.domain.broadcast import Audience, Cast
from bot.sandbox.person import Person
from bot.store import tables
from bot.store.work import Priority, Said
from bot.talk.rich import Bold, Plain
from bot.talk.screen import Media, Screen
from tests.faults.hand_clock import until
from tests.faults.office import Office, office, texts

WATER = Screen((Bold("آب"), Plain(" فردا & پس‌فردا قطع است")))


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as made:
        yield made


async def delivers(post: Office, screen: Screen, people: Sequence[Person]) -> None:
    """A broadcast of this screen, as far as its deliveries."""
    addresses = [await post.address(person) for person in people]
    async with post.store.unit() as unit:
        work = await unit.work()
        what = Announcement("safety", "آب", {"fa": screen}, Audience())
        made = do_broadcast(work, what, Cast.PAUSED)
        rendition = work.inserts[tables.renditions][0]["id"]
        for to in addresses:
            common = (work.new_id(), to.channel, to.account_id, to.chat_id, Priority.BROADCAST, Screen())
            work.deliver(Said(*common, broadcast_id=made, rendition_id=rendition))
        unit.merge(work)
        await post.store.commit(unit)


async def stored(post: Office, person: Person) -> int:
    """A picture of the city."""
    place = post.folder / "files" / "ab" / "abc"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"\xff\xd8\xff")
    async with post.acting(person) as work:
        row = {"kind": "photo", "bot": "", "file_id": "", "state": "stored", "sha256": "abc", "mime": "image/jpeg"}
        return work.add(tables.attachments, person_id=work.person.id, created_at=work.now, **row)


async def test_everybody_reads_the_same_in_their_own_chat(post: Office) -> None:
    people = [post.person(str(number)) for number in range(20)]
    await delivers(post, WATER, people)
    post.start()
    await post.passing(2)
    assert [texts(person) for person in people] == [["آب فردا & پس‌فردا قطع است"]] * 20
    assert {call.params["chat_id"] for call in post.platform.calls.of("sendMessage")} == {str(p.id) for p in people}


async def test_a_second_copy_of_what_many_get_is_silent(post: Office) -> None:
    people = [post.person(str(number)) for number in range(3)]
    post.platform.faults.add("lost", "sendMessage", times=1)
    await delivers(post, WATER, people)
    post.start()
    await post.passing(4)
    silent = [[message.silent for message in person.inbox] for person in people]
    assert sorted(silent) == [[False], [False], [False, True]]


async def test_a_picture_for_many_is_uploaded_once(post: Office) -> None:
    """Sixteen at once would each have sent the whole file."""
    people = [post.person(str(number)) for number in range(20)]
    picture = await stored(post, people[0])
    await delivers(post, Screen((Plain("آب"),), media=(Media("photo", picture),)), people)
    post.start()
    await post.passing(2)
    assert all(len(person.inbox) == 1 for person in people)
    sources = [call.params["photo"] for call in post.platform.calls.of("sendPhoto")]
    assert len(sources) == 20
    assert sum(not isinstance(source, str) for source in sources) == 1


async def test_where_the_upload_fails_the_next_one_uploads(post: Office) -> None:
    people = [post.person(str(number)) for number in range(5)]
    picture = await stored(post, people[0])
    post.platform.faults.add("refuse", "sendPhoto", times=1)
    await delivers(post, Screen((Plain("آب"),), media=(Media("photo", picture),)), people)
    post.start()
    await post.passing(2)
    assert sorted(len(person.inbox) for person in people) == [0, 1, 1, 1, 1]
    assert (await post.states()).count("dead") == 1


async def test_a_file_that_is_taken_away_meanwhile_is_noticed(post: Office) -> None:
    people = [post.person(str(number)) for number in range(2)]
    picture = await stored(post, people[0])
    photo = Screen((Plain("آب"),), media=(Media("photo", picture),))
    post.start()
    await delivers(post, photo, people[:1])
    await until(lambda: len(people[0].inbox) == 1)
    async with post.store.unit() as unit:
        work = await unit.work()
        work.set(tables.attachments, picture, state="dropped")
        unit.merge(work)
        await post.store.commit(unit)
    post.clock.advance(10)
    await delivers(post, photo, people[1:])
    await until(lambda: texts(people[1]) == ["آب"])
    assert people[1].last.media is None


async def test_a_reply_never_waits_for_what_many_get(post: Office) -> None:
    people = [post.person(str(number)) for number in range(200)]
    await delivers(post, WATER, people)
    post.start()
    await post.passing(1.5, step=0.05)
    for number in range(3):
        await post.says(people[-1 - number], "your code")
    await post.settled()
    assert all("your code" in texts(person) for person in people[-3:])
