"""The thin platform: what it hands out, and when it forgets it."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import quote, urlsplit

import orjson
import pytest

from benchmarks.dialogue import Answer, Turn
from benchmarks.people import People, Tally
from benchmarks.platform import Platform
from benchmarks.steps import Step

ROWS = '{"inline_keyboard":[[{"text":"\\u0628\\u0644\\u0647","callback_data":"yes:1"}]]}'


class Line:
    """A bot's connection, as bare as can be."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def call(self, method: str, form: str = "", *, pieces: int = 1) -> dict[str, object]:
        head = f"POST /bot1:a/{method} HTTP/1.1\r\nHost: x\r\ncontent-length: {len(form.encode())}\r\n\r\n"
        sent = head.encode() + form.encode()
        for at in range(0, len(sent), -(-len(sent) // pieces)):
            self._writer.write(sent[at : at + -(-len(sent) // pieces)])
            await asyncio.sleep(0)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        body = await self._reader.readexactly(int(answer.lower().split(b"content-length:")[1]))
        result: dict[str, object] = orjson.loads(body)
        return result

    async def poll(self, offset: int = 0) -> list[int]:
        """The ids of the updates that are there."""
        result = (await self.call("getUpdates", f"timeout=0&limit=100&offset={offset}"))["result"]
        assert isinstance(result, list)
        return [update["update_id"] for update in result]


@pytest.fixture
async def platform() -> AsyncIterator[Platform]:
    platform = Platform()
    await platform.open()
    yield platform
    await platform.close()


@pytest.fixture
async def line(platform: Platform) -> AsyncIterator[Line]:
    address = urlsplit(platform.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    yield Line(reader, writer)
    writer.close()


def dialogue() -> list[Turn]:
    asked = Answer("sendMessage", {"text": "?", "reply_markup": ROWS})
    done = Answer("answerCallbackQuery", {})
    return [Turn(Step("says", "/start"), [asked]), Turn(Step("presses", "yes"), [done])]


async def test_an_update_comes_again_until_its_offset_is_passed(platform: Platform, line: Line) -> None:
    for _ in range(3):
        platform.push({"message": {}})
    first = await line.poll()
    assert await line.poll() == first
    assert await line.poll(first[0] + 1) == first[1:]


async def test_a_call_that_arrives_in_pieces_is_read_whole(platform: Platform, line: Line) -> None:
    platform.push({"message": {}})
    answer = await line.call("getUpdates", "timeout=0&limit=1", pieces=9)
    assert answer["ok"] is True


async def test_somebody_who_is_answered_holds_the_dialogue_to_its_end(platform: Platform, line: Line) -> None:
    people = People(platform, dialogue())
    people.act(person := people.somebody())
    offset = (await line.poll())[-1] + 1
    await line.call("sendMessage", f"chat_id={person.number}&text=x&reply_markup={quote(ROWS)}")
    assert people.waiting == 0
    people.act(people.ready.popleft())
    update = (await line.call("getUpdates", f"timeout=0&offset={offset}"))["result"]
    assert isinstance(update, list)
    press = update[0]["callback_query"]
    assert press["data"] == "yes:1"
    await line.call("answerCallbackQuery", f"callback_query_id={press['id']}")
    assert (people.tally.steps, people.tally.reports, len(people.tally.waits)) == (2, 1, 2)


async def test_somebody_who_gets_half_an_answer_still_waits(platform: Platform, line: Line) -> None:
    turns = dialogue()
    turns[0].answers.append(Answer("sendMessage", {"text": "more"}))
    people = People(platform, turns)
    people.act(person := people.somebody())
    await line.call("sendMessage", f"chat_id={person.number}&text=x")
    assert people.waiting == 1
    assert people.tally.steps == Tally().steps
