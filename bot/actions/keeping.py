"""What editors keep: one version of each thing; whoever would change an older one than there is has to look first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar, cast

from bot.actions.showing import Kept, check_speaks, note, show_files
from bot.errors import NotFound, Refused
from bot.store import tables
from bot.store.showing import SHOW_NOTHING
from bot.store.statements import Query
from bot.store.work import RowT, Work

_TABLES = {"project": tables.projects, "programme": tables.programmes}


class Changed(Refused):
    """Somebody else changed it since this editor looked."""

    def __init__(self) -> None:
        super().__init__("keep-changed")


class Item(Protocol):
    """What a project and a programme have in common."""

    @property
    def id(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...
    @property
    def version(self) -> int: ...


ItemT = TypeVar("ItemT", bound=Item)


async def load_one(work: Work, query: Query[RowT], id_: int) -> RowT:
    """Raises NotFound."""
    row = await work.first(query, id_=id_)
    if row is None:
        raise NotFound
    return row


async def load_seen(work: Work, query: Query[ItemT], seen: Item) -> ItemT:
    """The row as it is now. Raises Refused for whoever keeps nothing, Changed where the editor saw an older version."""
    check_speaks(work)
    row = await load_one(work, query, seen.id)
    if row.version != seen.version:
        raise Changed
    return row


def begin(work: Work, owner: str, values: Mapping[str, Any]) -> int:
    """A draft that nobody sees yet; answers its id. Raises Refused for whoever keeps nothing."""
    check_speaks(work)
    stamps = {"author_id": work.person.id, "created_at": work.now, "updated_at": work.now}
    id_ = work.add(_TABLES[owner], state="draft", **values, **stamps)
    note(work, owner, id_, "made")
    return id_


def changes_of(row: Item, values: Mapping[str, Any]) -> dict[str, Any]:
    """What of these is not so already."""
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def change(work: Work, owner: str, row: ItemT, **values: Any) -> ItemT:
    """The next version, staged and answered."""
    new = {**values, "version": row.version + 1, "updated_at": work.now}
    work.set(_TABLES[owner], row.id, **new)
    after: ItemT = cast(Any, row)._replace(**new)
    return after


async def change_photos(work: Work, owner: str, query: Query[ItemT], seen: Item, files: Sequence[Kept]) -> ItemT:
    """Add photos; none takes all away. Raises as `load_seen`."""
    row = await load_seen(work, query, seen)
    if files:
        show_files(work, owner, row.id, files)
    else:
        work.do(SHOW_NOTHING, owner=owner, owner_id=row.id)
    note(work, owner, row.id, "edited", what=["photos"])
    return change(work, owner, row)
