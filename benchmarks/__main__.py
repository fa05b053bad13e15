"""python -m benchmarks: the report dialogue with our bot beside aiogram, python-telegram-bot and bare sockets, then an
announcement to many, then lists and searches among ten thousand cases and among a million.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import uvloop

from benchmarks import dialogue, profiled, table
from benchmarks.broadcast import comparing
from benchmarks.cases.comparing import compare
from benchmarks.contestants import AIOGRAM, ALL, OURS, PEERS, Contestant
from benchmarks.dialogue import Turn
from benchmarks.platform import Platform
from benchmarks.runs import Plan, record, run
from benchmarks.steps import STEPS, load_steps
from benchmarks.strict import StrictPlatform

STRICT_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Race:
    """What all rounds share. `script`: where the dialogue lies for the others."""

    turns: list[Turn]
    script: Path
    plan: Plan
    platform: type[Platform | StrictPlatform] = Platform

    async def round(self, contestants: Sequence[Contestant], number: int) -> table.Round:
        """Everybody once; each round begins with somebody else."""
        first, done = number % len(contestants), {}
        for each in (*contestants[first:], *contestants[:first]):
            gc.collect()
            one = await run(each, self.turns, self.script, self.plan, self.platform())
            done[each.key] = one
            _say(f"  {number + 1} {each.key}: {one.full.cpu:.3f} ms, {one.full.rate:,.0f}/s; {one.steady.cpu:.3f} ms")
        return done

    async def rounds(self, contestants: Sequence[Contestant], count: int) -> list[table.Round]:
        return [await self.round(contestants, number) for number in range(count)]


def main() -> int:
    """Run what is asked for; answers 1 when an update failed or somebody was not answered."""
    options = _parser().parse_args()
    if options.profile:
        return uvloop.run(profiled.profile(options.steps))
    verdict = uvloop.run(_compare(options))
    if not options.only:
        verdict |= uvloop.run(comparing.compare(comparing.QUICK if options.quick else comparing.WHOLE))
    if not options.quick and not options.only:
        _say(f"\nAmong so many cases\n{compare()}")
    return verdict


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds (5)")
    parser.add_argument("--quick", action="store_true", help="one short round, a short announcement, and no cases")
    parser.add_argument("--only", default="", help="some of: ours, aiogram, ptb, sockets; nothing else")
    parser.add_argument("--steps", type=Path, default=STEPS, help="another dialogue than steps.toml")
    parser.add_argument("--profile", action="store_true", help="where our time goes, instead")
    return parser


async def _compare(options: argparse.Namespace) -> int:
    plan = Plan(warm=1.0, full=2.0, steady=2.0) if options.quick else Plan()
    count = 1 if options.quick else options.rounds
    everybody = _chosen(options.only)
    two = [each for each in everybody if each in (OURS, AIOGRAM)]
    turns = [Turn(step) for step in load_steps(options.steps)]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "dialogue.json"
        await record(turns, script)
        dialogue.write(turns, script)
        _say(f"The dialogue: {len(turns)} updates, {dialogue.calls(turns)} calls; {plan.people} people at once.")
        rounds = await Race(turns, script, plan).rounds(everybody, count)
        _say("  through the sandbox:")
        strict = await Race(turns, script, plan, StrictPlatform).rounds(two, min(count, STRICT_ROUNDS))
    _say(table.show("At saturation", everybody, rounds, table.full))
    _say(table.show(f"At {plan.pace:.0f} updates a second", everybody, rounds, table.steady))
    _say(table.show("Through the sandbox at saturation (its strictness is the limit)", two, strict, table.full))
    _say(table.show(f"Through the sandbox at {plan.pace:.0f} updates a second", two, strict, table.steady))
    _say(table.show_rest(everybody, rounds))
    return _verdict(rounds + strict)


def _chosen(names: str) -> list[Contestant]:
    wanted = [each.strip() for each in names.split(",") if each.strip()] or [each.key for each in ALL]
    if not PEERS.exists() and wanted != [OURS.key]:
        _say("The other bots are not installed (make bench does that): ours alone.")
        wanted = [OURS.key]
    return [each for each in ALL if each.key in wanted]


def _verdict(rounds: Sequence[table.Round]) -> int:
    runs = [one for each in rounds for one in each.values()]
    return int(any(run.stalled or (run.kept is not None and run.kept.failed + run.kept.dead) for run in runs))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
