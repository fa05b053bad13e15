"""The table: medians over the rounds, ratios taken within a round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from benchmarks.contestants import Contestant
from benchmarks.runs import Figures, Run

Round = dict[str, Run]
Pick = Callable[[Run], Figures]
_HEAD = "| | CPU ms/update | of aiogram | of the floor | updates/s | p50 / p99 ms |"


def full(run: Run) -> Figures:
    return run.full


def steady(run: Run) -> Figures:
    return run.steady


def show(title: str, contestants: Sequence[Contestant], rounds: Sequence[Round], pick: Pick) -> str:
    """One stretch, a line for each bot."""
    lines = [f"\n{title}", _HEAD, "|---|---|---|---|---|---|"]
    for each in contestants:
        mine = [pick(one[each.key]) for one in rounds]
        lines.append(
            f"| {each.name} | {median(f.cpu for f in mine):.3f} | {ratio(each.key, 'aiogram', rounds, pick)} "
            f"| {ratio(each.key, 'sockets', rounds, pick)} | {median(f.rate for f in mine):,.0f} "
            f"| {median(f.p50 for f in mine):.1f} / {median(f.p99 for f in mine):.1f} |"
        )
    return "\n".join(lines)


def ratio(key: str, other: str, rounds: Sequence[Round], pick: Pick) -> str:
    """CPU an update beside another bot's: the median of the rounds' ratios, and their spread."""
    if other not in rounds[0]:
        return "-"
    ratios = sorted(pick(one[key]).cpu / max(pick(one[other]).cpu, 1e-9) for one in rounds)
    spread = "" if len(ratios) == 1 or key == other else f" ({ratios[0]:.2f}-{ratios[-1]:.2f})"
    return f"{median(ratios):.2f}{spread}"


def show_rest(contestants: Sequence[Contestant], rounds: Sequence[Round]) -> str:
    """Memory, start, and what must be nought."""
    lines = ["\nMemory after saturation, and what must be 0"]
    lines += ["| | memory MB | start s | not answered | failed_updates | dead letters | neither sent nor dead |"]
    lines += ["|---|---|---|---|---|---|---|"]
    for each in contestants:
        mine = [one[each.key] for one in rounds]
        kept = [run.kept for run in mine if run.kept is not None]
        rows = " | ".join(
            str(sum(counts)) if kept else "-"
            for counts in ([k.failed for k in kept], [k.dead for k in kept], [k.unclear for k in kept])
        )
        lines.append(
            f"| {each.name} | {median(r.memory for r in mine):.0f} | {median(r.start for r in mine):.2f} "
            f"| {sum(r.stalled for r in mine)} | {rows} |"
        )
    return "\n".join(lines)
