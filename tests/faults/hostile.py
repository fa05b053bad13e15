"""Guessers, invitations, hostile files, and what our logs say of it all: rows 36, 37, 38, 39, 42."""

from __future__ import annotations

import asyncio
import re

from bot.arrivals import printable
from bot.sandbox.server import serve
from bot.sandbox.world import Sandbox
from tests.faults import brute_force_codes, invitations, media_corpus
from tests.faults.disk import asked
from tests.faults.mutants import Mutator
from tests.faults.report import Figure, Run
from tests.faults.service import Service
from tests.house import house
from tests.town import TOKENS

SECRETS = ("رازی که نوشته شد", "09121234567", "+98 912 123 4567", "0386-4567-SECRET")


async def row_36(run: Run) -> list[Figure]:
    async with house(run.room("guesses")) as home:
        found = await brute_force_codes.attack(home, run.pick(60, 500), run.pick(8, 20))
    most = max(found.wrong_by_account, default=0)
    measured = (
        f"{found.tries} guesses in an hour: at most {most} wrong ones answered an account, {found.wrong_answered} in "
        f"all, {found.paused} paused; {found.hits} hits showed {found.personal_fields} personal fields"
    )
    good = most <= 5 and found.wrong_answered <= 200 and not found.personal_fields and found.paused > 0
    return [Figure(36, "guessing tracking codes", "<= 5 an account, <= 200 an hour, 0 fields", measured, good)]


async def row_37(run: Run) -> list[Figure]:
    async with house(run.room("invitations")) as home:
        found = await invitations.attack(home, 100, run.pick(20, 1_000))
    measured = (
        f"{found.winners} of {found.at_once} at once, {found.revoked_winners} of one taken back, {found.late_winners} "
        f"after the end, {found.guess_winners} of {found.guessed} guesses; {found.readable} codes readable in the "
        "database"
    )
    others = found.revoked_winners + found.late_winners + found.guess_winners
    good = found.winners == 1 and not (others or found.readable)
    target = "1 of 100; 0 taken back; 0 late; 0 guessed"
    return [Figure(37, "one invitation, many who press", target, measured, good)]


async def row_38(run: Run) -> list[Figure]:
    """Files and bombs are one corpus, so that one run answers rows 38 and 39."""
    files = media_corpus.short() if run.short else media_corpus.hostile()
    found = await media_corpus.run(run.room("media"), files)
    measured = (
        f"{found.files} files: {found.written_outside} writes outside the store, {found.shown_as_they_came} shown as "
        f"they came, {found.bad_names} bad names, {found.unsettled} unsettled"
    )
    good = not (found.written_outside or found.shown_as_they_came or found.bad_names or found.unsettled)
    bombs = f"+{found.grown_mb:.1f} MB in the service, the loop at most {found.slowest_ms:.0f} ms late"
    return [
        Figure(38, "hostile files", "0 outside, 0 unre-encoded", measured, good),
        Figure(39, "picture bombs", "memory + <= 30 MB, 0 crashes", bombs, found.grown_mb <= 30 and good),
    ]


async def row_42(run: Run) -> list[Figure]:
    """Every service of this run logged at its wordiest; one more is fed with what must never be seen."""
    for form in ("console",) if run.short else ("console", "json"):
        await _talkative(run, form)
    raw = secrets = lines = 0
    for log in run.logs:
        text = log.read_bytes().decode(errors="surrogateescape") if log.exists() else ""
        lines += text.count("\n")
        raw += sum(not line.isprintable() for line in text.split("\n"))
        secrets += sum(text.count(secret) for secret in (*SECRETS, *TOKENS.values()))
        secrets += len(re.findall(r"(?<![\d.])(?:\+98|0)9\d{9}(?!\d)", text))
    measured = f"{lines} lines of {len(run.logs)} logs: {raw} with raw controls, {secrets} tokens, numbers or bodies"
    return [Figure(42, "logs of all services of this run", "0 raw controls, 0 secrets", measured, not (raw or secrets))]


async def _talkative(run: Run, form: str) -> None:
    """A service that is told secrets and fed with broken updates, while its platform answers badly."""
    sandbox = Sandbox()
    async with serve(sandbox) as server:
        service = Service(server, run.room(f"log-{form}"), settings={"LOG_FORMAT": form})
        run.logs.append(service.log)
        try:
            await service.start()
            await asked(sandbox.telegram)
            for platform, seed in ((sandbox.telegram, 1), (sandbox.bale, 2)):
                person = platform.person()
                for secret in SECRETS:
                    person.says(f"{secret} \x1b[31m\u202e")
                for kind in ("500", "refuse", "502", "lost", "wrong", "half"):
                    platform.faults.add(kind, chance=0.05)
                for update in Mutator(seed).batch(2_000_000_000, run.pick(100, 2_000)):
                    _told(update, seed)
                    platform.bot.updates.push_raw(printable(update))
            await sandbox.telegram.bot.updates.drained(60)
            sandbox.telegram.revoke(TOKENS["TELEGRAM_TOKEN"])
            sandbox.bale.goes_down()
            await asyncio.sleep(1)
            await service.stop()
        finally:
            await service.gone()


def _told(update: dict[str, object], number: int) -> None:
    message = update.get("message")
    if isinstance(message, dict) and number % 2:
        message["text"] = SECRETS[0]
