"""What the network and the platforms do to us: rows 11, 13, 14, 15, 16."""

from __future__ import annotations

import asyncio
import random
import time
from typing import Literal

from bot.app import App
from bot.clock import SystemClock
from bot.sandbox.limits import Limits
from bot.sandbox.person import Person
from bot.sandbox.platform import Platform
from bot.sandbox.server import serve
from bot.sandbox.world import Sandbox
from bot.store.work import Arrival, Priority
from bot.talk.rich import Plain
from bot.talk.screen import Screen
from tests.faults.hand_clock import HandClock, until
from tests.faults.office import Office, office, texts
from tests.faults.report import Figure, Run, percentile
from tests.town import TOKENS, learned, serving, settings_for

RATE = 30


async def row_11(run: Run) -> list[Figure]:
    return [await _allowed_rate(run), *await _storm(run)]


async def _allowed_rate(run: Run) -> Figure:
    """A broadcast within the platform's own limits, in the test's time."""
    count = run.pick(300, 1_500)
    async with office(run.room("rate"), rate=RATE) as post:
        post.platform.limits = Limits(bot_rate=RATE, bot_burst=RATE)
        await _announce(post, count)
        post.start()
        at = post.clock.monotonic()
        while post.platform.calls.counts["sendmessage", 200] < count:
            await post.passing(0.1, step=0.02)
            if post.clock.monotonic() - at > count:
                break
        seconds, early = post.clock.monotonic() - at, post.platform.calls.early
        sent = post.platform.calls.counts["sendmessage", 200]
    share = (sent - RATE) / (RATE * seconds)
    measured = f"{sent} of {count} in {seconds:.1f} s of theirs: {share:.1%} of {RATE} a second, {early} early calls"
    return Figure(11, "a broadcast beside the platform's limits", ">= 98 %", measured, share >= 0.98, True)


async def _announce(post: Office, count: int) -> list[Person]:
    people = [post.person(str(number)) for number in range(count)]
    for person in people:
        await post.pushes(person, "news", priority=Priority.BROADCAST)
    return people


async def _storm(run: Run) -> list[Figure]:
    """Every third call is told to wait; sometimes the chat, sometimes the whole bot."""
    storms, dice = run.pick(1, 6), random.Random(137)
    early = lost = twice = count = 0
    for number in range(storms):
        scope: Literal["chat", "bot"] = "bot" if number % 2 else "chat"
        async with office(run.room(f"storm-{number}"), rate=RATE) as post:
            pause = None if number == 4 else dice.choice([1, 2, 5, 20, 60])
            fault = post.platform.faults.add(
                "429",
                "sendMessage",
                every=3,
                retry_after=pause,
                scope=scope,
                times=run.pick(10, 30),
            )
            people = await _announce(post, run.pick(30, 90))
            for person in people[::3]:
                await post.says(person, "your code", "and more")
            post.start()
            expected = len(people) + 2 * len(people[::3])
            for _ in range(6_000):
                await post.passing(0.5, step=0.5)
                if sum(len(person.inbox) for person in people) >= expected:
                    break
            early += post.platform.calls.early
            count += fault.hits
            lost += expected - sum(len(set(texts(person))) for person in people)
            twice += sum(len(texts(person)) - len(set(texts(person))) for person in people)
    measured = f"{count} times told to wait: {early} early calls, {lost} lost, {twice} doubled"
    return [Figure(11, "a storm of 429", "0 early calls, 0 lost", measured, not (early or lost or twice))]


async def row_13(run: Run) -> list[Figure]:
    """The same questions on Bale with Telegram up and with Telegram refusing connections, in turns; then a start."""
    asked, turns = run.pick(5, 80), run.pick(1, 5)
    up, cut, answered = list[float](), list[float](), 0
    sandbox = Sandbox()
    async with serve(sandbox) as server:
        settings = settings_for(server, run.room("cut"), BALE_RATE="1000")
        async with App(settings, SystemClock(), learned=learned()) as app, serving(app):
            await _asked(sandbox.bale, 5)
            for _ in range(turns):
                up.append(percentile(await _asked(sandbox.bale, asked), 0.95) * 1000)
                sandbox.telegram.goes_down()
                await until(lambda: app.intakes[0].trouble.startswith("unreachable"))
                seconds = await _asked(sandbox.bale, asked)
                cut.append(percentile(seconds, 0.95) * 1000)
                answered += len(seconds)
                sandbox.telegram.comes_back()
                await until(lambda: not app.intakes[0].trouble, within=10)
        sandbox.telegram.goes_down()
        at = time.monotonic()
        async with App(settings, SystemClock(), learned=learned()) as app, serving(app):
            await _asked(sandbox.bale, 1)
            start = time.monotonic() - at
            sandbox.telegram.comes_back()
            other = sandbox.telegram.person()
            other.starts()
            await other.answer(within=20)
    before, after = percentile(up, 0.5), percentile(cut, 0.5)
    measured = f"{answered} of {asked * turns} answered"
    latency = f"p95 {before:.1f} ms with Telegram, {after:.1f} ms without (medians of {turns} turns)"
    started = f"answered {start:.2f} s after a start without Telegram, which was served when it came back"
    return [
        Figure(13, "Telegram blocked, Bale up", "all answered", measured, answered == asked * turns),
        Figure(13, "no added latency", "p95 + 10 %, or 2 ms", latency, after <= max(before * 1.1, before + 2), True),
        Figure(13, "start with one unreachable", "<= 1.5 s", started, start <= 1.5, True),
    ]


async def _asked(platform: Platform, times: int) -> list[float]:
    """Seconds until each of so many newcomers was answered, one after another."""
    seconds = []
    for number in range(times):
        person, at = platform.person(str(number)), time.monotonic()
        person.starts()
        await person.answer(within=20)
        seconds.append(time.monotonic() - at)
        await asyncio.sleep(0.01)
    return seconds


# What each fault leaves, and what must become of a message that meets it once: (copies, state).
TABLE: dict[str, tuple[int, str]] = {
    "429": (1, "sent"),
    "500": (1, "sent"),
    "502": (1, "sent"),
    "reset": (1, "sent"),
    "refuse": (0, "dead"),
    "lost": (2, "sent"),
    "late502": (2, "sent"),
    "sliced": (1, "sent"),
    "half": (2, "sent"),
    "wrong": (2, "sent"),
    "slow": (1, "sent"),
}


async def row_14(run: Run) -> list[Figure]:
    """Each fault on a message, on the answer to a press, on getUpdates and on getMe."""
    right, wrong = 0, list[str]()
    for kind, (copies, state) in TABLE.items():
        async with office(run.room(f"toxic-{kind}")) as post:
            post.start()
            reporter = post.person()
            post.platform.faults.add(kind, "sendMessage", times=1, retry_after=1, seconds=0.2)  # type: ignore[arg-type]
            await post.says(reporter, "hello")
            await post.passing(8, step=0.5)
            states = await post.states()
            fine = states == [state] and len(texts(reporter)) == copies and not reporter_heard_twice(reporter)
            right += fine
            wrong += [] if fine else [f"{kind}: {states}, {len(texts(reporter))} copies"]
            press = post.platform.bot.press(reporter.id, "x", old_client=False)
            post.platform.faults.add(kind, "answerCallbackQuery", times=1, retry_after=1)  # type: ignore[arg-type]
            async with post.acting(reporter, press.id) as work:
                work.toast("done")
            await post.passing(3, step=0.5)
            await post.says(reporter, "after it")
            await post.passing(3, step=0.5)
            alive = texts(reporter)[-1:] == ["after it"] and post.task is not None and not post.task.done()
            right += alive
            wrong += [] if alive else [f"{kind} on a press: the sender is gone or silent"]
    measured = f"{right} of {2 * len(TABLE)} as the table says" + "".join(f"; {each}" for each in wrong)
    return [Figure(14, "slow, cut, sliced, half, wrong answers", "100 % as the table says", measured, not wrong)]


def reporter_heard_twice(person: Person) -> bool:
    """Whether a second copy rang."""
    return sum(not message.silent for message in person.inbox) > 1


async def row_15(run: Run) -> list[Figure]:
    """Every second message is taken and its answer lost; some are answered never at all."""
    count = run.pick(20, 400)
    async with office(run.room("lost"), rate=1_000) as post:
        post.start()
        post.platform.faults.add("lost", "sendMessage", chance=0.5)
        people = [post.person(str(number)) for number in range(count)]
        for person in people:
            await post.says(person, "your code")
        await post.passing(6, step=0.5)
        await until(lambda: all(texts(person) for person in people))
        await post.passing(3, step=0.5)
    if not run.short:
        people += await _never_answered(run)
    copies = [len(texts(person)) for person in people]
    loud = sum(reporter_heard_twice(person) for person in people)
    measured = f"{len(people)} messages: {copies.count(0)} missed, at most {max(copies)} copies, {loud} rang twice"
    good = min(copies) >= 1 and max(copies) <= 2 and not loud
    return [Figure(15, "taken without an answer", "copies <= 2, the second silent, 0 missed", measured, good)]


async def _never_answered(run: Run) -> list[Person]:
    """A real timeout of ten seconds."""
    async with office(run.room("hang")) as post:
        post.start()
        post.platform.faults.add("hang", "sendMessage", times=3)
        people = [post.person(str(number)) for number in range(3)]
        for person in people:
            await post.says(person, "your code")
        async with asyncio.timeout(40):
            while not all(len(texts(person)) == 2 for person in people):
                post.clock.advance(0.1)
                await asyncio.sleep(0.05)
        return people


async def row_16(run: Run) -> list[Figure]:
    """The whole service in the test's time: ten minutes with a token that is refused, then a new one."""
    sandbox, clock, folder = Sandbox(), HandClock(), run.room("revoked")
    old, new, minutes = TOKENS["TELEGRAM_TOKEN"], "137:another-token-of-the-same-bot", run.pick(3, 10)
    async with serve(sandbox) as server:
        settings = settings_for(server, folder)
        async with App(settings, clock, learned=learned()) as app, serving(app):
            person, other = sandbox.telegram.person(), sandbox.bale.person()
            await _talk(clock, person)
            sandbox.telegram.revoke(old)
            person.starts()
            await _push(app, person)
            await _pass(clock, 90)
            told = app.intakes[0].trouble
            before = _calls(sandbox)
            await _pass(clock, 60 * minutes)
            calls = _calls(sandbox) - before
            await _talk(clock, other)
        settings = settings_for(server, folder, TELEGRAM_TOKEN=new)
        async with App(settings, clock, learned=learned()) as app, serving(app):
            heard = 0
            for _ in range(300):
                clock.advance(0.1)
                await asyncio.sleep(0.005)
                heard = len(person.unread)
                if heard >= 2:
                    break
    measured = (
        f"{calls} calls in {minutes} minutes, told as {told!r}; Bale was served; with the new token {heard} of 2 "
        "waiting messages came"
    )
    good = calls <= minutes and heard >= 2 and "token" in told
    return [Figure(16, "token revoked", "<= 1 call a minute, 0 lost, the other served", measured, good)]


def _calls(sandbox: Sandbox) -> int:
    return sum(times for (_, status), times in sandbox.telegram.calls.counts.items() if status in (401, 404))


async def _push(app: App, person: Person) -> None:
    """A message that nobody asked for, said while the token is refused."""
    store, arrival = app.store, Arrival(1, "push", person.id, person.id)
    async with store.unit("telegram", "another", [arrival]) as unit:
        work = await unit.work(arrival)
        work.say(Screen((Plain("news of your case"),)), priority=Priority.PUSH)
        unit.merge(work)
        await store.commit(unit)


async def _talk(clock: HandClock, person: Person) -> None:
    person.starts()
    for _ in range(2_000):
        clock.advance(0.05)
        await asyncio.sleep(0.003)
        if person.unread:
            person.unread.clear()
            return
    raise AssertionError("not answered")


async def _pass(clock: HandClock, seconds: int) -> None:
    for _ in range(seconds):
        clock.advance(1)
        await asyncio.sleep(0.002)
