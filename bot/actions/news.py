"""What becomes of an item of news. By editors and admins; by the clock and the portal's reader, where nobody wrote.

Rows come from the transaction in which they are changed: of two editors one wins, the other's version is an old one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.actions.city import City
from bot.actions.news_casts import change_sent, followers, tell_followers, withdraw_sent
from bot.actions.showing import Kept, check_speaks, note, show_files
from bot.domain.news import KINDS, WAITING, NewsState
from bot.errors import CityError, NotFound, Refused
from bot.store import news, tables
from bot.store.news import NewsRow
from bot.store.showing import HAPPENED, SHOW_NO_OLDER, SHOW_NOTHING, files_of
from bot.store.timers import arm
from bot.store.work import Work
from bot.understand.normalise import normalise

OWNER = "news"
PUBLISH_JOB = "news-publish"
TITLE_MOST, WORDS_MOST = 120, 12_000  # letters; the words are three or four messages
_FOUND_BY = 8_000  # letters that an item is found by


class Conflict(CityError):
    """Somebody changed the item since it was shown. `name` is who: None where it was no person. `own`: it was who
    acts now, as after a second tap.
    """

    def __init__(self, row: NewsRow, name: str | None, *, own: bool = False) -> None:
        self.row, self.name, self.own = row, name, own
        super().__init__("the item was changed meanwhile")


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different; None leaves it. `files` take the place of all that it showed."""

    title: str | None = None
    words: str | None = None
    kind: str | None = None
    area: str | None = None
    files: Sequence[Kept] | None = None

    def values(self) -> dict[str, Any]:
        given = {"title": self.title, "words": self.words, "kind": self.kind, "area": self.area}
        return {name: value for name, value in given.items() if value is not None}


async def load_news(work: Work, news_id: int, version: int = 0) -> NewsRow:
    """An item for who keeps it. Raises NotFound, Refused, and Conflict where `version` (0: any) is an older one."""
    _check(work)
    row = await work.first(news.BY_ID, news_id=news_id)
    if row is None:
        raise NotFound(news_id)
    if version and row.version != version:
        [last] = await work.query(HAPPENED, owner=OWNER, owner_id=row.id, most=1)
        own = work.who is not None and last.person_id == work.who.id
        raise Conflict(row, (last.name or "") if last.person_id else None, own=own)
    return row


def draft(work: Work, change: Change, *, state: NewsState = NewsState.DRAFT, **more: Any) -> NewsRow:
    """Stage a new item that nobody sees yet. `more`: other columns (`key`, `digest`, `dated_at`, `doubt`)."""
    _check(work)
    given: dict[str, Any] = {"title": "", "words": "", "kind": KINDS[0], "area": "", **change.values()}
    check(given["title"], given["words"])
    values = {**given, "state": str(state), "author_id": work.who.id if work.who else None, **more}
    found_by = _found_by(given["title"], given["words"])
    id_ = work.add(tables.news, **values, found_by=found_by, created_at=work.now, updated_at=work.now)
    note(work, OWNER, id_, "made", state=str(state))
    show_files(work, OWNER, id_, change.files or ())
    blank = NewsRow(id_, "", "", "", "", "", "", "", 1, 0, "", "", None, 0, 0, 0, 0)
    return blank._replace(**values)


async def change(work: Work, city: City, row: NewsRow, new: Change) -> NewsRow:
    """Change an item; of a published one what was sent is changed as well. Answers it as it is now."""
    _check(work)
    if row.state == NewsState.WITHDRAWN:
        raise Refused("news-withdrawn")
    after = row._replace(**new.values(), version=row.version + 1)
    check(after.title, after.words)
    if row.state == NewsState.PUBLISHED:
        after = after._replace(edited_at=work.now)
    values: dict[str, Any] = {name: getattr(after, name) for name in ("title", "words", "kind", "area", "edited_at")}
    found_by = _found_by(after.title, after.words)
    work.set(tables.news, row.id, **values, version=after.version, found_by=found_by, updated_at=work.now)
    note(work, OWNER, row.id, "changed", version=after.version)
    if new.files is not None:
        work.do(SHOW_NO_OLDER, owner=OWNER, owner_id=row.id, first=work.new_id())
        show_files(work, OWNER, row.id, new.files)
    if row.state == NewsState.PUBLISHED and (after.title, after.words) != (row.title, row.words):
        await change_sent(work, city, after)
    return after


async def publish(
    work: Work, city: City, row: NewsRow, files: Sequence[Kept] | None = None, *, push: bool = True
) -> int:
    """Everybody sees it, and who wants such news is told: answers how many that may be. `files`: for an item that was
    staged just now. Without `push` nobody is told. Raises Refused for one that is out, withdrawn or empty.
    """
    _check(work)
    _check_ready(row)
    shown = await files_of(work, OWNER, row.id) if files is None else files
    at = min(row.dated_at or work.now, work.now)
    after = row._replace(state=NewsState.PUBLISHED, published_at=at, publish_at=0, doubt="", version=row.version + 1)
    _keep(work, after, "state", "published_at", "publish_at", "doubt")
    note(work, OWNER, row.id, "published")
    if not push:
        return 0
    tell_followers(work, city, after, shown)
    return await followers(work, city, row.kind)


def schedule(work: Work, row: NewsRow, at: int) -> NewsRow:
    """Let it come out by itself. Whoever says so is its author: their rights are looked at again then."""
    _check(work)
    _check_ready(row)
    author = work.who.id if work.who else row.author_id
    after = row._replace(state=NewsState.SCHEDULED, publish_at=at, author_id=author, doubt="", version=row.version + 1)
    _keep(work, after, "state", "publish_at", "author_id", "doubt")
    arm(work, PUBLISH_JOB, row.id, at)
    note(work, OWNER, row.id, "scheduled", at=at)
    return after


def unschedule(work: Work, row: NewsRow) -> NewsRow:
    """It waits as a draft again."""
    _check(work)
    if row.state != NewsState.SCHEDULED:
        raise Refused("err-already")
    after = row._replace(state=NewsState.DRAFT, publish_at=0, version=row.version + 1)
    _keep(work, after, "state", "publish_at")
    note(work, OWNER, row.id, "unscheduled")
    return after


async def withdraw(work: Work, city: City, row: NewsRow) -> None:
    """Nobody sees it any more; what was sent is taken back where the platform allows it. A draft is thrown away.

    The row stays: what comes again under the same address is known.
    """
    _check(work)
    if row.state == NewsState.WITHDRAWN:
        raise Refused("news-withdrawn")
    after = row._replace(state=NewsState.WITHDRAWN, pinned_at=0, publish_at=0, version=row.version + 1)
    _keep(work, after, "state", "pinned_at", "publish_at")
    note(work, OWNER, row.id, "withdrawn", was=row.state)
    if row.state == NewsState.PUBLISHED:
        await withdraw_sent(work, city, row)
    work.do(SHOW_NOTHING, owner=OWNER, owner_id=row.id)


def pin(work: Work, row: NewsRow, *, on: bool) -> NewsRow:
    """It stands above all others, or no longer."""
    _check(work)
    if row.state != NewsState.PUBLISHED:
        raise Refused("err-already")
    after = row._replace(pinned_at=work.now if on else 0, version=row.version + 1)
    _keep(work, after, "pinned_at")
    note(work, OWNER, row.id, "pinned" if on else "unpinned")
    return after


def check(title: str, words: str) -> None:
    """Raises Refused for more than fits."""
    if len(title) > TITLE_MOST:
        raise Refused("news-title-long", count=len(title), max=TITLE_MOST)
    if len(words) > WORDS_MOST:
        raise Refused("news-text-long", count=len(words), max=WORDS_MOST)


def _check(work: Work) -> None:
    """The clock and the portal's reader may; of people, who keeps what the city says."""
    if work.who is not None:
        check_speaks(work)


def _check_ready(row: NewsRow) -> None:
    if row.state not in WAITING:
        raise Refused("news-withdrawn" if row.state == NewsState.WITHDRAWN else "err-already")
    if not row.title or not row.words:
        raise Refused("news-not-whole")


def _keep(work: Work, row: NewsRow, *names: str) -> None:
    values = {name: getattr(row, name) for name in names}
    work.set(tables.news, row.id, **values, version=row.version, updated_at=work.now)


def _found_by(title: str, words: str) -> str:
    return normalise(f"{title}\n{words}")[:_FOUND_BY]
