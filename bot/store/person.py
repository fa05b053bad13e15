"""Who wrote: a person as loaded with a batch, with their account on this channel, roles and dialogues.

Nothing here is changed in place: a `Work` replaces values, so that an update that fails leaves no trace.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

NO_DRAFT: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Address:
    """Where and how to speak to somebody: an account, and its reader's language."""

    account_id: int
    channel: str
    chat_id: int
    person_id: int
    lang: str
    simple: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    role: str
    department: str = ""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where somebody is: `step` is empty when it is over. `version` counts the times that it began anew."""

    name: str
    step: str = ""
    draft: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
    updated_at: int = 0

    def __bool__(self) -> bool:
        return bool(self.step)


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    account_id: int
    channel: str
    user_id: int
    chat_id: int
    lang: str = ""
    name: str = ""
    area: str = ""
    simple: bool = False
    focus: str = ""
    blocked_until: int = 0
    created_at: int = 0
    reachable: bool = True
    seen_at: int = 0
    duty: bool = True
    official_view: bool = False
    stopped_at: int = 0
    near: bool = False
    roles: tuple[Role, ...] = ()
    dialogues: Mapping[str, Dialogue] = field(default_factory=dict)

    @property
    def address(self) -> Address:
        return Address(self.account_id, self.channel, self.chat_id, self.id, self.lang or "fa", self.simple)

    @property
    def official(self) -> bool:
        return bool(self.roles)

    def has(self, *roles: str) -> bool:
        """Whether one of these roles is theirs, in any department."""
        return any(role.role in roles for role in self.roles)
