"""What one update does: reads, and writes that are only staged. Handlers hold no connection to write past it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
from sqlalchemy import Table

from bot.store import tables
from bot.store.person import NO_DRAFT, Address, Dialogue, Person
from bot.store.statements import Query, Statement
from bot.talk import screen as screens
from bot.talk.screen import Screen
from bot.talk.split import split

if TYPE_CHECKING:
    from bot.store.unit import Unit

RowT = TypeVar("RowT")
FLOOD_PAUSE = 1_500  # milliseconds in which answers to a flood collapse into one


class Priority(IntEnum):
    """What goes first. Answers to presses go before all of these and have no row."""

    REPLY = 1
    PUSH = 2
    BROADCAST = 3


@dataclass(frozen=True, slots=True)
class Arrival:
    """One raw update, as intake claims it. `user_id` 0: nobody to speak to (a group, a channel post).

    `left`: it tells that this person stopped the bot.
    """

    update_id: int
    digest: str
    user_id: int = 0
    chat_id: int = 0
    callback_id: str = ""
    flooding: bool = False
    left: bool = False

    def flooded(self) -> Arrival:
        """The same from somebody who writes faster than anybody can read answers."""
        return replace(self, flooding=True)


@dataclass(slots=True)
class Said:
    """One message on its way out, as the sender gets it beside its row.

    A delivery of a broadcast names the rendition whose screen it says: its own is empty.
    """

    id: int
    channel: str
    account_id: int
    chat_id: int
    priority: int
    screen: Screen
    collapse: str = ""
    edit: int = 0
    reply_to: int = 0
    silent: bool = False
    case_id: int | None = None
    due_at: int = 0
    attempts: int = 0
    doubts: int = 0
    saying: int = 0
    broadcast_id: int | None = None
    rendition_id: int | None = None
    expires_at: int = 0

    def row(self, now: int) -> dict[str, Any]:
        """Its row, waiting."""
        return {
            "id": self.id,
            "channel": self.channel,
            "account_id": self.account_id,
            "chat_id": self.chat_id,
            "priority": self.priority,
            "state": "waiting",
            "screen": "{}" if self.rendition_id else orjson.dumps(screens.dump(self.screen)).decode(),
            "collapse": self.collapse,
            "edit": self.edit,
            "reply_to": self.reply_to,
            "silent": self.silent,
            "case_id": self.case_id,
            "due_at": self.due_at,
            "broadcast_id": self.broadcast_id,
            "rendition_id": self.rendition_id,
            "expires_at": self.expires_at,
            "created_at": now,
        }


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a press: sent right after the commit, before all else; no row, dropped when old."""

    channel: str
    chat_id: int
    callback_id: str
    text: str = ""
    alert: bool = False


class Work:
    """The reads and staged writes of one update (or of one job of sender, schedule, media, web, command line)."""

    def __init__(self, unit: Unit, person: Person | None, arrival: Arrival | None = None) -> None:
        self._unit = unit
        self.now = unit.now
        self.arrival = arrival
        self.error: BaseException | None = None
        self.who = person
        self.inserts: dict[Table, list[dict[str, Any]]] = {}
        self.updates: dict[tuple[Table, tuple[str, ...]], list[dict[str, Any]]] = {}
        self.statements: list[tuple[Statement, Mapping[str, Any]]] = []
        self.dialogues: dict[tuple[int, str], Dialogue] = {}
        self.said: list[Said] = []
        self.toasts: list[Toast] = []
        self.people_changed = False

    # reading

    @property
    def person(self) -> Person:
        """Who wrote. Raises LookupError where nobody did (a group, a job)."""
        if self.who is None:
            raise LookupError("nobody wrote this")
        return self.who

    def dialogue(self, name: str) -> Dialogue:
        """The state of one of the person's dialogues; an over or unknown one is falsy."""
        assert self.who is not None
        return self.who.dialogues.get(name, Dialogue(name))

    async def query(self, query: Query[RowT], **params: Any) -> list[RowT]:
        """Rows as earlier updates of the batch left them; what this update staged itself is not seen."""
        return await self._unit.query(query, params)

    async def first(self, query: Query[RowT], **params: Any) -> RowT | None:
        """The first row, or None."""
        rows = await self.query(query, **params)
        return rows[0] if rows else None

    # staging

    def new_id(self) -> int:
        """An id that no other row has or will have."""
        return self._unit.new_id()

    def new_number(self) -> int:
        """The next number for a tracking code: never given twice, not even after a restore."""
        return self._unit.new_number()

    def add(self, table: Table, **values: Any) -> int:
        """Stage a row; its id can be pointed at at once."""
        values.setdefault("id", self.new_id())
        self.inserts.setdefault(table, []).append(values)
        id_: int = values["id"]
        return id_

    def add_plain(self, table: Table, **values: Any) -> None:
        """Stage a row of a table without an id of its own."""
        self.inserts.setdefault(table, []).append(values)

    def set(self, table: Table, id_: int, **values: Any) -> None:
        """Stage the change of some columns of one row."""
        names = tuple(sorted(values))
        self.updates.setdefault((table, names), []).append({"id_": id_, **values})

    def do(self, statement: Statement, **params: Any) -> None:
        """Stage a statement that no row expresses. Runs after inserts and changes, in order."""
        self.statements.append((statement, params))

    def know(self, **values: Any) -> None:
        """Change columns of the person who wrote."""
        self.set(tables.people, self.person.id, **values)
        self.who = replace(self.person, **values)

    def reload_people(self) -> None:
        """Say that this update changed whose account is whose: the batch reads people anew after it."""
        self.people_changed = True

    def begin(self, name: str, step: str, draft: Mapping[str, Any] = NO_DRAFT) -> Dialogue:
        """Start a dialogue anew: buttons drawn for earlier rounds become stale."""
        return self._go(name, step, draft, self.dialogue(name).version + 1)

    def go(self, name: str, step: str, draft: Mapping[str, Any]) -> Dialogue:
        """Go on within a dialogue."""
        return self._go(name, step, draft, self.dialogue(name).version)

    def keep(self, name: str, memory: Mapping[str, Any]) -> None:
        """Remember something about the person beside their dialogues: it takes no messages and has no step."""
        dialogue = Dialogue(name, "", memory, self.dialogue(name).version, self.now)
        self.dialogues[self.person.id, name] = dialogue
        self.who = replace(self.person, dialogues={**self.person.dialogues, name: dialogue})

    def end(self, name: str) -> None:
        """A dialogue is over; its version stays, so that old buttons are recognised."""
        self._go(name, "", NO_DRAFT, self.dialogue(name).version)

    def _go(self, name: str, step: str, draft: Mapping[str, Any], version: int) -> Dialogue:
        person = self.person
        dialogue = self.dialogues[person.id, name] = Dialogue(name, step, draft, version, self.now)
        dialogues = {**person.dialogues, name: dialogue}
        focus = name if step else ("" if person.focus == name else person.focus)
        if focus == person.focus:
            self.who = replace(person, dialogues=dialogues)
        else:
            self.set(tables.people, person.id, focus=focus)
            self.who = replace(person, dialogues=dialogues, focus=focus)
        return dialogue

    # saying

    def say(
        self,
        screen: Screen,
        to: Address | None = None,
        *,
        priority: Priority = Priority.REPLY,
        collapse: str = "",
        edit: int = 0,
        reply_to: int = 0,
        case: int | None = None,
        after: int = 0,
        silent: bool = False,
        expires_at: int = 0,
    ) -> int:
        """Stage a message to the person who wrote, or to somebody else; answers the id of its (first) row.

        `collapse`: a later message with the same key takes the place of this one while it has not gone out yet.
        `after`: milliseconds to wait before it may go. `edit`: the message of ours to change instead of a new one.
        `case`: the case that a reply to it belongs to. `expires_at`: when it is too late to send it.
        """
        address = to or self.person.address
        if to is None and case is None and self.arrival and self.arrival.flooding:  # a code always arrives
            collapse, after = "flood", FLOOD_PAUSE
        if collapse:
            self.said = [s for s in self.said if (s.account_id, s.collapse) != (address.account_id, collapse)]
        due = self.now + after if after else 0
        saying = 0
        for part in split(screen):
            id_ = self.new_id()
            saying = saying or id_
            self.said.append(
                Said(
                    id_,
                    address.channel,
                    address.account_id,
                    address.chat_id,
                    priority,
                    part,
                    collapse,
                    edit,
                    reply_to,
                    silent,
                    case,
                    due,
                    saying=saying,
                    expires_at=expires_at,
                )
            )
            edit = reply_to = 0
        return saying

    def deliver(self, said: Said) -> None:
        """Stage a delivery of a broadcast."""
        self.said.append(said)

    def toast(self, text: str = "", *, alert: bool = False) -> None:
        """Answer the press that this update is."""
        if self.arrival and self.arrival.callback_id:
            self.toasts = [
                Toast(self.person.channel, self.person.chat_id, self.arrival.callback_id, text, alert),
            ]
