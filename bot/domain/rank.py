"""The order of the desk's lists: what presses most comes first."""

from __future__ import annotations

from bot.clock import DAY

_OPEN_ENDED = 30 * DAY  # a case without a target time stands behind those of a month
_URGENT = 30 * DAY
_REOPENED = 3 * DAY  # a promise that was broken once
_SUPPORTER, _MOST_SUPPORTERS = DAY, 20
_TIES = 2**20  # cases of one millisecond keep the order of their ids


def rank(case_id: int, created_at: int, target_at: int | None, *, urgent: bool, reopened: int, supporters: int) -> int:
    """A key that is smaller the more a case presses, and different for each case; times in milliseconds."""
    at = target_at or created_at + _OPEN_ENDED
    at -= _URGENT * urgent + _REOPENED * bool(reopened) + _SUPPORTER * min(supporters, _MOST_SUPPORTERS)
    return at * _TIES + case_id % _TIES


def rank_at(moment: int) -> int:
    """The rank of a moment: what is due before it has a smaller one."""
    return moment * _TIES
