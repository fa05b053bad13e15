"""The sender's card of a broadcast: how far it is, what became of it, and what may be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.domain.broadcast import OVER, Cast, Mode, Tally
from bot.talk.reader import Reader
from bot.talk.rich import Rich
from bot.talk.screen import Button, Screen

PAUSE, RESUME, STOP, CARD = "b-pause", "b-go", "b-stop", "b-card"
IS_OVER, EXTEND, CORRECT, WITHDRAW = "b-over", "b-extend", "b-correct", "b-back"


class Shown(Protocol):
    """What the card needs of a broadcast."""

    @property
    def id(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def mode(self) -> str: ...
    @property
    def relation(self) -> str: ...
    @property
    def template(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def phase(self) -> int: ...
    @property
    def finished_at(self) -> int: ...


class Reason(Protocol):
    """So many failed for this."""

    @property
    def error(self) -> str: ...
    @property
    def n(self) -> int: ...


def key(cast_id: int) -> str:
    """Of all cards of a broadcast that wait to be sent the newest takes the place of the others."""
    return f"cast-{cast_id}"


def card(reader: Reader, cast: Shown, counts: Tally, most: int, why: Sequence[Reason] = ()) -> Screen:
    """Progress while it goes out, the account afterwards. `most`: messages a day, for who got enough today; `why`: what
    the messengers said of those that failed.
    """
    total = counts.made if cast.phase > 1 else max(cast.size, counts.made)
    named, texts = reader.rich("cast-named", title=cast.title), list[Rich]()
    if cast.mode == Mode.WITHDRAW and cast.state == Cast.DONE:
        texts += [named, reader.rich("cast-withdrawn", count=counts.sent, left=total - counts.sent)]
    elif cast.state in OVER and not cast.finished_at:
        texts += [named, reader.rich("cast-landing")]
    elif cast.state in (Cast.SENDING, Cast.PAUSED):
        texts += [named, *_progress(reader, cast, counts, total)]
    else:
        texts += _account(reader, cast, counts, total)
        texts += [reader.rich("cast-result-why", count=each.n, reason=each.error) for each in why if each.error]
        texts.append(reader.rich("cast-result-note"))
    if counts.deferred:
        texts.append(reader.rich("cast-limit", max=most, count=counts.deferred))
    return reader.screen(*texts, rows=_rows(reader, cast))


def _progress(reader: Reader, cast: Shown, counts: Tally, total: int) -> list[Rich]:
    failed = counts.failed + counts.unreachable
    sent = counts.sent + counts.uncertain
    left = total - sent - failed - counts.expired
    said = [reader.rich("cast-progress", sent=sent, total=total, failed=failed, left=left)]
    return [*said, reader.rich("cast-paused", left=left)] if cast.state == Cast.PAUSED else said


def _account(reader: Reader, cast: Shown, counts: Tally, total: int) -> list[Rich]:
    """Nothing is rounded and nothing left out; whether it was read nobody knows."""
    unreached = total - counts.sent - counts.uncertain - counts.unreachable - counts.failed
    end = {Cast.STOPPED: "cast-stopped", Cast.EXPIRED: "cast-expired"}.get(Cast(cast.state))
    return [
        *([reader.rich(end, left=unreached)] if end else []),
        reader.rich(
            "cast-result",
            title=cast.title,
            sent=counts.sent,
            total=total,
            unreachable=counts.unreachable,
            failed=counts.failed,
        ),
        *([reader.rich("cast-result-uncertain", count=counts.uncertain)] if counts.uncertain else []),
    ]


def _rows(reader: Reader, cast: Shown) -> list[list[Button]]:
    def button(text: str, verb: str) -> Button:
        return reader.button(text, verb, cast.id)

    if cast.state == Cast.SENDING:
        return [[button("btn-pause", PAUSE), button("btn-stop-sending", STOP)], *_afterwards(button, cast)]
    if cast.state == Cast.PAUSED:
        return [[button("btn-resume", RESUME), button("btn-stop-sending", STOP)]]
    if cast.state in OVER and cast.finished_at:
        return _afterwards(button, cast)
    return []


def _afterwards(button: Callable[[str, str], Button], cast: Shown) -> list[list[Button]]:
    """What can still be told to the same people; a change of messages is no message that could be changed."""
    if cast.mode != Mode.SAY or cast.relation in ("news", "summary"):
        return []
    over = [button("btn-is-over", IS_OVER), button("btn-extend-cast", EXTEND)] if cast.template else []
    later = [] if cast.relation else over
    fix = [button("btn-correct-cast", CORRECT)]
    back = [button("btn-withdraw-cast", WITHDRAW)] if cast.state != Cast.SENDING else []
    return [later, [*fix, *back]]
