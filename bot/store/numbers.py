"""Ids and case numbers, taken from the database in blocks so that rows can point at each other before they are written.

What is left of a block when the process ends is never used: gaps are harmless, doubles are not.
"""

from __future__ import annotations

from typing import NamedTuple

ID_BLOCK = 20_000
NUMBER_BLOCK = 400  # more than twice the largest batch, in which everybody may file
_LOW_IDS = ID_BLOCK // 2
_LOW_NUMBERS = NUMBER_BLOCK // 2


class Block(NamedTuple):
    """What a unit's opening took: the first id and number of the new blocks, 0 where none was wanted."""

    ids: int = 0
    numbers: int = 0


class Numbers:
    """The blocks in hand. Lost at the end of the process, with the gap that they leave."""

    def __init__(self) -> None:
        self._ids: list[range] = []
        self._numbers: list[range] = []

    def wanted(self) -> tuple[int, int]:
        """How many ids and numbers the next opening should take."""
        ids = ID_BLOCK if sum(map(len, self._ids)) < _LOW_IDS else 0
        numbers = NUMBER_BLOCK if sum(map(len, self._numbers)) < _LOW_NUMBERS else 0
        return ids, numbers

    def give(self, block: Block) -> None:
        if block.ids:
            self._ids.append(range(block.ids, block.ids + ID_BLOCK))
        if block.numbers:
            self._numbers.append(range(block.numbers, block.numbers + NUMBER_BLOCK))

    def id(self) -> int:
        """The next id. Raises IndexError when one batch used up more than a whole block."""
        return _take(self._ids)

    def number(self) -> int:
        """The next case number. Raises IndexError when one batch used up more than a whole block."""
        return _take(self._numbers)


def _take(blocks: list[range]) -> int:
    block = blocks[0]
    if len(block) == 1:
        blocks.pop(0)
    else:
        blocks[0] = block[1:]
    return block[0]
