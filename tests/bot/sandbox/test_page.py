"""The chat page's server: who may act, what acts do, what is told live."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.clock import HOUR, MINUTE
from bot.sandbox import Person, Sandbox
from bot.sandbox.hands import Hands
from bot.sandbox.story import Step
from tests.bot.sandbox.page_rig import STORY, Rig, rig

JPEG = b"\xff\xd8\xff\xe0 a picture"
ENCODED = base64.b64encode(JPEG).decode()


@pytest.fixture
async def served() -> AsyncIterator[Rig]:
    async with rig() as served:
        yield served


@pytest.fixture
async def talking() -> AsyncIterator[Rig]:
    async with rig(started=True) as served:
        yield served


async def post(served: Rig, path: str, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
    """As the page itself would post, unless headers say otherwise; an empty one is left out."""
    sent = {"Origin": served.url, "Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"} | headers
    kept = {name: value for name, value in sent.items() if value}
    async with served.session.post(served.url + path, data=json.dumps(body), headers=kept) as answer:
        text = await answer.text()
        return answer.status, json.loads(text) if text.startswith("{") else {}


async def act(served: Rig, **asked: Any) -> None:
    status, answer = await post(served, "/page/act", {"phone": "alice", **asked})
    assert status == 200, answer


async def events(served: Rig) -> AsyncGenerator[tuple[str, dict[str, Any]]]:
    async with served.session.get(f"{served.url}/page/events") as answer:
        name = ""
        async for line in answer.content:
            if line.startswith(b"event: "):
                name = line[7:].decode().strip()
            elif line.startswith(b"data: "):
                yield name, json.loads(line[6:])


class TestWhoMayAct:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "http://evil.example"},
            {"Origin": "null"},
            {"Origin": ""},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Content-Type": "text/plain"},
        ],
    )
    async def test_a_foreign_page_cannot_act_for_anybody(self, served: Rig, headers: dict[str, str]) -> None:
        status, _ = await post(served, "/page/act", {"phone": "alice", "act": "start"}, **headers)
        assert status == 403
        assert len(served.sandbox.telegram.bot.updates) == 0

    async def test_a_foreign_name_that_points_here_reads_nothing(self, served: Rig) -> None:
        for path in ("/", "/page/events", "/page/file?platform=telegram&id=x"):
            async with served.session.get(served.url + path, headers={"Host": "evil.example:8137"}) as answer:
                assert answer.status == 403

    async def test_the_page_may_load_nothing_from_elsewhere(self, served: Rig) -> None:
        async with served.session.get(served.url) as answer:
            policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "http" not in policy
        assert "unsafe" not in policy

    async def test_files_beside_the_page_are_not_served(self, served: Rig) -> None:
        for name in ("..%2Fpage.py", "%2e%2e%2fpage.py", "nothing.js", "index"):
            async with served.session.get(f"{served.url}/static/{name}") as answer:
                assert answer.status == 404


class TestActs:
    async def test_a_text_reaches_the_bot(self, served: Rig) -> None:
        await act(served, act="say", text="  سلام\nچراغ خاموش است  ")
        (update,) = await served.heard("alice")
        assert update["message"]["text"] == "سلام\nچراغ خاموش است"

    async def test_a_start_by_a_link_carries_what_the_link_says(self, served: Rig) -> None:
        await act(served, act="start", payload="c-lamp")
        (update,) = await served.heard("alice")
        assert update["message"]["text"] == "/start c-lamp"

    async def test_a_text_that_is_too_long_is_cut_as_a_phone_does(self, served: Rig) -> None:
        text = "🙂" * 3000
        await act(served, act="say", text=text)
        updates = await served.heard("alice", 2)
        assert [len(each["message"]["text"]) for each in updates] == [2048, 952]
        assert "".join(each["message"]["text"] for each in updates) == text

    async def test_one_picture_is_a_photo_and_several_are_an_album(self, served: Rig) -> None:
        await act(served, act="photos", files=[ENCODED], caption="یک")
        await act(served, act="photos", files=[ENCODED, ENCODED], caption="دو")
        one, first, second = (each["message"] for each in await served.heard("alice", 3))
        assert (one["caption"], "media_group_id" in one) == ("یک", False)
        assert first["media_group_id"] == second["media_group_id"]
        assert (first["caption"], "caption" in second) == ("دو", False)

    @pytest.mark.parametrize(
        ("asked", "field", "what"),
        [
            ({"act": "voice", "seconds": 4}, "voice", {"duration": 4}),
            ({"act": "video", "caption": "ببینید"}, "video", {"mime_type": "video/mp4"}),
            (
                {"act": "document", "name": "نامه.pdf", "mime": "application/pdf"},
                "document",
                {"file_name": "نامه.pdf", "mime_type": "application/pdf"},
            ),
        ],
    )
    async def test_files_reach_the_bot(
        self, served: Rig, asked: dict[str, Any], field: str, what: dict[str, Any]
    ) -> None:
        await act(served, **asked, file=ENCODED)
        (update,) = await served.heard("alice")
        assert update["message"][field].items() >= what.items()
        assert served.person("alice").bot.files[update["message"][field]["file_id"]].content == JPEG

    async def test_a_place_and_a_contact_reach_the_bot(self, served: Rig) -> None:
        await act(served, act="pin", lat=35.1, lon=47.8, accuracy=20)
        await act(served, act="contact")
        place, contact = (each["message"] for each in await served.heard("alice", 2))
        assert place["location"] == {"latitude": 35.1, "longitude": 47.8, "horizontal_accuracy": 20}
        assert contact["contact"]["user_id"] == served.person("alice").id

    async def test_an_own_message_is_edited_and_another_answered(self, talking: Rig) -> None:
        question = await talking.says("alice", "کجا؟")
        await act(talking, act="say", text="میدان", reply_to=question)
        (said,) = await talking.heard("alice")
        await act(talking, act="edit", message=said["message"]["message_id"], text="میدان آزادی")
        (edited,) = await talking.heard("alice")
        assert said["message"]["reply_to_message"]["message_id"] == question
        assert edited["edited_message"]["text"] == "میدان آزادی"

    async def test_a_button_is_pressed_even_when_it_has_gone_meanwhile(self, talking: Rig) -> None:
        number = await talking.says(
            "alice", "؟", reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "a:1"}]]}
        )
        await act(talking, act="press", message=number, data="b:2")
        (update,) = await talking.heard("alice")
        assert update["callback_query"]["data"] == "b:2"

    async def test_a_key_is_typed_only_while_it_is_shown(self, talking: Rig) -> None:
        await talking.says("alice", "!", reply_markup={"keyboard": [["گزارش"]], "one_time_keyboard": True})
        await act(talking, act="key", text="گزارش")
        status, answer = await post(talking, "/page/act", {"phone": "alice", "act": "key", "text": "گزارش"})
        assert (status, "no key" in answer["error"]) == (409, True)

    @pytest.mark.parametrize(
        ("asked", "status"),
        [
            ({"act": "dance"}, 400),
            ({"act": "say"}, 400),
            ({"act": "say", "text": 7}, 400),
            ({"act": "say", "text": " "}, 409),
            ({"act": "say", "text": "x", "reply_to": 99}, 400),
            ({"act": "photos", "files": ["%"]}, 400),
            ({"act": "photos", "files": []}, 409),
            ({"act": "photos", "files": [ENCODED], "caption": "x" * 1025}, 409),
            ({"act": "press", "message": 99, "data": "x"}, 400),
            ({"act": "start", "phone": "nobody"}, 400),
            ([], 400),
            (7, 400),
        ],
    )
    async def test_what_cannot_be_done_is_refused_in_words(self, served: Rig, asked: Any, status: int) -> None:
        body = {"phone": "alice", **asked} if isinstance(asked, dict) else asked
        got, answer = await post(served, "/page/act", body)
        assert got == status
        assert answer["error"]
        assert len(served.sandbox.telegram.bot.updates) == 0


class TestFiles:
    async def test_pictures_are_shown_and_anything_else_only_offered(self, served: Rig) -> None:
        shown = served.person("alice").sends_photo(JPEG).media
        kept = served.person("bahar").sends_document(b"<script>alert(1)</script>", "a.html", "text/html").media
        assert shown is not None
        assert kept is not None
        for platform, media, kind, disposition in (
            ("telegram", shown, "image/jpeg", None),
            ("bale", kept, "application/octet-stream", "attachment"),
        ):
            query = {"platform": platform, "id": media.file_id}
            async with served.session.get(f"{served.url}/page/file", params=query) as answer:
                assert (answer.status, answer.content_type) == (200, kind)
                assert answer.headers.get("Content-Disposition") == disposition
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert await answer.read() == media.content

    async def test_an_unknown_file_is_not_found(self, served: Rig) -> None:
        for query in ("platform=telegram&id=x", "platform=x&id=x", ""):
            async with served.session.get(f"{served.url}/page/file?{query}") as answer:
                assert answer.status == 404


class TestLive:
    async def test_everything_comes_first_and_then_what_happens(self, talking: Rig) -> None:
        stream = events(talking)
        name, state = await anext(stream)
        assert (name, [phone["key"] for phone in state["phones"]]) == ("state", ["alice", "bahar"])
        assert [message["text"] for message in state["phones"][0]["messages"]] == ["/start"]
        await talking.says("bahar", "سلام", reply_markup={"keyboard": [[{"text": "جا", "request_location": True}]]})
        name, told = await anext(stream)
        assert (name, told["phone"], told["message"]["text"]) == ("message", "bahar", "سلام")
        assert told["keyboard"] == [[{"text": "جا", "asks": "location"}]]
        await stream.aclose()

    async def test_a_toast_reaches_the_phone_that_pressed(self, talking: Rig) -> None:
        number = await talking.says(
            "alice", "؟", reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
        )
        stream = events(talking)
        await anext(stream)
        await act(talking, act="press", message=number, data="a")
        (update,) = await talking.heard("alice")
        query = update["callback_query"]["id"]
        await talking.calls("telegram", "answerCallbackQuery", callback_query_id=query, text="شد", show_alert=True)
        told = {name: body async for name, body in _until(stream, "toast")}
        assert (told["toast"]["phone"], told["toast"]["text"], told["toast"]["alert"]) == ("alice", "شد", True)

    async def test_streams_end_when_the_page_closes(self, served: Rig) -> None:
        stream = events(served)
        await anext(stream)
        served.page.close()
        async with asyncio.timeout(5):
            assert [name async for name, _ in stream] == []


async def _until(stream: AsyncIterator[tuple[str, Any]], last: str) -> AsyncIterator[tuple[str, Any]]:
    async for name, body in stream:
        yield name, body
        if name == last:
            return


class TestSwitches:
    async def test_an_outage_refuses_connections_and_is_told(self, served: Rig) -> None:
        stream = events(served)
        await anext(stream)
        await post(served, "/page/switch", {"platform": "bale", "switch": "outage", "on": True})
        told = {name: body async for name, body in _until(stream, "status")}
        assert told["status"]["bale"]["on"] == ["outage"]
        assert told["status"]["telegram"]["on"] == []
        with pytest.raises(aiohttp.ClientConnectionError):
            await served.calls("bale", "getMe")
        await post(served, "/page/switch", {"platform": "bale", "switch": "outage", "on": False})
        assert await served.calls("bale", "getMe")

    async def test_a_fault_strikes_until_it_is_turned_off(self, talking: Rig) -> None:
        switch = {"platform": "telegram", "switch": "429"}
        await post(talking, "/page/switch", {**switch, "on": True})
        await post(talking, "/page/switch", {**switch, "on": True})
        await talking.says("alice", "یک")
        with pytest.raises(AssertionError, match="429"):
            await talking.says("alice", "دو")
        await post(talking, "/page/switch", {**switch, "on": False})
        assert talking.page.switches.as_json()["telegram"]["on"] == []
        for number in range(3):
            await talking.says("bahar", str(number))

    async def test_waiting_messages_are_counted_on_both_sides(self, served: Rig) -> None:
        served.page.switches.outbox = {"telegram": 3, "bale": 0}.__getitem__
        served.person("bahar").says("سلام")
        status = served.page.switches.as_json()
        assert (status["telegram"]["updates"], status["telegram"]["outbox"]) == (0, 3)
        assert (status["bale"]["updates"], status["bale"]["outbox"]) == (1, 0)

    async def test_an_unknown_switch_is_refused(self, served: Rig) -> None:
        for body in (
            {"platform": "telegram", "switch": "x", "on": True},
            {"platform": "x", "switch": "429", "on": True},
        ):
            assert (await post(served, "/page/switch", body))[0] == 400

    async def test_reset_is_offered_only_where_somebody_does_it(self, served: Rig) -> None:
        assert (await post(served, "/page/reset", {}))[0] == 409
        asked = asyncio.Event()
        async with rig(asked.set) as another:
            assert (await post(another, "/page/reset", {}))[0] == 200
        assert asked.is_set()


class TestClock:
    async def test_it_is_turned_for_everybody_and_whoever_waits_for_a_time_is_told(self, served: Rig) -> None:
        told: list[int] = []
        served.page.hands.turned = lambda: told.append(served.sandbox.clock.now())
        stream = events(served)
        _, state = await anext(stream)
        assert (await post(served, "/page/clock", {"hours": 24}))[0] == 200
        name, clock = await anext(stream)
        assert (name, clock["turns"]) == ("clock", True)
        assert clock["now"] == pytest.approx(state["clock"]["now"] + 24 * HOUR, abs=MINUTE)
        assert told == [pytest.approx(clock["now"], abs=MINUTE)]
        assert served.person("alice").says("فردا").date == pytest.approx(clock["now"], abs=MINUTE)
        await stream.aclose()

    @pytest.mark.parametrize("asked", [{"hours": 0}, {"hours": -1}, {"hours": 1000}, {"hours": "x"}, {}])
    async def test_it_never_goes_back_nor_far(self, served: Rig, asked: dict[str, Any]) -> None:
        before = served.sandbox.clock.now()
        assert (await post(served, "/page/clock", asked))[0] == 400
        assert served.sandbox.clock.now() == pytest.approx(before, abs=MINUTE)

    def test_the_real_clock_is_left_alone(self) -> None:
        hands = Hands(Sandbox())
        assert not hands.as_json()["turns"]
        with pytest.raises(AssertionError, match="cannot be turned"):
            hands.turn(1)


@pytest.fixture
async def telling() -> AsyncIterator[Rig]:
    async with rig(started=True, story=STORY) as served:
        yield served


async def play(served: Rig, step: int | None) -> int:
    status, _ = await post(served, "/page/story", {"step": step})
    return status


async def stands(served: Rig, *states: str) -> dict[str, Any]:
    """Wait until the story is in one of these states."""
    stream = events(served)
    async with asyncio.timeout(10):
        async for _, told in stream:
            story: dict[str, Any] = told.get("story", told)
            if story.get("state") in states:
                await stream.aclose()
                return story
    raise AssertionError("the stream ended")


async def ask(served: Rig) -> None:
    """The bot asks Bahar what the story's second step answers to."""
    await served.says("bahar", "چیز دیگری", reply_markup={"inline_keyboard": [[{"text": "بله", "callback_data": "x"}]]})
    button = {"text": "✅ بله", "callback_data": "y"}
    await served.says("bahar", "درست است؟", reply_markup={"inline_keyboard": [[button]]})


class TestStory:
    async def test_each_step_is_told_and_done_when_it_is_asked_for(self, telling: Rig) -> None:
        story = (await stands(telling, "idle"))["steps"]
        assert story == [{"phone": step.phone, "caption": step.caption} for step in STORY]
        assert await play(telling, 0) == 200
        assert (await telling.heard("alice"))[0]["message"]["text"] == "چه خبر؟"
        await stands(telling, "waiting")
        await ask(telling)
        assert await play(telling, 1) == 200
        assert (await telling.heard("bahar"))[0]["callback_query"]["data"] == "y"
        assert (await stands(telling, "over"))["at"] == 1

    async def test_two_windows_never_do_a_step_twice(self, telling: Rig) -> None:
        assert await play(telling, 1) == 409
        assert await play(telling, 0) == 200
        await stands(telling, "waiting")
        assert await play(telling, 1) == 200
        assert await play(telling, 1) == 409
        assert await play(telling, 2) == 409
        assert (await stands(telling, "acting"))["at"] == 1

    async def test_it_is_left_in_the_middle_of_a_step_and_begun_again(self, telling: Rig) -> None:
        await play(telling, 0)
        await stands(telling, "waiting")
        await play(telling, 1)
        assert await play(telling, None) == 200
        await ask(telling)
        assert (await stands(telling, "idle"))["at"] == -1
        assert telling.person("bahar").presses_made == []
        assert await play(telling, 0) == 200

    async def test_whoever_finds_no_button_stops_it_and_it_may_be_begun_again(self) -> None:
        async def looks(person: Person) -> None:
            person.presses("ندارد")

        async with rig(started=True, story=[Step("alice", "…", looks), *STORY]) as served:
            await play(served, 0)
            assert (await stands(served, "stuck"))["at"] == 0
            assert await play(served, 1) == 409
            assert await play(served, 0) == 200

    async def test_what_came_before_the_story_is_no_part_of_it(self, telling: Rig) -> None:
        await ask(telling)
        await play(telling, 0)
        await stands(telling, "waiting")
        await play(telling, 1)
        assert (await stands(telling, "acting"))["at"] == 1
        await ask(telling)
        await stands(telling, "over")
        assert len(telling.person("bahar").presses_made) == 1

    async def test_a_story_in_a_phone_that_is_not_there_is_not_offered(self, served: Rig) -> None:
        with pytest.raises(KeyError):
            served.page.player.offer([Step("nobody", "…", STORY[0].act)])
