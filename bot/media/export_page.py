"""What stands in the file that holds everything kept about a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

import orjson

from bot.domain.case import SUGGESTION, State, status_text
from bot.media.page import Page
from bot.pack.pack import Pack
from bot.store.export_rows import (
    AccountRow,
    AdditionRow,
    CaseRow,
    DialogueRow,
    EventRow,
    FileRow,
    JoinedRow,
    MessageRow,
    PersonRow,
    RoleRow,
    WishRow,
)
from bot.talk.cases import state_of
from bot.talk.reader import Reader
from bot.talk.texts import MissingText

RowT = TypeVar("RowT")
LEFT_OUT = "export-left-out"  # said where a file does not fit; left unsaid by a pack without it


@dataclass(frozen=True, slots=True)
class Kept:
    """All of it, as read."""

    person: PersonRow
    accounts: Sequence[AccountRow]
    roles: Sequence[RoleRow]
    cases: Sequence[CaseRow]
    joined: Sequence[JoinedRow]
    events: Sequence[EventRow]
    additions: Sequence[AdditionRow]
    messages: Sequence[MessageRow]
    drafts: Sequence[DialogueRow]
    files: Sequence[FileRow]
    wishes: Sequence[WishRow] = ()


def render(kept: Kept, inside: Mapping[int, str], reader: Reader, pack: Pack, now: int) -> bytes:
    """The page. `inside`: where in the archive the file of an attachment lies; those without are named only."""
    return _Writer(kept, inside, reader, pack).write(now)


class _Writer:
    def __init__(self, kept: Kept, inside: Mapping[int, str], reader: Reader, pack: Pack) -> None:
        self._kept, self._inside, self._reader, self._pack = kept, inside, reader, pack
        title = reader.line("export-title", municipality=pack.municipality(reader.lang))
        self._page = Page(reader.lang, title, rtl=reader.texts.is_rtl(reader.lang))
        self._line = reader.line

    def write(self, now: int) -> bytes:
        self._page.words(self._line("export-made", date=self._reader.date_clock(now)))
        self._settings()
        self._accounts()
        self._section("export-head-reports", self._kept.cases, self._case)
        self._section("export-head-messages", self._kept.messages, self._message)
        self._section("export-head-draft", self._kept.drafts, self._draft)
        self._section("export-head-joined", self._kept.joined, self._joined)
        shown = {case.id for case in self._kept.cases} | {case.id for case in self._kept.joined}
        loose = [file for file in self._kept.files if file.case_id not in shown]
        self._section("export-head-attachments", loose, self._file)
        return self._page.done()

    def _section(self, text: str, rows: Sequence[RowT], each: Callable[[RowT], None]) -> None:
        self._page.section(self._line(text))
        for row in rows:
            each(row)
        if not rows:
            self._page.words(self._line("export-nothing"))

    def _pair(self, text: str, value: str) -> None:
        self._page.pair(self._line(f"export-head-{text}"), value)

    def _settings(self) -> None:
        person = self._kept.person
        self._page.section(self._line("export-head-settings"))
        self._pair("language", self._text(f"btn-lang-{person.lang}", person.lang))
        self._pair("area", self._area(person.area))
        self._pair("simple", self._line("export-yes" if person.simple else "export-no"))
        self._pair("since", self._date(person.created_at))
        if person.stopped_at:
            self._pair("stopped", self._date(person.stopped_at))
        for wish in self._kept.wishes:
            self._pair("wish", self._wish(wish))
        for role in self._kept.roles:
            words = [self._text(f"role-{role.role.replace('_', '-')}", role.role), self._department(role.department)]
            self._pair("role", " · ".join([*filter(None, words), person.name, self._date(role.created_at)]))

    def _wish(self, wish: WishRow) -> str:
        """With the sign that the settings show."""
        name = wish.title or self._text(f"cast-kind-{wish.topic}", wish.topic)
        sign = {"now": "set-push-on", "daily": "set-push-daily"}.get(wish.mode, "set-push-off")
        return self._line(sign, kind=name)

    def _accounts(self) -> None:
        self._page.section(self._line("export-head-accounts"))
        for account in self._kept.accounts:
            self._pair("channel", self._text(f"channel-{account.channel}", account.channel))
            self._pair("account", str(account.user_id))

    def _case(self, case: CaseRow) -> None:
        self._page.part(self._reader.digits(f"{case.code[:4]} {case.code[4:]}"))
        self._pair("category", self._category(case.category))
        self._pair("text", case.words)
        self._pair("answer", case.answer)
        self._pair("place", " · ".join(filter(None, (self._area(case.area), case.address, self._landmark(case)))))
        self._pair("point", _point(case.lat, case.lon))
        self._pair("status", state_of(self._reader, case) if case.kind else self._status(case.state))
        self._pair("filed", self._date(case.created_at))
        self._pair("changed", self._date(case.updated_at))
        self._pair("public", self._line("export-yes" if case.public else "export-no"))
        self._pair("timeline", "\n".join(self._timeline(case)))
        for file in self._kept.files:
            if file.case_id == case.id:
                self._file(file)

    def _joined(self, case: JoinedRow) -> None:
        """Another's report: what this person did with it, and what everybody may know of it."""
        self._page.part(self._reader.digits(f"{case.code[:4]} {case.code[4:]}"))
        self._pair("category", self._category(case.category))
        self._pair("area", self._area(case.area))
        state = status_text(State(case.state), case.closed_how)
        short = self._text(f"status-short-{state}", case.state)
        self._pair("status", state_of(self._reader, case) if case.kind else short)
        self._pair("joined-at", self._date(case.created_at))
        self._pair("left-at", self._date(case.left_at) if case.left_at else "")
        self._pair("vote", self._text(f"btn-{case.vote}", case.vote) if case.vote else "")
        words = [added.words for added in self._kept.additions if added.case_id == case.id and added.words]
        self._pair("text", "\n".join(words))
        for file in self._kept.files:
            if file.case_id == case.id:
                self._file(file)

    def _timeline(self, case: CaseRow) -> list[str]:
        """Its events and the words that came later, in order of time."""
        lines = [(event.at, self._event(event)) for event in self._kept.events if event.case_id == case.id]
        additions = [added for added in self._kept.additions if added.case_id == case.id and added.words]
        lines += [(added.created_at, added.words) for added in additions]
        return [self._line("case-event", date=self._date(at), event=words) for at, words in sorted(lines, key=_at)]

    def _event(self, event: EventRow) -> str:
        """What happened; what was said with it only where the person did it: the rest is other people's."""
        words = (
            self._text(f"case-event-{event.kind.replace('_', '-')}", "") or self._status(event.to_state) or event.kind
        )
        said = _details(event.data) if event.person_id == self._kept.person.id else ""
        return f"{words}: {said}" if said else words

    def _message(self, message: MessageRow) -> None:
        self._page.pair(self._date(message.created_at), message.words)

    def _draft(self, dialogue: DialogueRow) -> None:
        self._page.part(self._date(dialogue.updated_at))
        draft = orjson.dumps(orjson.loads(dialogue.draft), option=orjson.OPT_INDENT_2).decode()
        self._page.raw(f"{dialogue.name}\n{draft}")

    def _file(self, file: FileRow) -> None:
        path = self._inside.get(file.id, "")
        self._page.file(f"{file.name or file.kind} · {self._date(file.created_at)}", quote(path))
        self._pair("point", _point(file.lat, file.lon))
        if file.state == "stored" and not path and self._reader.texts.has(self._reader.lang, LEFT_OUT):
            self._page.words(self._line(LEFT_OUT))

    # words for keys; what the pack no longer knows is said by its key

    def _text(self, text: str, otherwise: str) -> str:
        try:
            return self._line(text)
        except MissingText:
            return otherwise

    def _status(self, state: str) -> str:
        return self._text(f"status-{state.replace('_', '-')}", state) if state else ""

    def _area(self, key: str) -> str:
        named = [area.name(self._reader.lang) for area in self._pack.areas if area.key == key]
        return named[0] if named else key

    def _landmark(self, case: CaseRow) -> str:
        mark = self._pack.landmarks.get(case.landmark)
        return mark.name(self._reader.lang) if mark else case.landmark

    def _category(self, key: str) -> str:
        if key == SUGGESTION:
            return self._line("suggest-topic")
        category = self._pack.categories.get(key)
        return category.name(self._reader.lang) if category else key

    def _department(self, key: str) -> str:
        return (self._pack.department_name(key, self._reader.lang) if key in self._pack.departments else None) or key

    def _date(self, ms: int) -> str:
        return self._reader.dates.date_clock(self._reader.lang, ms)


def _at(line: tuple[int, str]) -> int:
    """When; of one moment, what happened stands before what was written."""
    return line[0]


def _details(data: str) -> str:
    """The words of an event. Numbers are those of our own rows and say nothing to people."""
    return " ".join(said for said in orjson.loads(data or "{}").values() if isinstance(said, str))


def _point(lat: float | None, lon: float | None) -> str:
    return "" if lat is None or lon is None else f"{lat}, {lon}"
