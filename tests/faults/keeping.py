"""What the operator relies on: commands beside the service, damage, backups, restores, migrations.

Rows 18, 21, 26, 27 and 28.
"""

from __future__ import annotations

from tests.faults.archives import backups_under_load, restores_killed
from tests.faults.beside import commands_under_load, migrations_killed
from tests.faults.damages import start_on_damages
from tests.faults.report import Figure, Run


async def row_18(run: Run) -> list[Figure]:
    told = await commands_under_load(run.room("beside"), run.pick(25, 500))
    measured = f"{told.commands} beside {told.updates} updates: {told.failed} failed, {told.lost} updates lost"
    good = told.sound and not told.failed and not told.lost
    return [Figure(18, "commands beside a busy service", "0 failed, integrity ok", measured, good)]


async def row_21(run: Run) -> list[Figure]:
    told = await start_on_damages(run.room("damages"), run.pick(28, 200))
    measured = (
        f"{told.tried} damages: {told.refused} refused, {told.sound} sound, {told.wrong} served damaged, "
        f"{told.written} written to, {told.unclear} without the cure"
    )
    good = not (told.wrong or told.written or told.unclear)
    return [Figure(21, "damaged, cut, empty, missing database", "0 served damaged, 0 written to", measured, good)]


async def row_26(run: Run) -> list[Figure]:
    told = await backups_under_load(run.room("backups"), run.pick(5, 100))
    measured = f"{told.whole} of {told.tried} whole, beside {told.acknowledged} updates"
    return [
        Figure(26, "backups while people write", "all whole, with all acknowledged", measured, told.whole == told.tried)
    ]


async def row_27(run: Run) -> list[Figure]:
    told = await restores_killed(run.room("restores"), run.pick(3, 50))
    measured = f"{told.killed} killed, {told.ended} ended: {told.old} old, {told.new} new, {told.half} half"
    return [Figure(27, "restores killed", "0 half", measured, not told.half and told.killed > 0)]


async def row_28(run: Run) -> list[Figure]:
    told = await migrations_killed(run.room("migrations"), run.pick(3, 50))
    measured = f"{told.killed} killed, {told.ended} ended: {told.between} between two versions"
    return [Figure(28, "migrations killed", "0 broken", measured, not told.between and told.killed > 0)]
