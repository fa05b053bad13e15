"""The demo: one address, six phones, the real service behind them, a clock to turn and a story that plays."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.clock import DAY, MINUTE, TurnedClock
from bot.demo import serve_demo
from bot.errors import DatabaseError, SettingError
from bot.settings import Settings, read_settings
from bot.store.driver import connect
from tests.town import Hasty

HOME = "green"  # parks


@dataclass
class Running:
    """A demo that answers at `url`; each start of its service is told again."""

    settings: Settings
    told: asyncio.Queue[str]
    session: aiohttp.ClientSession
    url: str = ""

    async def state(self) -> dict[str, Any]:
        """What the page shows now: its first event."""
        async with self.session.get(f"{self.url}page/events") as answer:
            async for line in answer.content:
                if line.startswith(b"data: "):
                    state: dict[str, Any] = json.loads(line[6:])
                    return state
        raise AssertionError("the stream ended")

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database holds."""
        return read(self.settings.data_dir / "demo" / "shahr137.db", sql)

    async def tells(self, *words: str) -> dict[str, Any]:
        """Wait until the page is told a story that is in one of these states."""
        async with asyncio.timeout(30), self.session.get(f"{self.url}page/events") as answer:
            async for line in answer.content:
                if line.startswith(b"data: "):
                    event = json.loads(line[6:])
                    story: dict[str, Any] = event.get("story", event)
                    if story.get("state") in words and story["steps"]:
                        return story
        raise AssertionError("the stream ended")

    async def posts(self, path: str, body: dict[str, Any]) -> None:
        headers = {"Origin": self.url.rstrip("/")}
        async with self.session.post(f"{self.url}page/{path}", json=body, headers=headers) as answer:
            assert answer.status == 200, await answer.text()

    async def shows(self, key: str, words: str) -> None:
        """Wait until the phone shows a message of the bot, or a key, with these words."""
        async with asyncio.timeout(10), self.session.get(f"{self.url}page/events") as answer:
            async for line in answer.content:
                if line.startswith(b"data: ") and any(words in text for text in _seen(json.loads(line[6:]), key)):
                    return
        raise AssertionError("the stream ended")


def _seen(event: dict[str, Any], key: str) -> Iterator[str]:
    """What an event brings to the phone's screen."""
    phones = [phone for phone in event.get("phones", ()) if phone["key"] == key]
    if event.get("phone") == key:
        phones.append({"messages": [event["message"]] if "message" in event else [], **event})
    for phone in phones:
        yield from (message["text"] for message in phone["messages"] if message["by_bot"])
        yield from (shown["text"] for row in phone["keyboard"] or () for shown in row)


def read(database: Path, sql: str) -> list[tuple[Any, ...]]:
    """By the service's own driver: another SQLite in the same process would take its locks away."""
    with contextlib.closing(connect(database, read_only=True)) as connection:
        return list(connection.execute(sql))


def settings_in(folder: Path, **more: str) -> Settings:
    return read_settings({"DATA_DIR": str(folder), "WEB_PORT": "0", **more})


@contextlib.asynccontextmanager
async def demo(settings: Settings, keep: bool = False) -> AsyncIterator[Running]:
    stop, told = asyncio.Event(), asyncio.Queue[str]()
    serving = asyncio.create_task(serve_demo(settings, Hasty(), told.put_nowait, keep=keep, stop=stop))
    async with aiohttp.ClientSession() as session:
        running = Running(settings, told, session)
        try:
            running.url = await first_of(told, serving)
            yield running
        finally:
            stop.set()
            await serving


async def first_of(told: asyncio.Queue[str], serving: asyncio.Task[None]) -> str:
    """The address, or whatever ended the demo before it had one."""
    address = asyncio.create_task(told.get())
    await asyncio.wait([address, serving], timeout=20, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        serving.result()
    return address.result()


async def test_a_newcomer_is_greeted_on_both_platforms(tmp_path: Path) -> None:
    async with demo(settings_in(tmp_path)) as running:
        state = await running.state()
        shown = [(phone["role"], phone["platform"]) for phone in state["phones"]]
        assert shown == [
            *(("citizen", "telegram"), ("citizen", "bale"), ("dispatcher", "bale")),
            *(("officer", "telegram"), ("manager", "bale"), ("admin", "telegram")),
        ]
        assert len(state["map"]["areas"]) >= 5
        for key in ("citizen-telegram", "citizen-bale"):
            await running.posts("act", {"phone": key, "act": "start"})
            await running.shows(key, "لطفاً زبان خود را انتخاب کنید")


async def test_the_bot_bears_the_municipalitys_name(tmp_path: Path) -> None:
    async with demo(settings_in(tmp_path)) as running:
        assert {phone["bot"]["name"] for phone in (await running.state())["phones"]} == {"شهرداری قروه"}


async def test_a_reset_empties_chats_and_database_at_the_same_address(tmp_path: Path) -> None:
    async with demo(settings_in(tmp_path)) as running:
        await running.posts("act", {"phone": "citizen-bale", "act": "start"})
        await running.shows("citizen-bale", "زبان")
        before = code_key(tmp_path / "demo" / "shahr137.db")
        await running.posts("reset", {})
        async with asyncio.timeout(20):
            assert await running.told.get() == running.url
        citizens = [phone for phone in (await running.state())["phones"] if phone["role"] == "citizen"]
        assert [phone["messages"] for phone in citizens] == [[], []]
        assert code_key(tmp_path / "demo" / "shahr137.db") != before


def code_key(database: Path) -> str:
    """Made once for each database."""
    return str(read(database, "SELECT value FROM meta WHERE key = 'code_key'")[0][0])


async def test_a_new_demo_starts_afresh_unless_it_is_told_to_keep(tmp_path: Path) -> None:
    kept = tmp_path / "demo" / "files" / "photo"
    kept.parent.mkdir(parents=True)
    kept.write_text("x")
    async with demo(settings_in(tmp_path), keep=True) as running:
        assert kept.exists()
        await running.posts("act", {"phone": "citizen-telegram", "act": "start"})
        await running.shows("citizen-telegram", "زبان")
    async with demo(settings_in(tmp_path), keep=True) as running:
        await running.posts("act", {"phone": "citizen-telegram", "act": "start"})
        await running.shows("citizen-telegram", "زبان")
    async with demo(settings_in(tmp_path)):
        assert not kept.exists()


async def test_the_operators_own_tokens_and_database_are_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "real.db"
    given = settings_in(tmp_path, TELEGRAM_TOKEN="5:real", DATABASE_URL=f"sqlite:///{own}", TELEGRAM_PROXY="http://x:1")
    async with demo(given) as running:
        await running.posts("act", {"phone": "citizen-telegram", "act": "start"})
        await running.shows("citizen-telegram", "زبان")
    assert not own.exists()


async def test_a_port_in_use_is_one_clear_line_and_touches_nothing(tmp_path: Path) -> None:
    async with demo(settings_in(tmp_path)) as running:
        port = running.url.rstrip("/").rpartition(":")[2]
        (tmp_path / "other" / "demo").mkdir(parents=True)
        (tmp_path / "other" / "demo" / "kept").write_text("x")
        with pytest.raises(SettingError, match="WEB_PORT"):
            await serve_demo(settings_in(tmp_path / "other", WEB_PORT=port), TurnedClock(), print)
        assert (tmp_path / "other" / "demo" / "kept").exists()


async def test_a_second_demo_in_the_same_folder_does_not_empty_it(tmp_path: Path) -> None:
    async with demo(settings_in(tmp_path)) as running:
        with pytest.raises(DatabaseError, match="Another service"):
            await serve_demo(settings_in(tmp_path), TurnedClock(), print)
        assert await running.state()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])
async def test_the_demo_is_never_shown_to_the_network(tmp_path: Path, host: str) -> None:
    with pytest.raises(SettingError, match="WEB_HOST"):
        await serve_demo(settings_in(tmp_path, WEB_HOST=host), TurnedClock(), print)


async def test_the_staff_are_in_their_roles_before_anybody_asks(tmp_path: Path) -> None:
    async with demo(settings_in(tmp_path)) as running:
        for key in ("dispatcher", "officer", "manager", "admin"):
            await running.shows(key, "میز کار")
        found = await running.rows("SELECT role, department FROM roles ORDER BY role")
        assert found == [("admin", ""), ("dispatcher", ""), ("manager", HOME), ("officer", HOME)]


async def plays(running: Running, steps: list[dict[str, Any]]) -> str:
    """Play these first steps of the story, without a pause; answers how it stands then."""
    told: dict[str, Any] = {}
    for number, step in enumerate(steps):
        await running.posts("story", {"step": number})
        told = await running.tells("waiting", "stuck", "over")
        assert told["state"] != "stuck", step
    return str(told["state"])


async def test_the_story_plays_to_its_end_and_can_be_begun_again(tmp_path: Path) -> None:
    async with demo(settings_in(tmp_path)) as running:
        steps = (await running.tells("idle"))["steps"]
        assert await plays(running, steps) == "over"
        async with asyncio.timeout(10):  # the last press is on its way when the story is over
            while not await running.rows("SELECT 1 FROM events WHERE kind = 'rated'"):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert await running.rows("SELECT state, closed_how FROM cases") == [("closed", "agreed")]
        kinds = [kind for (kind,) in await running.rows("SELECT kind FROM events ORDER BY id")]
        first_try = ["filed", "referred", "started", "done", "half", "added"]
        assert kinds == [*first_try, "handed", "started", "done", "agreed", "rated"]
        until_routed = [step["phone"] for step in steps].index("dispatcher") + 2
        assert await plays(running, steps[:until_routed]) == "waiting"
        assert await running.rows("SELECT count(*) FROM cases") == [(2,)]


async def test_the_clock_goes_on_by_a_day_and_a_reset_brings_it_back(tmp_path: Path) -> None:
    async with demo(settings_in(tmp_path)) as running:
        before = (await running.state())["clock"]
        assert before["turns"]
        await running.posts("clock", {"hours": 24})
        assert (await running.state())["clock"]["now"] == pytest.approx(before["now"] + DAY, abs=MINUTE)
        await running.posts("reset", {})
        async with asyncio.timeout(20):
            await running.told.get()
        assert (await running.state())["clock"]["now"] == pytest.approx(before["now"], abs=MINUTE)


async def test_a_demo_that_keeps_what_was_filed_keeps_its_time(tmp_path: Path) -> None:
    async with demo(settings_in(tmp_path)) as running:
        await running.posts("clock", {"hours": 1})
        turned = (await running.state())["clock"]["now"]
    async with demo(settings_in(tmp_path), keep=True) as running:
        assert turned <= (await running.state())["clock"]["now"] < turned + MINUTE
